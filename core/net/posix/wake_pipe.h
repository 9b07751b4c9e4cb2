// Wakes a thread that waits in a poller.
//
// Threads: wake() from any; drain() from the waiting one.

#pragma once

#include "net/socket.h"

namespace recvscope::net {

class WakePipe {
public:
    WakePipe();

    [[nodiscard]] int descriptor() const { return m_read.get(); }
    void wake();
    void drain();

private:
    Handle m_read;
    Handle m_write;
};

} // namespace recvscope::net
