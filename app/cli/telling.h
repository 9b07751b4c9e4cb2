// Tells a run in a terminal: a pure function of the scenario and its trace, in passages with a pause after each.
//
// Threads: the main thread's.

#pragma once

#include "cli/text.h"
#include "scenario/scenario.h"
#include "trace/moment.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace recvscope::cli {

/// A piece of the telling, and how long a reader needs for it.
struct Passage {
    std::string text;
    double pause = 0; ///< seconds at pace 1
};

class Telling {
public:
    /// @p scenario and @p story must outlive it. At least 60 of the terminal's @p columns are taken for granted.
    Telling(const scenario::Scenario &scenario, const trace::Story &story, Paint paint, std::size_t columns);

    [[nodiscard]] std::vector<Passage> whole();

private:
    void title();
    void stop(std::uint32_t index, const trace::Moment &moment);
    void step(const scenario::Action &action);
    void ofSocket(const trace::Event &event, const trace::Moment &moment, std::string_view sentence);
    void ofThread(std::uint32_t index, std::string_view sentence); ///< that it waits, or exits
    /// Those among these events: no stop of the story, but of an account in words.
    void routineEnds(std::uint32_t from, std::uint32_t to);
    void peer(const trace::Event &event, const trace::Moment &moment, std::string_view sentence);
    void receive(const trace::Event &event, const trace::Moment &moment, std::string_view sentence);
    void why(const trace::Event &event);
    void repair(RuleId id); ///< what a program does instead of breaking that rule, once
    void buffers(const trace::ReceiveMoment &receive, const trace::SocketMoment *socket);
    void kernel(const trace::SocketMoment *socket);
    void answer(const scenario::Predict &predict, const std::string &answer);
    /// Those that the moment answers; and, before the lesson goes on in words, those that only it can answer.
    void answers(const trace::Moment &moment);
    void answersInWords();
    [[nodiscard]] std::string nameOfPeer(const trace::SocketMoment *socket) const;
    /// The call of WSK's that the event comes of, where it is no receive and its step makes no other; else empty.
    [[nodiscard]] std::string nameOfNeighbour(const trace::Event &event) const;

    /// One line of the story with its clock time, and who it is about.
    void line(Nanoseconds time, std::string_view who, Ink ink, std::string_view text);
    /// A line under it.
    void below(std::string_view label, std::string_view text, double seconds);
    /// Lines of their own, an empty one before and after them.
    void apart(std::string_view text, double seconds);

    const scenario::Scenario &m_scenario;
    const trace::Story &m_story;
    Paint m_paint;
    std::size_t m_columns;
    std::vector<Passage> m_passages;
    std::set<RuleId> m_explained; ///< in full, so far
    std::set<RuleId> m_repaired;
    std::map<OperationId, RuleId> m_explainedLast;      ///< the reason given last for each receive
    std::vector<const scenario::Predict *> m_questions; ///< asked and not answered yet
};

} // namespace recvscope::cli
