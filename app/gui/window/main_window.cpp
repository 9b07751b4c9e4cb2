#include "gui/window/main_window.h"

#include "gui/controls/label.h"
#include "gui/lessons/lesson_panel.h"
#include "gui/lessons/lesson_text.h"
#include "gui/lessons/prediction_card.h"
#include "gui/listen/listen_panel.h"
#include "gui/plots/range_moves.h"
#include "gui/window/actions.h"
#include "gui/window/desk.h"
#include "gui/window/key_sheet.h"
#include "gui/window/menus.h"
#include "gui/window/notice_bar.h"
#include "gui/window/studio.h"
#include "gui/window/top_bar.h"
#include "gui/window/views.h"
#include "gui/window/whole_file.h"
#include "gui/window/window_memory.h"

#include <QAbstractButton>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QKeyEvent>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {
constexpr double speedStep = 0.05;
} // namespace

MainWindow::MainWindow(Studio &studio, QWidget *parent)
    : QWidget(parent), m_studio(studio), m_actions(new Actions(this))
{
    setWindowTitle(QStringLiteral("Recvscope"));
    setAcceptDrops(true);
    build();
    connectStory();
    connectRange();
    connectPeers();
    connectView();
    connectFiles();
    recallWindow(*this, *m_desk, m_studio, *m_actions);
    m_desk->stage().setFocus(); // else the first button has it, and takes the space bar
    qApp->installEventFilter(this);
}

MainWindow::~MainWindow() = default;

void MainWindow::build()
{
    Appearance &look = m_studio.appearance();
    m_lessons =
        new LessonPanel(m_studio.presentation(), m_studio.questions(), m_studio.shelf(), m_studio.progress(), look);
    m_leftPages = new QStackedWidget;
    m_leftPages->addWidget(m_lessons);
    Desk::Views views = makeViews(m_studio);
    views.left = m_leftPages;
    m_desk = new Desk(views, look);

    m_menu = new QMenu(this);
    m_menuBar = new QMenuBar;
    buildMenus(*m_menu, *m_menuBar, *m_actions, *m_desk, m_studio);
    m_bar = new TopBar(m_studio, *m_actions, *m_menu);
    m_notice = new NoticeBar(look);
    m_keys = new KeySheet(m_actions->sheet(), look, this);

    auto *notices = new QVBoxLayout;
    notices->setContentsMargins(8, 0, 8, 0);
    notices->addWidget(m_notice);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->setMenuBar(m_menuBar);
    layout->addWidget(m_bar);
    layout->addLayout(notices);
    layout->addWidget(m_desk, 1);
    m_menuBar->setVisible(m_menuBar->isNativeMenuBar());
    connect(&m_studio, &Studio::notice, m_notice, &NoticeBar::tell);
}

void MainWindow::connectStory()
{
    Player &player = m_studio.player();
    const auto onTrigger = [this](QAction *action, auto &&act) { connect(action, &QAction::triggered, this, act); };
    onTrigger(m_actions->play, [&player] { player.toggle(); });
    onTrigger(m_actions->stepForward, [&player] { player.stepForward(); });
    onTrigger(m_actions->stepBack, [&player] { player.stepBack(); });
    onTrigger(m_actions->toStart, [&player] { player.toStart(); });
    onTrigger(m_actions->toEnd, [&player] { player.toEnd(); });
    onTrigger(m_actions->runAgain, [this] { m_studio.runAgain(); });
    onTrigger(m_actions->stop, [this] { m_studio.bridge().stop(); });
    const auto changeSpeed = [this, &player](double by) {
        const trace::TimeAxis axis = m_studio.presentation().axis();
        player.setRate(rateAt(placeOf(player.rate(), axis) + by, axis));
    };
    onTrigger(m_actions->slower, [changeSpeed] { changeSpeed(-speedStep); });
    onTrigger(m_actions->faster, [changeSpeed] { changeSpeed(speedStep); });
    onTrigger(m_actions->storyTime,
              [&player](bool story) { player.setAxis(story ? trace::TimeAxis::Story : trace::TimeAxis::Clock); });
    for (qsizetype i = 0; i < m_actions->choices.size(); ++i)
        onTrigger(m_actions->choices[i], [this, i] { m_lessons->prediction().choose(static_cast<int>(i)); });

    const auto enable = [this] {
        const bool something = !m_studio.presentation().empty() || m_studio.presentation().growing();
        for (QAction *action : {m_actions->play, m_actions->stepForward, m_actions->stepBack, m_actions->toStart,
                                m_actions->toEnd, m_actions->fit})
            action->setEnabled(something);
        m_actions->runAgain->setEnabled(m_studio.bridge().canRunAgain());
        m_actions->stop->setEnabled(m_studio.bridge().busy());
    };
    connect(&m_studio.presentation(), &Presentation::traceReplaced, this, enable);
    connect(&m_studio.bridge(), &SessionBridge::busyChanged, this, enable);
    enable();
    const auto sayAxis = [this] {
        m_actions->storyTime->setChecked(m_studio.presentation().axis() == trace::TimeAxis::Story);
    };
    connect(&m_studio.presentation(), &Presentation::axisChanged, this, sayAxis);
    sayAxis();
    connect(m_lessons, &LessonPanel::lessonChosen, this,
            [this](int number) { m_studio.openLesson(number, Studio::Then::Play); });
}

void MainWindow::connectRange()
{
    Presentation &presentation = m_studio.presentation();
    for (const auto &[action, key] : {std::pair(m_actions->zoomIn, Qt::Key_W), std::pair(m_actions->zoomOut, Qt::Key_S),
                                      std::pair(m_actions->panLeft, Qt::Key_A),
                                      std::pair(m_actions->panRight, Qt::Key_D), std::pair(m_actions->fit, Qt::Key_F)})
        connect(action, &QAction::triggered, &presentation,
                [&presentation, key = key] { moveRangeByKey(presentation, key); });
}

void MainWindow::connectPeers()
{
    connect(m_actions->listen, &QAction::triggered, this, [this] { showListen(false); });
    connect(m_actions->connectTo, &QAction::triggered, this, [this] { showListen(true); });
}

ListenPanel &MainWindow::listenPanel()
{
    if (m_listen != nullptr)
        return *m_listen;
    SessionBridge &bridge = m_studio.bridge();
    Presentation &presentation = m_studio.presentation();
    m_listen = new ListenPanel(m_studio.appearance());
    m_listen->setOptions(recallListening(m_studio.settings()));
    m_leftPages->addWidget(m_listen);
    connect(m_listen, &ListenPanel::startAsked, this, [this, &bridge](const LiveOptions &options) {
        rememberListening(m_studio.settings(), options);
        bridge.startLive(options);
    });
    connect(m_listen, &ListenPanel::stopAsked, &bridge, &SessionBridge::stop);
    connect(m_listen, &ListenPanel::receivingChanged, &bridge, &SessionBridge::changeLive);
    connect(&bridge, &SessionBridge::liveChanged, m_listen,
            [this, &bridge] { m_listen->setStatus(bridge.liveStatus()); });
    connect(m_listen, &ListenPanel::connectionChosen, &presentation, [&presentation](SocketId socket) {
        presentation.select({{}, socket, {}});
    });
    connect(&presentation, &Presentation::selectionChanged, m_listen,
            [this, &presentation] { m_listen->setShownConnection(presentation.selection().socket); });
    connect(m_listen, &ListenPanel::closeAsked, this, [this] { m_leftPages->setCurrentWidget(m_lessons); });
    connect(m_listen, &ListenPanel::saveAsked, this, [this] {
        const QString path = QFileDialog::getSaveFileName(this, tr("Save as scenario"), QStringLiteral("received.yaml"),
                                                          tr("Scenarios (*.yaml)"));
        if (!path.isEmpty())
            m_studio.saveLiveScenario(path);
    });
    m_listen->setStatus(bridge.liveStatus());
    return *m_listen;
}

void MainWindow::showListen(bool connects)
{
    ListenPanel &panel = listenPanel();
    if (!m_studio.bridge().busy())
        panel.setConnects(connects);
    m_leftPages->setCurrentWidget(&panel);
    m_desk->showLeft();
}

void MainWindow::connectView()
{
    Appearance &look = m_studio.appearance();
    using Choice = Appearance::Choice;
    connect(m_actions->present, &QAction::toggled, this, &MainWindow::present);
    connect(m_actions->fullScreen, &QAction::toggled, this,
            [this](bool on) { setWindowState(windowState().setFlag(Qt::WindowFullScreen, on)); });
    connect(m_actions->menuBar, &QAction::toggled, m_menuBar, &QWidget::setVisible);
    connect(m_actions->resetLayout, &QAction::triggered, m_desk, &Desk::arrange);
    connect(m_actions->leave, &QAction::triggered, this, &MainWindow::leave);
    connect(m_actions->keys, &QAction::triggered, m_keys, &KeySheet::toggle);
    for (const auto &[action, choice] :
         {std::pair(m_actions->themeSystem, Choice::System), std::pair(m_actions->themeLight, Choice::Light),
          std::pair(m_actions->themeDark, Choice::Dark)})
        connect(action, &QAction::triggered, &look, [&look, wanted = choice] { look.setChoice(wanted); });
    connect(m_actions->toggleTheme, &QAction::triggered, this,
            [this, &look] { (look.theme().dark ? m_actions->themeLight : m_actions->themeDark)->trigger(); });
    connect(m_actions->reducedMotion, &QAction::toggled, &look, &Appearance::setReducedMotion);
    connect(m_actions->about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(m_actions->forgetProgress, &QAction::triggered, this, [this] {
        const auto answer = QMessageBox::question(this, tr("Forget my progress"),
                                                  tr("Forget which lessons were done and which answers were right?"));
        if (answer == QMessageBox::Yes)
            m_studio.progress().forget();
    });
    const auto say = [this] { m_desk->setSentence(m_lessons->text().present()); };
    connect(&m_studio.presentation(), &Presentation::playheadMoved, this, say);
    connect(&m_studio.presentation(), &Presentation::traceReplaced, this, say);
}

void MainWindow::present(bool on)
{
    m_desk->setSentence(m_lessons->text().present());
    m_desk->setPresenting(on);
    m_bar->setVisible(!on);
}

void MainWindow::leave()
{
    if (m_keys->isVisible())
        m_keys->hide();
    else if (m_actions->present->isChecked())
        m_actions->present->setChecked(false);
    else if (m_notice->isVisible())
        m_notice->hide();
    else if (m_actions->fullScreen->isChecked())
        m_actions->fullScreen->setChecked(false);
    else
        m_studio.presentation().select({});
}

void MainWindow::connectFiles()
{
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->open, &QAction::triggered, this, [this] {
        const QString path = QFileDialog::getOpenFileName(this, tr("Open a scenario"), QString(),
                                                          tr("Scenarios (*.yaml *.yml);;All files (*)"));
        if (!path.isEmpty())
            m_studio.openFile(path, Studio::Then::Play);
    });
    connect(m_actions->savePicture, &QAction::triggered, this, [this] { askPicture(false); });
    connect(m_actions->saveStage, &QAction::triggered, this, [this] { askPicture(true); });
}

void MainWindow::askPicture(bool stageAlone)
{
    const QString path = QFileDialog::getSaveFileName(this, tr("Save a picture"), QStringLiteral("recvscope.png"),
                                                      tr("Pictures (*.png)"));
    if (!path.isEmpty())
        (void)savePictureTo(path, stageAlone); // it is told in the notice
}

Outcome MainWindow::savePictureTo(const QString &path, bool stageAlone)
{
    QWidget *shown = stageAlone ? &m_desk->stage() : static_cast<QWidget *>(this);
    flushViews(*this);
    const Outcome saved = savePicture(shown->grab().toImage(), path);
    if (saved)
        m_notice->tell(tr("Saved to %1.").arg(path), false);
    else
        m_notice->tell(QString::fromStdString(saved.error().message()), true);
    return saved;
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    rememberWindow(*this, *m_desk, m_studio, *m_actions);
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_studio.openFile(event->mimeData()->urls().front().toLocalFile(), Studio::Then::Play);
}

/// A focused button, box or list keeps the keys that work it, though the window uses them too.
bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && watched == focusWidget()) {
        const auto &key = static_cast<const QKeyEvent &>(*event);
        const bool presses = key.key() == Qt::Key_Space && qobject_cast<QAbstractButton *>(watched) != nullptr;
        const bool moves = (key.key() == Qt::Key_Left || key.key() == Qt::Key_Right) &&
                           (watched->inherits("QAbstractSlider") || watched->inherits("recvscope::gui::Segments"));
        if (presses || moves) {
            event->accept();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace recvscope::gui
