#include "child.h"

#include "supply.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>

namespace recvscope::benchmarks {

namespace {

std::string pathOf(const std::string &name)
{
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

/// A directory for settings, of this process, removed at its end.
class Scratch {
public:
    Scratch()
    {
        std::string pattern = std::filesystem::temp_directory_path() / "recvscope-bench-XXXXXX";
        if (::mkdtemp(pattern.data()) == nullptr)
            giveUp("no temporary directory can be made: " + std::string(std::strerror(errno)));
        m_path = pattern;
    }
    ~Scratch()
    {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    Scratch(const Scratch &) = delete;
    Scratch &operator=(const Scratch &) = delete;
    [[nodiscard]] const std::string &path() const { return m_path; }

private:
    std::string m_path;
};

std::vector<std::string> environment(const Scratch &scratch)
{
    std::vector<std::string> variables;
    for (char **variable = ::environ; *variable != nullptr; ++variable)
        if (std::strncmp(*variable, "XDG_CONFIG_HOME=", 16) != 0)
            variables.emplace_back(*variable);
    variables.push_back("XDG_CONFIG_HOME=" + scratch.path());
    const auto given = [](const char *name) { return std::getenv(name) != nullptr; };
    if (!given("DISPLAY") && !given("WAYLAND_DISPLAY") && !given("QT_QPA_PLATFORM"))
        variables.emplace_back("QT_QPA_PLATFORM=offscreen");
    return variables;
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> all;
    for (std::string &text : texts)
        all.push_back(text.data());
    all.push_back(nullptr);
    return all;
}

} // namespace

bool isBuilt(const std::string &name)
{
    return std::filesystem::exists(pathOf(name));
}

Ran run(const std::string &name, const std::vector<std::string> &arguments)
{
    static const Scratch scratch;
    const std::string path = pathOf(name);
    std::vector<std::string> words{path};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<std::string> variables = environment(scratch);

    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        giveUp("no pipe can be made: " + std::string(std::strerror(errno)));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);

    Ran ran;
    const auto begin = std::chrono::steady_clock::now();
    pid_t child = 0;
    const int trouble =
        ::posix_spawn(&child, path.c_str(), &actions, nullptr, pointers(words).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (trouble != 0)
        giveUp("cannot start " + path + ": " + std::strerror(trouble));
    std::array<char, 65536> part;
    for (ssize_t count = 0; (count = ::read(ends[0], part.data(), part.size())) > 0;) {
        if (ran.output.empty())
            ran.firstOutput =
                std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - begin).count();
        ran.output.append(part.data(), static_cast<std::size_t>(count));
    }
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        giveUp(name + " failed: see its message above");
    return ran;
}

} // namespace recvscope::benchmarks
