#include "gui/window/desk.h"

#include "gui/calm_style.h"
#include "gui/card.h"
#include "gui/controls/label.h"
#include "gui/window/panel_dock.h"

#include <QGuiApplication>
#include <QResizeEvent>
#include <QTabBar>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {

constexpr int layoutVersion = 1;
constexpr int leftWidth = 276;
constexpr int rightWidth = 300;
constexpr int fullWidth = 1424; ///< of the desk: on a narrower one the side panels give way as well
constexpr int timelineShare = 270;
constexpr int plotsShare = 162;
constexpr int lowHeight = 700; ///< of the desk: below, the plots go behind a tab

} // namespace

Desk::Desk(const Views &views, const Appearance &appearance, QWidget *parent)
    : QMainWindow(parent, Qt::Widget), m_appearance(appearance), m_stage(views.stage)
{
    setContentsMargins(CalmStyle::gap, CalmStyle::gap, CalmStyle::gap, CalmStyle::gap);
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setDocumentMode(true);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);

    auto *middle = new QWidget;
    auto *layout = new QVBoxLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(CalmStyle::gap);
    auto *stageCard = new Card(QString(), appearance);
    stageCard->setBody(views.stage, false);
    layout->addWidget(stageCard, 1);
    m_sentenceCard = new Card(QString(), appearance);
    QFont large = appearance.fonts().body;
    large.setPixelSize(22);
    m_sentence = new Label(appearance, large);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentenceCard->setBody(m_sentence);
    m_sentenceCard->hide();
    layout->addWidget(m_sentenceCard);
    m_question = new QWidget;
    auto *asked = new QVBoxLayout(m_question);
    asked->setContentsMargins(0, 0, 0, 0);
    if (views.question != nullptr)
        asked->addWidget(views.question);
    m_question->hide();
    layout->addWidget(m_question);
    setCentralWidget(middle);

    m_left = addPanel(QStringLiteral("lessons"), tr("Lessons"), views.left, 8, Qt::LeftDockWidgetArea);
    m_inspector = addPanel(QStringLiteral("inspector"), tr("Why"), views.inspector, 1, Qt::RightDockWidgetArea);
    m_timeline = addPanel(QStringLiteral("timeline"), tr("Timeline"), views.timeline, 3, Qt::BottomDockWidgetArea);
    m_plots = addPanel(QStringLiteral("plots"), tr("Bytes"), views.plots, 3, Qt::BottomDockWidgetArea);
    m_events = addPanel(QStringLiteral("events"), tr("Events"), views.events, 8, Qt::BottomDockWidgetArea);
    arrange();
}

PanelDock *Desk::addPanel(const QString &name, const QString &title, QWidget *body, int side, Qt::DockWidgetArea area)
{
    auto *dock = new PanelDock(name, title, m_appearance, this);
    dock->setBody(body != nullptr ? body : new QWidget, side);
    addDockWidget(area, dock);
    dock->installEventFilter(this);
    connect(dock, &QDockWidget::topLevelChanged, this, [this] { m_ownLayout = true; });
    return dock;
}

QList<QDockWidget *> Desk::docks() const
{
    return {m_left, m_inspector, m_timeline, m_plots, m_events};
}

void Desk::showLeft()
{
    m_left->show();
    m_left->raise();
}

void Desk::arrange()
{
    for (QDockWidget *dock : docks()) {
        dock->setFloating(false);
        removeDockWidget(dock);
    }
    addDockWidget(Qt::LeftDockWidgetArea, m_left);
    addDockWidget(Qt::RightDockWidgetArea, m_inspector);
    addDockWidget(Qt::BottomDockWidgetArea, m_timeline);
    for (QDockWidget *dock : {m_left, m_inspector, m_timeline})
        dock->show();
    m_ownLayout = false;
    m_low = height() < lowHeight;
    stack(true, false);
    share();
}

/// The side panels keep their widths whatever the window's, the middle takes the rest.
void Desk::share()
{
    const double scale = qBound(0.9, static_cast<double>(width()) / fullWidth, 1.0);
    resizeDocks({m_left, m_inspector}, {qRound(leftWidth * scale), qRound(rightWidth * scale)}, Qt::Horizontal);
    if (!m_low)
        resizeDocks({m_timeline, m_plots}, {timelineShare, plotsShare}, Qt::Vertical);
}

/// Timeline and plots above one another where there is room, else behind tabs; the events behind the plots.
void Desk::stack(bool plots, bool events)
{
    for (PanelDock *dock : {m_plots, m_events})
        removeDockWidget(dock);
    if (m_low)
        tabifyDockWidget(m_timeline, m_plots);
    else
        splitDockWidget(m_timeline, m_plots, Qt::Vertical);
    tabifyDockWidget(m_plots, m_events);
    m_plots->setVisible(plots);
    m_events->setVisible(events);
    (m_low ? m_timeline : m_plots)->raise();
}

QByteArray Desk::arrangement() const
{
    return m_presenting ? m_before : saveState(layoutVersion);
}

bool Desk::restore(const QByteArray &saved)
{
    m_ownLayout = restoreState(saved, layoutVersion);
    return m_ownLayout;
}

void Desk::setPresenting(bool presenting)
{
    if (presenting == m_presenting)
        return;
    if (presenting)
        m_before = saveState(layoutVersion);
    m_presenting = presenting;
    m_sentenceCard->setVisible(presenting);
    m_question->setVisible(presenting);
    if (!presenting) {
        restoreState(m_before, layoutVersion);
        return;
    }
    for (QDockWidget *dock : docks())
        dock->hide();
}

void Desk::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
}

void Desk::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    if (m_ownLayout || m_presenting)
        return;
    if (const bool low = event->size().height() < lowHeight; low != m_low) {
        m_low = low;
        stack(!m_plots->isHidden(), !m_events->isHidden());
    }
    share();
}

/// A panel that changes its size under a pressed button was resized by the learner.
bool Desk::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && (QGuiApplication::mouseButtons() & Qt::LeftButton) != 0)
        m_ownLayout = true;
    return QMainWindow::eventFilter(watched, event);
}

} // namespace recvscope::gui
