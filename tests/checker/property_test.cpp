// Random schedules on real sockets: the checker must accept every trace (docs/checking.md).
//
//     RECVSCOPE_SCHEDULES=100000 RECVSCOPE_SEED=1 property_test
//
// One that is refused is shrunk and printed as a scenario that recvscope-cli can run.

#include "judge.h"
#include "schedule.h"
#include "schedule_wsk.h"

#include "scenario/check.h"
#include "scenario/read.h"
#include "scenario/write.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <initializer_list>
#include <iostream>
#include <optional>
#include <set>

namespace recvscope::checker {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t inTheDailyRun = 300;
#else
constexpr std::uint64_t inTheDailyRun = 3000;
#endif

/// Judges the schedules of so many seeds. @return the rules that their traces name; nothing when one was refused.
std::optional<std::set<RuleId>> judgeAll(scenario::Scenario (*make)(std::uint64_t), std::uint64_t first,
                                         std::uint64_t count)
{
    std::set<RuleId> seen;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const scenario::Scenario made = make(seed);
        const std::vector<Refusal> refusals = judged(made, &seen);
        if (refusals.empty())
            continue;
        const scenario::Scenario small = shrunk(made);
        ADD_FAILURE() << "seed " << seed << " is refused:\n"
                      << told(refusals) << "\nshrunk, it is refused:\n"
                      << told(judged(small)) << '\n'
                      << scenario::write(small);
        return std::nullopt;
    }
    seen.erase(RuleId::None);
    std::cout << count << " schedules from seed " << first << " accepted; their traces name " << seen.size()
              << " rules\n";
    return seen;
}

std::vector<std::string> missingOf(std::initializer_list<const char *> names, const std::set<RuleId> &seen)
{
    std::vector<std::string> missing;
    for (const char *name : names)
        if (!seen.contains(ruleNamed(name).value()))
            missing.emplace_back(name);
    return missing;
}

std::uint64_t wanted(const char *variable, std::uint64_t otherwise)
{
    const char *text = std::getenv(variable);
    return text != nullptr && *text != '\0' ? std::strtoull(text, nullptr, 10) : otherwise;
}

} // namespace

TEST(Property, theCheckerAcceptsWhatTheEngineDoes)
{
    const std::uint64_t count = wanted("RECVSCOPE_SCHEDULES", inTheDailyRun);
    const std::uint64_t first = wanted("RECVSCOPE_SEED", 1);
    const std::optional<std::set<RuleId>> seen = judgeAll(schedule, first, count);
    if (!seen)
        return;
    // What is accepted says nothing unless the schedules come to the rules.
    if (count < 300)
        return;
    std::vector<std::string> missing = missingOf({"wsp.stream.posted-order",
                                                  "wsp.stream.fills-until",
                                                  "wsp.call.one-byte-unblocks",
                                                  "wsp.call.would-block",
                                                  "wsp.call.cancelled-blocking",
                                                  "wsp.call.too-many-outstanding",
                                                  "wsp.cancel.socket-closed",
                                                  "wsp.close.stream-zero-bytes",
                                                  "wsp.close.message-discon",
                                                  "wsp.close.reset",
                                                  "wsp.complete.late-failure",
                                                  "wsp.complete.immediate-sets-event",
                                                  "wsp.complete.pending-leaves-outputs",
                                                  "wsp.flag.oob",
                                                  "wsp.flag.peek",
                                                  "wsp.flag.peek-nonoverlapped-only",
                                                  "wsp.flag.partial-on-stream",
                                                  "wsp.flag.waitall",
                                                  "wsp.flag.waitall-refused",
                                                  "wsp.indicate.event",
                                                  "wsp.indicate.result-poll-early",
                                                  "wsp.indicate.result-wait",
                                                  "wsp.message.one-per-receive",
                                                  "wsp.message.reliable-too-large",
                                                  "wsp.message.unreliable-too-large",
                                                  "wsp.message.zero-length",
                                                  "wsp.buffer.any-number",
                                                  "wsp.buffer.fault",
                                                  "wsp.socket.receive-shut-down",
                                                  "wsp.socket.not-a-socket",
                                                  "engine.end.latched",
                                                  "engine.message.torn",
                                                  "engine.stream.empty-message-skipped",
                                                  "wsp.call.routine-without-overlapped",
                                                  "wsp.call.whole-message-unblocks",
                                                  "wsp.cancel.thread-exit",
                                                  "wsp.complete.immediate-queues-routine",
                                                  "wsp.flag.oob-no-such-domain",
                                                  "wsp.flag.send-only-socket",
                                                  "wsp.indicate.alertable-wait-only",
                                                  "wsp.indicate.event-ignored-with-routine",
                                                  "wsp.indicate.no-nesting",
                                                  "wsp.indicate.queue-apc-any-thread",
                                                  "wsp.indicate.recv-inside-routine",
                                                  "wsp.indicate.routine-on-initiating-thread",
                                                  "wsp.indicate.routine-order-free",
                                                  "wsp.indicate.wait-with-routine",
                                                  "wsp.message.partial-ends",
                                                  "wsp.message.partial-input",
                                                  "wsp.message.partial-output",
                                                  "wsp.socket.connected-datagram-filter",
                                                  "wsp.socket.options-and-flags",
                                                  "wsp.socket.unbound"},
                                                 *seen);
    if (count >= 3000 && !seen->contains(RuleId::WspIndicateRecvInsideSibling)) // seldom
        missing.emplace_back("wsp.indicate.recv-inside-sibling");
    EXPECT_THAT(missing, testing::IsEmpty()) << "no schedule came to them";
}

TEST(Property, theCheckerAcceptsWhatWskDoes)
{
    const std::uint64_t count = wanted("RECVSCOPE_SCHEDULES", inTheDailyRun);
    const std::optional<std::set<RuleId>> seen = judgeAll(wskSchedule, wanted("RECVSCOPE_SEED", 1), count);
    if (!seen || count < 300)
        return;
    EXPECT_THAT(missingOf({"wsk.flag.none"}, *seen), testing::IsEmpty()) << "no schedule came to them";
}

TEST(Schedule, isTheSameForTheSameSeedAndReadsBackEqual)
{
    for (std::uint64_t seed = 1; seed <= 600; ++seed) {
        const auto make = seed % 2 == 0 ? schedule : wskSchedule;
        const scenario::Scenario made = make(seed);
        ASSERT_EQ(made, make(seed)) << seed;
        const auto mistake = scenario::check(made);
        ASSERT_FALSE(mistake) << "seed " << seed << ": " << mistake->message() << '\n' << scenario::write(made);
        const scenario::ReadResult read = scenario::readScenarioText(scenario::write(made), "schedule");
        ASSERT_TRUE(read.ok()) << seed << ": " << read.error().message();
    }
}

TEST(Shrink, keepsOnlyWhatIsRefused)
{
    // Somebody who refuses every schedule that has a peek with at least two bytes of room.
    const auto holds = [](const scenario::Step &step) {
        const auto *recv = std::get_if<scenario::WspRecv>(&step.action);
        std::uint64_t room = 0;
        if (recv != nullptr)
            for (const scenario::Buffer &buffer : recv->buffers)
                room += std::uint64_t{buffer.size} * buffer.count;
        return recv != nullptr && recv->flags == 0x2 && room >= 2;
    };
    const Judge judge = [&](const scenario::Scenario &made) {
        std::vector<Refusal> refusals;
        for (const scenario::Step &step : made.steps)
            if (holds(step))
                refusals.push_back({"a peek", "s", "r", "it peeks"});
        return refusals;
    };
    int tried = 0;
    for (std::uint64_t seed = 1; tried < 20; ++seed) {
        const scenario::Scenario made = schedule(seed);
        if (judge(made).empty())
            continue;
        ++tried;
        const scenario::Scenario small = shrunk(made, judge);
        ASSERT_EQ(small.steps.size(), 1) << scenario::write(small);
        const auto &recv = std::get<scenario::WspRecv>(small.steps[0].action);
        EXPECT_LE(recv.buffers.size(), 2) << scenario::write(small);
        EXPECT_TRUE(holds(small.steps[0]));
    }
}

} // namespace recvscope::checker
