#include "net/socket.h"

#include <unistd.h>

namespace recvscope::net {

Handle &Handle::operator=(Handle &&other) noexcept
{
    if (this != &other) {
        close();
        m_descriptor = std::exchange(other.m_descriptor, none);
    }
    return *this;
}

void Handle::close()
{
    // Not retried on EINTR: Linux has closed the descriptor by then, and another thread may own the number already.
    if (m_descriptor != none)
        ::close(std::exchange(m_descriptor, none));
}

} // namespace recvscope::net
