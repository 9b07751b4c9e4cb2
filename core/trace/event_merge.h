// Gives the events of several tracks in the trace's order: by time; at equal times by the socket's sequence, then by
// track; within a track always as recorded.
//
// Threads: as the snapshot it reads.

#pragma once

#include "trace/store.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace recvscope::trace {

class EventMerge {
public:
    /// @p from: for each track of the snapshot, the index of its first event to give.
    EventMerge(const Snapshot &snapshot, const std::vector<std::uint32_t> &from) : m_snapshot(snapshot)
    {
        for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track)
            if (const std::uint32_t end = snapshot.trackSize(track); from[track] < end)
                m_heads.push_back({&snapshot.event({track, from[track]}), {track, from[track]}, end});
        std::make_heap(m_heads.begin(), m_heads.end(), later);
    }

    [[nodiscard]] bool atEnd() const { return m_heads.empty(); }
    [[nodiscard]] EventRef ref() const { return m_heads.front().ref; }
    [[nodiscard]] const Event &event() const { return *m_heads.front().event; }

    void next()
    {
        Head &first = m_heads.front();
        if (++first.ref.index < first.end) {
            first.event = &m_snapshot.event(first.ref);
            settle();
            return;
        }
        std::pop_heap(m_heads.begin(), m_heads.end(), later);
        m_heads.pop_back();
    }

private:
    struct Head {
        const Event *event;
        EventRef ref;
        std::uint32_t end;
    };

    static bool later(const Head &left, const Head &right)
    {
        return std::tie(left.event->time, left.event->socketSequence, left.ref.track) >
               std::tie(right.event->time, right.event->socketSequence, right.ref.track);
    }

    /// Sinks the first head to its place; mostly it stays, as one thread records many events in a row.
    void settle()
    {
        for (std::size_t at = 0, child = 1; child < m_heads.size(); at = child, child = 2 * at + 1) {
            if (child + 1 < m_heads.size() && later(m_heads[child], m_heads[child + 1]))
                ++child;
            if (!later(m_heads[at], m_heads[child]))
                return;
            std::swap(m_heads[at], m_heads[child]);
        }
    }

    const Snapshot &m_snapshot;
    std::vector<Head> m_heads;
};

} // namespace recvscope::trace
