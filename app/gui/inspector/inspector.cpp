#include "gui/inspector/inspector.h"

#include "gui/controls/label.h"
#include "gui/inspector/arguments_table.h"
#include "gui/inspector/bytes_view.h"
#include "gui/inspector/callback_texts.h"
#include "gui/inspector/code_card.h"
#include "gui/inspector/why_card.h"
#include "gui/presentation.h"

#include <QVBoxLayout>

namespace recvscope::gui::inspector {

namespace {

constexpr int spacing = 8;
constexpr int betweenSections = 18;

Label *sectionTitle(const QString &text, const Appearance &appearance)
{
    auto *label = new Label(appearance, appearance.fonts().bold);
    label->setText(text);
    return label;
}

} // namespace

Inspector::Inspector(Presentation &presentation, const Appearance &appearance, QWidget *parent)
    : QScrollArea(parent), m_presentation(presentation), m_appearance(appearance)
{
    setAccessibleName(tr("Why the receive returned as it did"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMinimumWidth(240);
    viewport()->setAutoFillBackground(false);

    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(16, 12, 14, 16);
    layout->setSpacing(spacing);

    m_title = new Label(appearance, appearance.fonts().heading);
    m_title->wrapped();
    m_empty = new Label(appearance, appearance.fonts().body, &Theme::dim);
    m_empty->wrapped();
    m_known = new QWidget;
    layout->addWidget(m_title);
    layout->addWidget(m_empty);
    layout->addWidget(m_known);
    layout->addStretch(1);

    auto *known = new QVBoxLayout(m_known);
    known->setContentsMargins(0, 0, 0, 0);
    known->setSpacing(spacing);
    m_why = new WhyCard(appearance);
    m_arguments = new ArgumentsTable(appearance);
    m_inputs = new ArgumentsTable(appearance);
    m_bytes = new BytesView(appearance);
    m_code = new CodeCard(appearance);
    m_bytesTitle = sectionTitle(tr("Bytes"), appearance);
    known->addWidget(m_why);
    m_call = new QWidget;
    known->addWidget(m_call);
    auto *call = new QVBoxLayout(m_call);
    call->setContentsMargins(0, 0, 0, 0);
    call->setSpacing(spacing);
    const auto section = [&](Label *title, QWidget *body) {
        call->addSpacing(betweenSections - spacing);
        call->addWidget(title);
        call->addWidget(body);
    };
    section(sectionTitle(tr("Arguments"), appearance), m_arguments);
    section(m_bytesTitle, m_bytes);
    section(sectionTitle(tr("The same moment as code"), appearance), m_code);
    section(sectionTitle(tr("What the program passed in"), appearance), m_inputs);
    setWidget(content);
    content->setAutoFillBackground(false); // setWidget() fills it

    connect(m_why, &WhyCard::lessonAsked, &presentation, &Presentation::askLesson);
    for (const auto change : {&Presentation::traceGrew, &Presentation::playheadMoved, &Presentation::selectionChanged,
                              &Presentation::veilChanged})
        connect(&presentation, change, this, &Inspector::refresh);
    connect(&presentation, &Presentation::traceReplaced, this, [this] {
        ++m_trace;
        refresh();
    });
    connect(&presentation, &Presentation::tellingChanged, this,
            [this] { m_why->setLesson(m_presentation.telling().number); });
    refresh();
}

QString Inspector::title() const
{
    return m_title->text();
}

void Inspector::refresh()
{
    const trace::Moment &moment = m_presentation.moment();
    const trace::ReceiveMoment *receive = moment.receive(m_presentation.shownReceive());
    const trace::SocketMoment *socket = receive == nullptr ? nullptr : moment.socket(receive->socket);
    std::optional<std::uint32_t> callback = callbackEvent(m_presentation);
    // What the callback did decides what comes: that is just what the question asks.
    const bool asking = callback && m_presentation.veil() == m_presentation.playhead().event;
    if (asking)
        callback.reset();
    m_empty->setVisible(socket == nullptr && !callback);
    m_known->setVisible(socket != nullptr || callback);
    m_call->setVisible(!callback);
    if (callback) { // a callback has no arguments of a call
        const Why why = whyOfCallback(m_presentation.story(), *callback, m_presentation.playhead().event);
        m_title->setText(why.title);
        m_why->tell(why);
        m_why->setLesson(m_presentation.telling().number);
        m_shown = {};
        return;
    }
    if (socket == nullptr) {
        m_title->setText(tr("Why?"));
        m_empty->setText(m_presentation.empty()
                             ? tr("Nothing has happened yet. Play a lesson or press Listen: here stands why each "
                                  "receive returns when it does.")
                         : asking ? tr("Here stands why, once the question is answered.")
                                  : tr("No receive has been called yet. Press → to go on to the first call."));
        m_shown = {};
        return;
    }
    const bool full = m_presentation.story().snapshot().dropped() > 0;
    const std::optional<std::uint32_t> routine = routineEvent(receive->id);
    if (m_shownTrace == m_trace && m_shownFull == full && m_shown == *receive && m_shownRoutine == routine)
        return;
    m_shownRoutine = routine;
    m_shownTrace = m_trace;
    m_shownFull = full;
    m_shown = *receive;
    tell(*socket, *receive);
}

/// Moving on within the events of another receive changes nothing here, but on those of this one's routine.
std::optional<std::uint32_t> Inspector::routineEvent(OperationId receive) const
{
    const std::uint32_t happened = m_presentation.playhead().event;
    if (happened == 0)
        return {};
    const trace::Event &event = m_presentation.story().event(happened - 1);
    if (event.operation != receive || !trace::tellsOfRoutine(event.type))
        return {};
    return happened;
}

void Inspector::tell(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    const trace::Story &story = m_presentation.story();
    const Why why = whyOf(story, m_presentation.moment(), socket, receive);
    m_title->setText(why.title);
    m_why->tell(why);
    m_why->setLesson(m_presentation.telling().number);
    m_arguments->tell(argumentsOf(story, receive));
    m_inputs->tell(inputsOf(story, socket, receive));
    m_bytesTitle->setVisible(receive.placed > 0);
    m_bytes->setVisible(receive.placed > 0);
    m_bytes->tell(story, socket, receive);
    m_code->tell(socket, receive);
}

} // namespace recvscope::gui::inspector
