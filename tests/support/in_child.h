// Runs a part of a test in a child process, where rights may be given up and disks mounted without harm to the rest.

#pragma once

#include <cerrno>
#include <functional>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace recvscope::test {

struct Child {
    int exitCode = -1; ///< what its work returned; -1: it did not end by itself
    std::string said;
};

/// @p work runs in a copy of this process with its one thread, and says something. No test expectations in there.
inline Child inChild(const std::function<int(std::string &said)> &work)
{
    Child child;
    int ends[2];
    if (pipe(ends) != 0)
        return child;
    const pid_t process = fork();
    if (process == 0) {
        std::string said;
        const int code = work(said);
        for (std::size_t at = 0; at < said.size();) {
            const ssize_t written = write(ends[1], said.data() + at, said.size() - at);
            if (written <= 0)
                break;
            at += static_cast<std::size_t>(written);
        }
        _exit(code); // nothing of the parent's is cleared away twice
    }
    close(ends[1]);
    char part[512];
    for (ssize_t count = 0; process > 0 && (count = read(ends[0], part, sizeof part)) > 0;)
        child.said.append(part, static_cast<std::size_t>(count));
    close(ends[0]);
    int status = 0;
    if (process > 0 && waitpid(process, &status, 0) == process && WIFEXITED(status))
        child.exitCode = WEXITSTATUS(status);
    return child;
}

/// Becomes nobody, for good, when this is root. @return whether this process now is an ordinary user's
inline bool giveUpRights()
{
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 && (setgid(nobody) != 0 || setuid(nobody) != 0))
        return false;
    return geteuid() != 0;
}

} // namespace recvscope::test
