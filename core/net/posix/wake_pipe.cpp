#include "net/posix/wake_pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <system_error>

namespace recvscope::net {

WakePipe::WakePipe()
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        throw std::system_error(errno, std::generic_category(), "pipe");
    m_read = Handle(ends[0]);
    m_write = Handle(ends[1]);
    for (const int end : ends) {
        fcntl(end, F_SETFD, FD_CLOEXEC);
        fcntl(end, F_SETFL, O_NONBLOCK);
    }
}

void WakePipe::wake()
{
    // A full pipe already wakes; nothing else can fail here.
    const char one = 1;
    [[maybe_unused]] const ssize_t written = ::write(m_write.get(), &one, 1);
}

void WakePipe::drain()
{
    std::array<char, 64> bytes;
    while (::read(m_read.get(), bytes.data(), bytes.size()) > 0) {
    }
}

} // namespace recvscope::net
