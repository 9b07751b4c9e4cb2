#include "net/other_process.h"

#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

namespace recvscope::net {

namespace {

/// What the other process leaves behind as its exit code.
constexpr int heardYes = 0, heardNothing = 1, heardNo = 2;

/// In the other process, which has this thread alone: nothing but system calls is safe there.
[[noreturn]] void sendAndLeave(int descriptor, std::span<const std::byte> bytes)
{
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    std::byte answer{};
    const bool heard = sent == static_cast<ssize_t>(bytes.size()) && ::recv(descriptor, &answer, 1, 0) == 1;
    if (!heard)
        ::_exit(heardNothing);
    ::_exit(answer != std::byte{0} ? heardYes : heardNo);
}

} // namespace

Result<bool> askFromAnotherProcess(const Socket &socket, std::span<const std::byte> bytes)
{
    const pid_t child = ::fork();
    if (child < 0)
        return Error::system("begin another process", {}, errno);
    if (child == 0)
        sendAndLeave(socket.descriptor(), bytes);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return Error::system("wait for another process", {}, errno);
    if (!WIFEXITED(status) || WEXITSTATUS(status) == heardNothing)
        return Error{"ask from another process", {}, "it could not send, or got no answer", 0};
    return WEXITSTATUS(status) == heardYes;
}

} // namespace recvscope::net
