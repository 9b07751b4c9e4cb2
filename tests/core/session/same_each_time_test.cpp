// A run ends the same way each time: equal operations without their times, equal order within each socket.

#include "running.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace recvscope::session {

namespace {

/// How often each scenario is run; RECVSCOPE_RUNS says otherwise.
int times()
{
    const char *wanted = std::getenv("RECVSCOPE_RUNS");
    return wanted != nullptr ? std::max(2, std::atoi(wanted)) : 20;
}

void expectSameEachTime(const scenario::Scenario &scenario, const RunSettings &settings = {})
{
    const Ran first = ran(scenario, settings);
    expectAllMet(first);
    const std::string report = withoutTimes(first.report).json(scenario);
    const std::string story = storyOfSockets(first.trace);
    for (int i = 1; i < times(); ++i) {
        const Ran again = ran(scenario, settings);
        ASSERT_EQ(withoutTimes(again.report).json(scenario), report) << "run " << i + 1;
        ASSERT_EQ(storyOfSockets(again.trace), story) << "run " << i + 1;
    }
}

std::vector<std::filesystem::path> lessons()
{
    std::vector<std::filesystem::path> files;
    const std::filesystem::path folder = std::filesystem::path(RECVSCOPE_RESOURCES) / "lessons";
    if (std::filesystem::is_directory(folder))
        for (const auto &entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".yaml")
                files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

constexpr const char *busySteps = R"(
  - wsp.recv: {socket: s, op: r1, buffers: [4, 4], overlapped: o1, event: e1}
  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, event: e2}
  - wsp.recv: {socket: u, op: r3, buffers: [8], on: t1}
  - wsp.result: {op: g2, of: r2, wait: true, on: t2}
  - peer.send: {socket: s, data: "hello world", fragments: [3, 3]}
  - peer.send: {socket: u, data: "more than fits"}
  - wsp.recv: {socket: u, op: r4, buffers: [2], on: t1}
  - wsp.recv: {socket: s, op: r5, buffers: [32], on: t1}
  - wsp.recv: {socket: s, op: r6, buffers: [32], on: t1}
  - wsp.recv: {socket: s, op: r7, buffers: [32], overlapped: o1, event: e1}
  - wsp.recv: {socket: s, op: r8, buffers: [32], on: t2}
  - peer.send: {socket: s, data: "end"}
  - peer.reset: {socket: s}
  - barrier: all
  - expect: {order: [r1, r2, r3]}
  - expect: {op: r8, returns: WSAECONNRESET}
)";

} // namespace

TEST(SameEachTime, manyThreadsAndPendingReceives)
{
    expectSameEachTime(withSteps(busySteps));
}

TEST(SameEachTime, withThePollerThatIsEverywhere)
{
    RunSettings settings;
    settings.pollPoller = true;
    expectSameEachTime(withSteps(busySteps), settings);
}

TEST(SameEachTime, everyLesson)
{
    for (const std::filesystem::path &file : lessons()) {
        const scenario::ReadResult read = scenario::readScenario(file.string());
        ASSERT_TRUE(read.ok()) << read.error().message();
        SCOPED_TRACE(file.filename().string());
        if (read.value().repeatable)
            expectSameEachTime(read.value());
    }
}

} // namespace recvscope::session
