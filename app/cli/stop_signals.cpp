#include "cli/stop_signals.h"

#include <array>
#include <atomic>
#include <csignal>
#include <utility>

#include <unistd.h>

namespace recvscope::cli {

namespace {

// A handler may do little: it writes one byte to a pipe, which the thread reads.
std::array<int, 2> thePipe{-1, -1};
std::atomic<int> writeEnd{-1};
static_assert(std::atomic<int>::is_always_lock_free);

constexpr char stopped = 's';
constexpr char over = 'o';

void write(char what)
{
    // Nothing can be done about a pipe that is full or gone: then a stop is on its way already, or nobody waits for
    // one.
    [[maybe_unused]] const auto written = ::write(writeEnd.load(), &what, 1);
}

extern "C" void onStopSignal(int /*signal*/)
{
    write(stopped);
}

} // namespace

StopSignals::StopSignals(std::function<void()> stop)
{
    if (pipe(thePipe.data()) != 0)
        return; // no descriptor is left: the signals keep their usual meaning
    writeEnd = thePipe[1];
    struct sigaction action {};
    action.sa_handler = onStopSignal;
    action.sa_flags = SA_RESTART | static_cast<int>(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM})
        sigaction(signal, &action, nullptr);
    m_thread = std::thread([stop = std::move(stop)] {
        char what = 0;
        ssize_t got = 0;
        do
            got = read(thePipe[0], &what, 1);
        while (got < 0);
        if (what == stopped)
            stop();
    });
}

StopSignals::~StopSignals()
{
    if (!m_thread.joinable())
        return;
    for (const int signal : {SIGINT, SIGTERM})
        std::signal(signal, SIG_DFL);
    write(over);
    m_thread.join();
    writeEnd = -1;
    for (const int end : thePipe)
        close(end);
}

} // namespace recvscope::cli
