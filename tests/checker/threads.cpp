#include "threads.h"

namespace recvscope::checker {

std::vector<ThreadAccount> threadsOf(const trace::Snapshot &snapshot)
{
    std::vector<ThreadAccount> threads;
    for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track) {
        ThreadAccount &thread = threads.emplace_back();
        thread.name = snapshot.trackName(track);
        for (std::uint32_t i = 0; i < snapshot.trackSize(track); ++i) {
            thread.events.push_back(snapshot.event({track, i}));
            if (thread.events.back().type == trace::EventType::ThreadExited && !thread.exitedAt)
                thread.exitedAt = i;
        }
    }
    return threads;
}

} // namespace recvscope::checker
