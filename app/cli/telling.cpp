#include "cli/telling.h"

#include "cli/cells.h"
#include "cli/prediction.h"

#include <algorithm>
#include <cstdio>
#include <utility>
#include <variant>

namespace recvscope::cli {

namespace {

constexpr std::size_t timeColumns = 11; ///< " 12.345 ms "
constexpr std::size_t whoColumns = 9;
constexpr std::size_t indent = timeColumns + whoColumns;

constexpr double afterLine = 0.45;
constexpr double afterCells = 0.5;
constexpr double beforeAnswer = 2.5;

/// How long these words take to be read.
double readingTime(std::string_view text)
{
    return std::clamp(0.04 * static_cast<double>(columnsOf(text)), 0.8, 6.0);
}

std::string clockTime(Nanoseconds time)
{
    char text[32];
    std::snprintf(text, sizeof text, "%7.3f ms", static_cast<double>(time) / 1e6);
    return text;
}

Ink inkOf(const trace::Event &event)
{
    switch (event.type) {
    case trace::EventType::Completed:
        return trace::statusOf(event.b) == Status::Success ? Ink::Good : Ink::Failure;
    case trace::EventType::Returned:
    case trace::EventType::ResultReturned:
        switch (trace::statusOf(event.b)) {
        case Status::Success:
            return Ink::Good;
        case Status::WsaIoPending:
        case Status::WsaIoIncomplete:
        case Status::WsaEwouldblock:
            return Ink::Caution;
        default:
            return Ink::Failure;
        }
    case trace::EventType::Refused:
    case trace::EventType::ExpectationFailed:
    case trace::EventType::PeerReset:
    case trace::EventType::KernelError:
        return Ink::Failure;
    case trace::EventType::Queued:
    case trace::EventType::Blocked:
    case trace::EventType::Diagnostic:
        return Ink::Caution;
    default:
        return Ink::Plain;
    }
}

/// The end of an IRP's routine that called nothing: that it began says all.
bool isEmptyRoutineOfIrp(const trace::Story &story, std::uint32_t end)
{
    const trace::EventRef ref = story.ref(end);
    if (ref.index == 0 || story.faceOf(story.event(end).socket) != trace::Interface::Wsk)
        return false;
    return story.snapshot().event({ref.track, ref.index - 1}).type == trace::EventType::RoutineBegan;
}

} // namespace

Telling::Telling(const scenario::Scenario &scenario, const trace::Story &story, Paint paint, std::size_t columns)
    : m_scenario(scenario), m_story(story), m_paint(paint), m_columns(std::clamp<std::size_t>(columns, 60, 100))
{
}

std::vector<Passage> Telling::whole()
{
    m_passages.clear();
    title();
    trace::Moments moments;
    moments.extend(m_story);
    std::uint32_t told = 0; // as many events are behind us
    for (std::uint32_t at = m_story.stepForward(0);; at = m_story.stepForward(at)) {
        const trace::Moment moment = moments.at(m_story, {at, 0});
        if (const auto next = m_story.told({at, 0}); next && *next >= told) {
            routineEnds(told, *next);
            stop(*next, moment);
            answers(moment);
            told = *next + 1;
        }
        if (at >= m_story.size())
            break;
    }
    routineEnds(told, m_story.size());
    answersInWords();
    return std::move(m_passages);
}

void Telling::title()
{
    std::string text = m_scenario.title.empty() ? m_scenario.file : m_scenario.title;
    if (m_scenario.lesson)
        text = std::to_string(m_scenario.lesson->number) + "  " + text;
    std::string rule;
    for (std::size_t i = 0; i < m_columns; ++i)
        rule += "─";
    m_passages.push_back({"\n" + m_paint(Ink::Strong, text) + "\n" + m_paint(Ink::Dim, rule) + "\n", afterLine});
}

void Telling::line(Nanoseconds time, std::string_view who, Ink ink, std::string_view text)
{
    std::string out = m_paint(Ink::Dim, padded(clockTime(time), timeColumns));
    out += m_paint(Ink::Accent, padded(who, whoColumns - 1)) + " ";
    bool first = true;
    for (const std::string &part : wrapped(text, m_columns - indent)) {
        out += (first ? "" : std::string(indent, ' ')) + m_paint(ink, part) + "\n";
        first = false;
    }
    m_passages.push_back({std::move(out), afterLine});
}

void Telling::below(std::string_view label, std::string_view text, double seconds)
{
    m_passages.push_back(
        {std::string(timeColumns, ' ') + m_paint(Ink::Dim, padded(label, whoColumns)) + std::string(text) + "\n",
         seconds});
}

void Telling::apart(std::string_view text, double seconds)
{
    const bool already = !m_passages.empty() && m_passages.back().text.ends_with("\n\n");
    m_passages.push_back({(already ? "" : "\n") + std::string(text) + "\n", seconds});
}

void Telling::stop(std::uint32_t index, const trace::Moment &moment)
{
    const trace::Event &event = m_story.event(index);
    if (event.type == trace::EventType::StepBegan) {
        if (event.step.value >= 1 && event.step.value <= m_scenario.steps.size())
            step(m_scenario.steps[event.step.value - 1U].action);
        return;
    }
    const std::string text = trace::describe(m_story, index);
    std::string_view sentence = text;
    switch (event.type) {
    case trace::EventType::PeerSend:
    case trace::EventType::PeerSendOob:
    case trace::EventType::PeerShutDown:
    case trace::EventType::PeerReset:
    case trace::EventType::PeerClosed:
        // Who it is about stands before it already.
        if (sentence.starts_with("the peer "))
            sentence.remove_prefix(std::string_view("the peer ").size());
        peer(event, moment, sentence);
        break;
    case trace::EventType::WaitBegan:
        if (static_cast<trace::WaitFor>(event.a) != trace::WaitFor::Cause)
            ofThread(index, sentence);
        break; // a wait for a cause is told by what ends it, and so is one for an event
    case trace::EventType::WaitEnded:
        if (event.a > 0)
            ofThread(index, sentence);
        break;
    case trace::EventType::ThreadExited:
        ofThread(index, sentence);
        break;
    default:
        if (event.operation && event.rule == RuleId::WspIndicateNoNesting)
            receive(event, moment, "the routine before it has ended: " + text);
        else if (event.operation)
            receive(event, moment, sentence);
        else
            ofSocket(event, moment, sentence);
        break;
    }
    if (event.type == trace::EventType::Diagnostic)
        repair(event.rule);
}

void Telling::step(const scenario::Action &action)
{
    if (const auto *say = std::get_if<scenario::Say>(&action)) {
        answersInWords();
        std::string text;
        for (const std::string &part : wrapped(say->text, m_columns - 2))
            text += "  " + m_paint(Ink::Strong, part) + "\n";
        apart(text, readingTime(say->text));
    } else if (const auto *predict = std::get_if<scenario::Predict>(&action)) {
        answersInWords();
        const std::string question = questionOf(*predict);
        std::string text = "  " + m_paint(Ink::Accent, "? " + paragraph(question, m_columns, 4)) + "\n    ";
        for (const std::string &choice : predict->choices)
            text += (&choice == &predict->choices.front() ? "" : m_paint(Ink::Dim, "  or  ")) + choice;
        apart(text + "\n", readingTime(question) + beforeAnswer);
        m_questions.push_back(predict);
    }
}

void Telling::answer(const scenario::Predict &predict, const std::string &answer)
{
    apart("  " + m_paint(Ink::Good, "! " + paragraph(answer, m_columns, 4)) + "\n    " +
              m_paint(Ink::Dim, paragraph("answers: " + questionOf(predict), m_columns, 4)) + "\n",
          beforeAnswer);
}

void Telling::answers(const trace::Moment &moment)
{
    std::erase_if(m_questions, [&](const scenario::Predict *predict) {
        if (predict->ask == scenario::Ask::Question)
            return false; // what it is about is told in words, so its answer stands before them
        const std::optional<std::string> answered = answerOf(*predict, m_story, moment);
        if (answered)
            answer(*predict, *answered);
        return answered.has_value();
    });
}

void Telling::answersInWords()
{
    for (const scenario::Predict *predict : std::exchange(m_questions, {}))
        if (predict->ask == scenario::Ask::Question)
            answer(*predict, predict->answer);
        else
            m_questions.push_back(predict);
}

std::string Telling::nameOfPeer(const trace::SocketMoment *socket) const
{
    return m_scenario.sockets.size() > 1 && socket != nullptr ? socket->name + ".peer" : "peer";
}

std::string Telling::nameOfNeighbour(const trace::Event &event) const
{
    if (event.step.value < 1 || event.step.value > m_scenario.steps.size())
        return {};
    const scenario::Action &action = m_scenario.steps[event.step.value - 1U].action;
    const std::string *name = scenario::callNameIn(action);
    const bool neighbour = scenario::verbOf(action).starts_with("wsk.") &&
                           !std::holds_alternative<scenario::WskReceive>(action) &&
                           scenario::callsWithin(action).empty();
    return name != nullptr && neighbour ? *name : std::string();
}

void Telling::peer(const trace::Event &event, const trace::Moment &moment, std::string_view sentence)
{
    const trace::SocketMoment *socket = moment.socket(event.socket);
    line(event.time, nameOfPeer(socket), inkOf(event), sentence);
    if (event.type == trace::EventType::PeerSend)
        kernel(socket);
}

void Telling::ofThread(std::uint32_t index, std::string_view sentence)
{
    const trace::Event &event = m_story.event(index);
    line(event.time, m_story.snapshot().trackName(m_story.ref(index).track), inkOf(event), sentence);
    if (event.type != trace::EventType::ThreadExited || event.a > 0) // one that takes nothing with it needs no reason
        why(event);
}

void Telling::ofSocket(const trace::Event &event, const trace::Moment &moment, std::string_view sentence)
{
    const std::string call = nameOfNeighbour(event);
    line(event.time, event.socket ? m_story.snapshot().socketName(event.socket) : "", inkOf(event),
         call.empty() ? std::string(sentence) : call + ": " + std::string(sentence));
    const trace::SocketMoment *socket = moment.socket(event.socket);
    if (event.type == trace::EventType::IndicationEnded && event.a > 0)
        kernel(socket);
    // The rule of an IRP that belongs to no receive speaks of receives.
    if (socket != nullptr && socket->face == trace::Interface::Wsk && event.type != trace::EventType::IrpCompleted)
        why(event);
}

void Telling::routineEnds(std::uint32_t from, std::uint32_t to)
{
    for (std::uint32_t index = from; index < to; ++index) {
        const trace::Event &event = m_story.event(index);
        if (event.type == trace::EventType::RoutineEnded && !isEmptyRoutineOfIrp(m_story, index))
            line(event.time, event.operation ? m_story.snapshot().operationName(event.operation) : "", Ink::Plain,
                 trace::describe(m_story, index));
    }
}

void Telling::receive(const trace::Event &event, const trace::Moment &moment, std::string_view sentence)
{
    const trace::ReceiveMoment *receive = moment.receive(event.operation);
    const trace::SocketMoment *socket = moment.socket(event.socket);
    line(event.time, m_story.snapshot().operationName(event.operation), inkOf(event), sentence);
    if (receive != nullptr && (event.type == trace::EventType::Called || trace::copiesBytes(event.type)))
        buffers(*receive, socket);
    if (trace::takesBytes(event.type))
        kernel(socket);
    // That a call is valid needs no reason, nor does being first in line; waiting behind others does.
    if (event.type != trace::EventType::Called && (event.type != trace::EventType::Queued || event.a > 0))
        why(event);
}

void Telling::why(const trace::Event &event)
{
    if (event.rule == RuleId::None || m_explainedLast[event.operation] == event.rule)
        return;
    m_explainedLast[event.operation] = event.rule;
    const Rule &rule = ruleOf(event.rule);
    if (!m_explained.insert(event.rule).second) {
        below("why", m_paint(Ink::Dim, "as before: " + std::string(rule.name)), afterLine);
        return;
    }
    std::string text;
    for (const std::string &part : wrapped(rule.learn, m_columns - indent))
        text += (text.empty() ? "" : "\n" + std::string(indent, ' ')) + m_paint(Ink::Dim, part);
    below("why", text, readingTime(rule.learn));
    below("", m_paint(Ink::Dim, rule.name), afterLine);
}

void Telling::repair(RuleId id)
{
    const std::string_view instead = ruleOf(id).repair;
    if (instead.empty() || !m_repaired.insert(id).second)
        return;
    std::string text;
    for (const std::string &part : wrapped(instead, m_columns - indent))
        text += (text.empty() ? "" : "\n" + std::string(indent, ' ')) + part;
    below("instead", text, readingTime(instead));
}

void Telling::buffers(const trace::ReceiveMoment &receive, const trace::SocketMoment *socket)
{
    const std::size_t columns = m_columns - indent;
    std::vector<std::vector<Piece>> contents;
    std::uint64_t wanted = 0;
    for (const trace::BufferMoment &buffer : receive.buffers) {
        contents.push_back(socket != nullptr ? piecesOf(m_story, *socket, buffer.runs) : std::vector<Piece>{});
        wanted += buffer.size + 3;
    }
    std::string line;
    for (std::size_t i = 0; i < receive.buffers.size(); ++i) {
        const trace::BufferMoment &buffer = receive.buffers[i];
        const std::string cells = row(contents[i], buffer.size - buffer.filled, columns, m_paint);
        if (wanted <= columns) {
            line += (line.empty() ? "" : " ") + cells;
            continue;
        }
        below(i == 0 ? "buffers" : "", cells, afterCells);
        if (!fitsAsCharacters(contents[i], buffer.size - buffer.filled, columns))
            below("", m_paint(Ink::Dim, grouped(buffer.filled) + " of " + count(buffer.size, "byte")), 0);
    }
    if (!line.empty())
        below("buffers", line, afterCells);
}

void Telling::kernel(const trace::SocketMoment *socket)
{
    if (socket == nullptr)
        return;
    const std::vector<Piece> pieces = piecesOf(m_story, *socket, socket->kernel);
    const std::size_t columns = m_columns - indent - 16;
    const std::string held = socket->held() == 0 ? "nothing left" : count(socket->held(), "byte");
    below("kernel",
          row(pieces, 0, std::min(columns, std::size_t{2} + socket->held()), m_paint) + " " + m_paint(Ink::Dim, held),
          afterCells);
}

} // namespace recvscope::cli
