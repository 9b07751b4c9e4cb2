#include "gui/window/top_bar.h"

#include "gui/controls/flat_button.h"
#include "gui/controls/label.h"
#include "gui/controls/segments.h"
#include "gui/controls/speed_slider.h"
#include "gui/window/actions.h"
#include "gui/window/studio.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPainter>

namespace recvscope::gui {

namespace {

constexpr int barHeight = 52;

QString timeText(double seconds)
{
    if (seconds >= 1)
        return QStringLiteral("%1 s").arg(seconds, 0, 'f', 3);
    return QStringLiteral("%1 ms").arg(seconds * 1e3, 0, 'f', 3);
}

} // namespace

TopBar::TopBar(Studio &studio, Actions &actions, QMenu &menu, QWidget *parent)
    : QWidget(parent), m_studio(studio), m_actions(actions)
{
    setFixedHeight(barHeight);
    const Appearance &look = studio.appearance();
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 0, 16, 0);
    layout->setSpacing(4);

    auto *menuButton = new FlatButton(FlatButton::Look::Plain, Glyph::Menu, tr("Menu"), look);
    connect(menuButton, &QAbstractButton::clicked, this,
            [menuButton, &menu] { menu.popup(menuButton->mapToGlobal(QPoint(0, menuButton->height() + 4))); });
    auto *brand = new Label(look, look.fonts().heading);
    brand->setText(QStringLiteral("Recvscope"));
    m_place = new Label(look, look.fonts().body, &Theme::dim);
    m_place->setMinimumWidth(40);
    m_place->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    layout->addWidget(menuButton);
    layout->addWidget(brand);
    layout->addSpacing(8);
    layout->addWidget(m_place, 1);

    m_axis = new Segments({tr("Story"), tr("Clock")}, look);
    m_axis->setAccessibleName(tr("Time: story or clock"));
    m_axis->setToolTip(tr("Story: each event has its moment. Clock: true distances."));
    layout->addWidget(m_axis);
    layout->addSpacing(12);
    layout->addWidget(transport(actions.toStart, Glyph::ToStart));
    layout->addWidget(transport(actions.stepBack, Glyph::StepBack));
    m_play = transport(actions.play, Glyph::Play);
    m_play->setLook(FlatButton::Look::Primary);
    layout->addWidget(m_play);
    layout->addWidget(transport(actions.stepForward, Glyph::StepForward));
    layout->addWidget(transport(actions.toEnd, Glyph::ToEnd));
    m_again = new FlatButton(FlatButton::Look::Soft, Glyph::RunAgain, QString(), look);
    connect(m_again, &QAbstractButton::clicked, this,
            [this] { (m_studio.bridge().busy() ? m_actions.stop : m_actions.runAgain)->trigger(); });
    layout->addWidget(m_again);
    layout->addSpacing(12);

    m_speed = new Label(look, look.fonts().body, &Theme::dim);
    m_speed->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_speed->setFixedWidth(68);
    m_slider = new SpeedSlider(look);
    m_slider->setMinimumWidth(64);
    m_slider->setMaximumWidth(104);
    m_time = new Label(look, look.fonts().mono);
    m_time->setFixedWidth(88);
    m_time->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_time->setAccessibleName(tr("Clock time of the playhead"));
    layout->addWidget(m_speed);
    layout->addSpacing(4);
    layout->addWidget(m_slider);
    layout->addWidget(m_time);
    layout->addSpacing(12);

    layout->addWidget(pill(actions.listen, tr("Listen")));
    layout->addWidget(pill(actions.connectTo, tr("Connect")));
    layout->addWidget(pill(actions.present, tr("Present")));
    m_theme = new FlatButton(FlatButton::Look::Plain, Glyph::Moon, tr("Light or dark"), look);
    connect(m_theme, &QAbstractButton::clicked, actions.toggleTheme, &QAction::trigger);
    layout->addWidget(m_theme);
    m_score = new Label(look, look.fonts().bold, &Theme::good);
    m_score->setToolTip(tr("Your first answers to the lessons' questions"));
    layout->addSpacing(4);
    layout->addWidget(m_score);
    connectStudio();
}

FlatButton *TopBar::transport(QAction *action, Glyph glyph)
{
    const QString name = action->text().remove(QLatin1Char('&'));
    auto *button = new FlatButton(FlatButton::Look::Soft, glyph, name, m_studio.appearance());
    button->setToolTip(QStringLiteral("%1 (%2)").arg(name, action->shortcut().toString(QKeySequence::NativeText)));
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::enabledChanged, button, &QWidget::setEnabled);
    button->setEnabled(action->isEnabled());
    return button;
}

FlatButton *TopBar::pill(QAction *action, const QString &text)
{
    auto *button = new FlatButton(FlatButton::Look::Pill, text, m_studio.appearance());
    button->setToolTip(QStringLiteral("%1 (%2)").arg(text, action->shortcut().toString(QKeySequence::NativeText)));
    connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    return button;
}

void TopBar::connectStudio()
{
    Presentation &presentation = m_studio.presentation();
    Player &player = m_studio.player();
    connect(m_axis, &Segments::changed, this,
            [&player](int index) { player.setAxis(index == 0 ? trace::TimeAxis::Story : trace::TimeAxis::Clock); });
    connect(&presentation, &Presentation::axisChanged, this,
            [this, &presentation] { m_axis->setCurrent(presentation.axis() == trace::TimeAxis::Story ? 0 : 1); });
    connect(m_slider, &SpeedSlider::moved, this,
            [&player, &presentation](double place) { player.setRate(rateAt(place, presentation.axis())); });
    connect(&presentation, &Presentation::traceReplaced, this, &TopBar::showPlace);
    connect(&presentation, &Presentation::tellingChanged, this, &TopBar::showPlace);
    connect(&player, &Player::stateChanged, this, &TopBar::showState);
    connect(&m_studio.bridge(), &SessionBridge::busyChanged, this, &TopBar::showState);
    connect(&player, &Player::rateChanged, this, &TopBar::showSpeed);
    connect(&presentation, &Presentation::playheadMoved, this, &TopBar::showTime);
    connect(&m_studio.progress(), &Progress::changed, this, &TopBar::showScore);
    connect(&m_studio.appearance(), &Appearance::changed, this, &TopBar::showTheme);
    m_axis->setCurrent(presentation.axis() == trace::TimeAxis::Story ? 0 : 1);
    showPlace();
    showState();
    showSpeed();
    showTime();
    showScore();
    showTheme();
}

void TopBar::showPlace()
{
    const Telling &telling = m_studio.presentation().telling();
    QString place = telling.title;
    if (telling.number > 0)
        place = QStringLiteral("%1 › %2 %3").arg(telling.track).arg(telling.number).arg(telling.title);
    // Where room is short the track goes first: the list shows it too.
    QString shown = place;
    if (telling.number > 0 && m_place->fontMetrics().horizontalAdvance(shown) > m_place->width())
        shown = QStringLiteral("%1 %2").arg(telling.number).arg(telling.title);
    m_place->setText(m_place->fontMetrics().elidedText(shown, Qt::ElideRight, m_place->width()));
    m_place->setToolTip(place);
}

void TopBar::showState()
{
    const Playback::State state = m_studio.player().state();
    const bool moving = state == Playback::State::Playing || state == Playback::State::Live;
    m_play->setGlyph(moving ? Glyph::Pause : Glyph::Play, moving ? tr("Pause") : tr("Play"));
    m_play->setToolTip(state == Playback::State::Held ? tr("Answer the question first, then it goes on")
                       : moving                       ? tr("Pause (Space)")
                                                      : tr("Play (Space)"));
    const bool busy = m_studio.bridge().busy();
    m_again->setGlyph(busy ? Glyph::Stop : Glyph::RunAgain, busy ? tr("Stop") : tr("Run again on fresh sockets"));
    m_again->setEnabled(busy || m_studio.bridge().canRunAgain());
}

void TopBar::showSpeed()
{
    const trace::TimeAxis axis = m_studio.presentation().axis();
    m_speed->setText(rateText(m_studio.player().rate(), axis));
    m_slider->setPlace(placeOf(m_studio.player().rate(), axis));
    m_slider->setToolTip(axis == trace::TimeAxis::Story ? tr("Speed of the story: %1").arg(m_speed->text())
                                                        : tr("Speed of the clock: %1").arg(m_speed->text()));
}

void TopBar::showTime()
{
    const Presentation &presentation = m_studio.presentation();
    m_time->setText(timeText(presentation.story().second(presentation.playhead(), trace::TimeAxis::Clock)));
}

void TopBar::showScore()
{
    const Progress &progress = m_studio.progress();
    m_score->setText(tr("%1 of %2 right").arg(progress.right()).arg(progress.answered()));
    m_score->setInk(progress.right() > 0 ? &Theme::good : &Theme::dim);
    m_score->setVisible(progress.answered() > 0);
}

void TopBar::showTheme()
{
    const bool dark = m_studio.appearance().theme().dark;
    m_theme->setGlyph(dark ? Glyph::Sun : Glyph::Moon, dark ? tr("Use light colours") : tr("Use dark colours"));
}

void TopBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_studio.appearance().theme().panel);
    painter.fillRect(0, rect().bottom(), width(), 1, m_studio.appearance().theme().line);
}

void TopBar::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    showPlace();
}

} // namespace recvscope::gui
