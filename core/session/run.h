// Runs one scenario on real sockets, at full speed, waiting for causes.
//
// Threads: run() blocks its caller (never the window's thread); stop() and snapshot() may be called from any thread.

#pragma once

#include "base/result.h"
#include "scenario/scenario.h"
#include "trace/store.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recvscope::session {

struct RunSettings {
    std::chrono::milliseconds watchdog{5000}; ///< ends a wait whose cause never came
    std::uint32_t payloadPerTransfer = 4096;
    std::size_t memoryLimit = std::size_t{512} << 20;
    bool pollPoller = false;
};

/// What a completion routine was handed.
struct RoutineTold {
    Status status = Status::Success;
    std::uint32_t bytes = 0, flags = 0;
};

/// What a call of WSK is given besides.
struct KernelArguments {
    std::string irp;                     ///< empty: none
    std::optional<std::uint32_t> offset; ///< nothing: it has no WSK_BUF
    std::optional<std::uint64_t> length;
    std::uint32_t irql = 0;
};

struct OperationReport {
    std::string name, socket;
    std::string call;   ///< "wsp.recv"; other calls are reported when they have a name
    std::string thread; ///< application thread that called
    std::vector<std::uint32_t> buffers;
    std::string flagsIn;
    std::optional<KernelArguments> kernel;      ///< of WSK's calls
    std::string returned;                       ///< "0" or the error's name; empty while in the call
    std::optional<std::uint32_t> returnedBytes; ///< nothing: left alone
    std::optional<std::uint32_t> returnedFlags;
    std::string status; ///< final; empty while it never completed
    std::uint32_t bytes = 0, flags = 0;
    std::vector<std::string> contents; ///< per buffer: the bytes placed (raw)
    std::string indicated;             ///< "event", "routine", "irp", "call", "none"
    std::optional<RoutineTold> routineTold;
    std::vector<std::string> rules; ///< ids, in order
    Nanoseconds calledAt = 0, returnedAt = 0, completedAt = 0;
};

struct ExpectationReport {
    std::uint32_t step = 0, line = 0;
    std::string what; ///< "r1 bytes"
    std::string expected, found;
    bool met = false;
    std::string why; ///< the deciding rule's id and sentence
};

struct DiagnosticReport {
    std::uint32_t step = 0;
    std::string rule, operation, text, repair;
};

enum class RunEnd : std::uint8_t { AllMet, ExpectationFailed, Stopped, TimedOut, NotPossibleHere, Failed };
[[nodiscard]] std::string_view nameOf(RunEnd end); ///< "all met"

struct RunReport {
    RunEnd end = RunEnd::AllMet;
    std::string reason; ///< what it waited for, or why it is not possible here
    std::string title;
    std::vector<std::pair<std::string, std::string>> environment; ///< system, kernel, version of the program
    std::vector<OperationReport> operations;
    std::vector<ExpectationReport> expectations;
    std::vector<DiagnosticReport> diagnostics;

    [[nodiscard]] int
    exitCode() const; ///< 0 all met, 1 an expectation failed or a wait ended, 2 bad input, 3 not possible here
    [[nodiscard]] std::string json(const scenario::Scenario &scenario) const;
};

/// What is the same in each run of a scenario: the report with every time 0.
[[nodiscard]] RunReport withoutTimes(RunReport report);

class ScenarioRun {
public:
    virtual ~ScenarioRun() = default;
    [[nodiscard]] virtual RunReport run() = 0; ///< once
    virtual void stop() = 0;
    [[nodiscard]] virtual trace::Snapshot snapshot() const = 0;
};

[[nodiscard]] std::unique_ptr<ScenarioRun> makeRun(scenario::Scenario scenario, RunSettings settings = {});

} // namespace recvscope::session
