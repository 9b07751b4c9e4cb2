#include "base/rules.h"
#include "cli/text.h"
#include "command_line.h"
#include "resources/folder.h"
#include "scenario_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recvscope::cli {

using test::call;
using test::ScenarioFile;
using testing::HasSubstr;
using testing::Not;

namespace {

/// What a reader sees: the text without its escape sequences.
std::string plain(std::string_view text)
{
    std::string out;
    bool inEscape = false;
    for (const char c : text) {
        if (inEscape)
            inEscape = c != 'm';
        else if (c == '\x1b')
            inEscape = true;
        else
            out += c;
    }
    return out;
}

/// Clock times differ from run to run.
std::string withoutTimes(const std::string &text)
{
    std::istringstream lines(text);
    std::string line, out;
    while (std::getline(lines, line)) {
        if (const std::size_t unit = line.find(" ms "); unit != std::string::npos && unit < 12)
            line.erase(0, unit);
        out += line + "\n";
    }
    return out;
}

std::size_t timesIn(const std::string &text, std::string_view what)
{
    std::size_t times = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1))
        ++times;
    return times;
}

/// Without the breaks of lines and the columns.
std::string unbroken(const std::string &text)
{
    std::string out;
    for (const char c : text)
        if ((c != ' ' && c != '\n') || (!out.empty() && out.back() != ' '))
            out += c == '\n' ? ' ' : c;
    return out;
}

} // namespace

TEST(PlayCommand, tellsAlertableWaitsAndTheRoutinesInThem)
{
    const ScenarioFile file(R"(recvscope: 1
title: Routines
sockets:
  s: {kind: tcp}
threads: [t1]
steps:
  - peer.send: {socket: s, data: "hello"}
  - wsp.recv:
      socket: s
      op: r1
      buffers: [2]
      overlapped: o1
      routine: done
      on: t1
      on-complete:
        - wsp.alertable-wait: {}
  - wsp.recv: {socket: s, op: r2, buffers: [8], overlapped: o2, routine: done, on: t1}
  - wsp.alertable-wait: {on: t1}
  - wait: {routine: r2}
  - thread: {exit: t1}
)");
    const auto called = call({"play", file.path()});
    ASSERT_EQ(called.exitCode, 0) << called.out;
    const std::string told = unbroken(plain(called.out));
    EXPECT_EQ(timesIn(told, "waits alertably: "), 2U) << told;
    EXPECT_EQ(timesIn(told, "its completion routine begins"), 2U) << told;
    EXPECT_EQ(timesIn(told, "its completion routine has ended"), 2U) << told;
    EXPECT_THAT(told, HasSubstr("the routine before it has ended: its completion routine begins"));
    EXPECT_THAT(told, HasSubstr("t1 the wait ends"));
    EXPECT_THAT(told, HasSubstr("t1 the thread exits"));
}

TEST(PlayCommand, aBrokenRuleIsToldWithWhatToDoInsteadOnce)
{
    const ScenarioFile file(R"(recvscope: 1
title: Freed too soon
sockets:
  k: {kind: tcp, face: wsk}
steps:
  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8]}
  - mdl.unlock: {of: r1}
  - wsk.receive: {socket: k, op: r2, irp: i2, mdl: [8]}
  - mdl.free: {of: r2}
)");
    const auto called = call({"play", file.path()});
    ASSERT_EQ(called.exitCode, 0) << called.out;
    const std::string told = unbroken(plain(called.out));
    EXPECT_EQ(timesIn(told, "the program breaks a rule"), 2U) << told;
    EXPECT_EQ(timesIn(told, "instead"), 1U) << told;
    EXPECT_THAT(told, HasSubstr(std::string(ruleOf(RuleId::WskBufferLockedWhilePending).repair)));
}

TEST(PlayCommand, tellsWhatWasSentWhatWasReceivedAndWhy)
{
    const ScenarioFile file(test::pendingReceive);
    const auto called = call({"play", file.path()});
    ASSERT_EQ(called.exitCode, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("17  A pending return"));
    EXPECT_THAT(called.out, HasSubstr("Nothing has arrived yet."));
    EXPECT_THAT(called.out, HasSubstr("[········] [········]"));
    EXPECT_THAT(called.out, HasSubstr("returned WSA_IO_PENDING"));
    EXPECT_THAT(called.out, HasSubstr("sends 11 bytes"));
    EXPECT_THAT(called.out, HasSubstr("[hello␣wo] [rld·····]"));
    EXPECT_THAT(called.out, HasSubstr("wsp.stream.fills-until"));
}

TEST(PlayCommand, thePredictionIsAskedBeforeItIsAnswered)
{
    const ScenarioFile file(test::pendingReceive);
    const std::string out = call({"play", file.path()}).out;
    const std::size_t asked = out.find("? How many bytes will r1 have received?");
    const std::size_t answered = out.find("! 11\n    answers: How many bytes will r1 have received?");
    ASSERT_NE(asked, std::string::npos);
    ASSERT_NE(answered, std::string::npos);
    EXPECT_LT(asked, answered);
    EXPECT_LT(out.find("completed: 11 bytes"), answered);
}

TEST(PlayCommand, aQuestionInWordsIsAnsweredAfterItWasSeen)
{
    const ScenarioFile file(R"(recvscope: 1
title: Asked
sockets:
  s: {kind: tcp}
steps:
  - predict: {question: Will it wait?, choices: ["yes", "no"], answer: "no"}
  - peer.send: {socket: s, data: "ab"}
  - wsp.recv: {socket: s, op: r1, buffers: [8]}
  - say: It did not.
)");
    const std::string out = call({"play", file.path()}).out;
    const std::size_t answered = out.find("! no\n");
    EXPECT_LT(out.find("? Will it wait?"), out.find("completed: 2 bytes"));
    EXPECT_LT(out.find("completed: 2 bytes"), answered);
    EXPECT_LT(answered, out.find("It did not."));
}

TEST(PlayCommand, aReasonIsGivenInFullOnceAndThenByName)
{
    const ScenarioFile file(R"(recvscope: 1
title: Twice
sockets:
  s: {kind: tcp}
steps:
  - peer.send: {socket: s, data: "abcd"}
  - wsp.recv: {socket: s, op: r1, buffers: [2]}
  - wsp.recv: {socket: s, op: r2, buffers: [2]}
)");
    const std::string out = call({"play", file.path()}).out;
    EXPECT_EQ(timesIn(out, "as before: wsp.complete.immediate"), 1U) << out;
    EXPECT_EQ(timesIn(out, "wsp.complete.immediate"), 2U) << out;
}

TEST(PlayCommand, everyLessonIsToldToItsEndAndEveryQuestionIsAnswered)
{
    const auto folder = resources::Folder::find();
    ASSERT_TRUE(folder) << folder.error().message();
    const auto files = folder.value().lessonFiles();
    EXPECT_GE(files.size(), 7U);
    for (const auto &file : files) {
        const auto called = call({"play", file.string()});
        EXPECT_EQ(called.exitCode, 0) << called.out << called.err;
        EXPECT_THAT(called.out, HasSubstr("The end."));
        EXPECT_GE(timesIn(called.out, "\n  ? "), 1U) << file << " asks nothing";
        EXPECT_EQ(timesIn(called.out, "\n  ? "), timesIn(called.out, "\n  ! ")) << called.out;
    }
}

TEST(PlayCommand, coloursAddNothingButColours)
{
    const ScenarioFile file(test::pendingReceive);
    const Terminal colourful{true, false, 80};
    const auto coloured = call({"play", file.path()}, colourful);
    EXPECT_THAT(coloured.out, HasSubstr("\x1b["));
    const auto grey = call({"play", "--no-colour", file.path()}, colourful);
    EXPECT_THAT(grey.out, Not(HasSubstr("\x1b")));
    EXPECT_EQ(withoutTimes(plain(coloured.out)), withoutTimes(grey.out));
}

TEST(PlayCommand, noLineIsWiderThanTheTerminal)
{
    const ScenarioFile file(R"(recvscope: 1
title: Wide
sockets:
  s: {kind: tcp}
steps:
  - say: A sentence that is long enough to need more than a single line of any terminal people still have around here.
  - peer.send: {socket: s, data: {random: {size: 3000, seed: 7}}}
  - wait: {queued: {socket: s, bytes: 3000}}
  - wsp.recv: {socket: s, op: r1, buffers: [10, 20, 30, 2000, 2000]}
  - expect: {op: r1, bytes: 3000}
)");
    for (const int columns : {60, 80, 200}) {
        std::istringstream lines(call({"play", file.path()}, {false, false, columns}).out);
        std::string line;
        while (std::getline(lines, line))
            EXPECT_LE(columnsOf(line), static_cast<std::size_t>(columns)) << line;
    }
}

TEST(PlayCommand, aCallThatIsNoReceiveCarriesItsNameToo)
{
    const ScenarioFile file(R"(recvscope: 1
title: Neighbours
sockets:
  k: {face: wsk}
steps:
  - wsk.disconnect: {socket: k, op: bye, irp: i1}
  - wsk.close: {socket: k, op: end, irp: i2}
)");
    const auto called = call({"play", file.path()});
    EXPECT_EQ(called.exitCode, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("bye: WskDisconnect, graceful"));
    EXPECT_THAT(called.out, HasSubstr("end: WskCloseSocket"));
}

TEST(PlayCommand, aFailedExpectationIsToldAndFails)
{
    const ScenarioFile file(R"(recvscope: 1
title: Wrong
sockets:
  s: {kind: tcp}
steps:
  - peer.send: {socket: s, data: "ab"}
  - wait: {queued: {socket: s, bytes: 2}}
  - wsp.recv: {socket: s, op: r1, buffers: [8]}
  - expect: {op: r1, bytes: 3}
)");
    const auto called = call({"play", file.path()});
    EXPECT_EQ(called.exitCode, 1);
    EXPECT_THAT(called.out, HasSubstr("expected 3, found 2"));
}

TEST(PlayCommand, whatCannotBeReadIsBadInput)
{
    EXPECT_EQ(call({"play", "/nonexistent.yaml"}).exitCode, 2);
    const auto called = call({"play", "4711"});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.err, HasSubstr("There is no lesson 4711"));
    EXPECT_EQ(call({"play", "1", "--pace", "-2"}).exitCode, 2);
}

} // namespace recvscope::cli
