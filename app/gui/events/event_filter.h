// Which events a few words ask for: each word must be found in the event's receive, socket, thread, type, status or
// rule. "receive:", "socket:", "thread:", "type:", "status:" and "rule:" before a word say where.
//
// Quick: names are compared once, events by their numbers. Threads: a value; belongs to one thread.

#pragma once

#include "trace/story.h"

#include <QString>

#include <array>
#include <vector>

namespace recvscope::gui {

class EventFilter {
public:
    /// Matches everything.
    EventFilter() = default;
    explicit EventFilter(const QString &words);

    [[nodiscard]] bool everything() const { return m_words.empty(); }
    [[nodiscard]] bool matches(const trace::Snapshot &snapshot, trace::EventRef ref, const trace::Event &event);

private:
    enum class Where : std::uint8_t { Anywhere, Receive, Socket, Thread, Type, Status, Rule };
    enum class Known : std::uint8_t { NotYet, No, Yes };

    struct Word {
        QString text;
        Where where = Where::Anywhere;
        // What has been found out about each number so far.
        std::vector<Known> receives, sockets, threads;
        std::array<Known, 64> types{};
        std::array<Known, 256> statuses{};
        std::vector<Known> rules;

        [[nodiscard]] bool asks(Where place) const { return where == Where::Anywhere || where == place; }
        [[nodiscard]] bool matches(const trace::Snapshot &snapshot, trace::EventRef ref, const trace::Event &event);
    };

    std::vector<Word> m_words;
};

/// Whether @p word stands in @p name, whatever the case; "r1" does not stand in "r10".
[[nodiscard]] bool standsIn(const QString &word, const QString &name);

/// The status an event carries, or nothing.
[[nodiscard]] std::optional<Status> statusOf(const trace::Event &event);

} // namespace recvscope::gui
