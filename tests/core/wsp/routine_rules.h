// What the tests of completion routines share: a routine that notes what it is told, and the socket it is about.

#pragma once

#include "receiving.h"

#include "wsp/apc_inbox.h"

#include <functional>
#include <vector>

namespace recvscope::test {

/// What a routine was told, and where.
struct Told {
    Status error = Status::Success;
    std::uint32_t bytes = 0;
    wsp::Overlapped *overlapped = nullptr;
    std::uint32_t flags = 0;
    std::thread::id thread;
};

inline thread_local std::vector<Told> toldHere;                      ///< of the routines that ran on this thread
inline thread_local std::function<void(wsp::Overlapped *)> withinIt; ///< what a routine does; may be empty

inline void routine(Status error, std::uint32_t bytes, wsp::Overlapped *overlapped, std::uint32_t flags)
{
    toldHere.push_back({error, bytes, overlapped, flags, std::this_thread::get_id()});
    if (withinIt)
        withinIt(overlapped);
}

inline thread_local std::vector<std::uintptr_t> contextsHere; ///< what the APCs of this thread were given
inline void apc(std::uintptr_t context)
{
    contextsHere.push_back(context);
}

class RoutineRules : public Receiving {
protected:
    RoutineRules()
    {
        toldHere.clear();
        contextsHere.clear();
        withinIt = nullptr;
    }
    ~RoutineRules() override { withinIt = nullptr; }

    /// WSPRecv with a completion routine.
    void withRoutine(Call &call, const wsp::ThreadId *thread = nullptr)
    {
        call.result = m_provider->recv(m_socket, call.buffers.data(), static_cast<std::uint32_t>(call.buffers.size()),
                                       &call.bytes, &call.flags, &call.overlapped, routine, thread, &call.error);
    }
    /// Its completion is published.
    void completes(Call &call)
    {
        waitUntil([&] { return call.overlapped.internal.load() != wsp::Overlapped::inProgress; }, "it completed");
        waitUntil([&] { return m_provider->state(m_socket).busy == 0; }, "and was indicated");
    }
    [[nodiscard]] std::vector<trace::Event> eventsOf(trace::EventType type)
    {
        const trace::Snapshot seen = snapshot();
        std::vector<trace::Event> found;
        for (std::uint16_t track = 0; track < seen.trackCount(); ++track)
            for (std::uint32_t i = 0; i < seen.trackSize(track); ++i)
                if (seen.event({track, i}).type == type)
                    found.push_back(seen.event({track, i}));
        return found;
    }
};

} // namespace recvscope::test
