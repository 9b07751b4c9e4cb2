// A manual-reset event, as hEvent holds it.
//
// Threads: every function may be called from any thread.

#pragma once

#include <condition_variable>
#include <mutex>

namespace recvscope::wsp {

class Event {
public:
    void set();
    void reset();
    [[nodiscard]] bool isSet() const;
    /// Blocks until it is set. Not alertable.
    void wait();

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_set = false;
};

} // namespace recvscope::wsp
