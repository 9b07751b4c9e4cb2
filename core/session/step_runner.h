// Executes the steps of a scenario, one at a time; each returns when its effect is there (settling.h).
//
// Threads: the runner's.

#pragma once

#include "session/application_calls.h"
#include "session/bench.h"
#include "session/causes.h"
#include "session/run.h"
#include "session/run_trace.h"
#include "session/settling.h"

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace recvscope::session {

/// Why a run ends before its last step.
struct Ending {
    RunEnd end = RunEnd::Failed;
    std::string reason;
};

class StepRunner {
public:
    using Going = std::optional<Ending>; ///< nothing: on to the next step

    /// All of them must outlive it. @param watchdog what @p causes waits at most, for its sentences
    StepRunner(const scenario::Scenario &scenario, std::chrono::milliseconds watchdog, trace::Recorder &recorder,
               Causes &causes, Bench &bench, RunTrace &trace);

    /// Executes step @p index (from 0).
    [[nodiscard]] Going execute(std::size_t index);

    /// Of the steps so far.
    [[nodiscard]] std::vector<ExpectationReport> takeExpectations() { return std::move(m_expectations); }

private:
    // Telling: nothing to do, the trace says that the step was reached.
    Going perform(const scenario::Say &) { return std::nullopt; }
    Going perform(const scenario::Predict &) { return std::nullopt; }

    // step_runner_peer.cpp
    Going perform(const scenario::PeerSend &step);
    Going perform(const scenario::PeerShutdown &step);
    Going perform(const scenario::PeerSendOob &step);
    Going perform(const scenario::PeerReset &step);
    Going perform(const scenario::PeerClose &step);
    Going perform(const scenario::PeerLink &step);
    Going sendPiece(BenchSocket &socket, std::span<const std::byte> bytes, bool part);
    Going peerMissing(const BenchSocket &socket, const std::string &act);
    void recordKernelHolds(const BenchSocket &socket);
    void recordOf(const BenchSocket &socket, trace::Event event);

    // step_runner.cpp
    Going perform(const scenario::WspRecv &step);
    Going perform(const scenario::WspResult &step);
    Going perform(const scenario::WspShutdown &step);
    Going perform(const scenario::WspClose &step);
    Going perform(const scenario::WspCancelBlocking &step);
    Going perform(const scenario::WspSend &step);
    Going perform(const scenario::Wait &step);
    Going perform(const scenario::Expect &step);
    Going perform(const scenario::Barrier &step);
    Going perform(const scenario::Assume &step);
    Going perform(const scenario::WspAlertableWait &step);
    Going perform(const scenario::WspWaitEvent &step);
    Going perform(const scenario::WspQueueApc &step);
    Going perform(const scenario::OverlappedFree &step);
    Going perform(const scenario::Scribble &step);
    Going perform(const scenario::ThreadExit &step);
    Going perform(const scenario::Fault &step);
    Going perform(const scenario::SocketBind &step);
    Going perform(const scenario::SocketListen &step);
    Going perform(const scenario::SocketConnect &step);
    Going perform(const scenario::SocketAccept &step);
    Going perform(const scenario::SocketSendTo &step);
    Going perform(const scenario::SocketJoin &step);

    // step_runner_wsk.cpp
    Going perform(const scenario::WskReceive &step);
    Going perform(const scenario::WskSend &step);
    Going perform(const scenario::WskConnect &step);
    Going perform(const scenario::WskSocketConnect &step);
    Going perform(const scenario::WskAccept &step);
    Going perform(const scenario::WskCancel &step);
    Going perform(const scenario::WskEvent &step);
    Going perform(const scenario::WskRelease &step);
    Going perform(const scenario::WskDisconnect &step);
    Going perform(const scenario::WskClose &step);
    Going perform(const scenario::MdlUnlock &step);
    Going perform(const scenario::MdlFree &step);
    Going perform(const scenario::IrpTouch &step);
    Going perform(const scenario::IrpReuse &step);
    Going perform(const scenario::NativeRecv &step);
    Going perform(const scenario::Provoke &step);

    Going done(const Outcome &outcome);
    void chooseSpeaker(BenchSocket &socket, const std::string &peer);
    Going sendFromFurther(const scenario::PeerSend &step);
    /// As IP fragments.
    Going sendCut(const BenchSocket &socket, const net::Address &from, const net::Address &to, const std::string &data,
                  std::uint32_t count);
    /// Has the step's thread make the call, and goes on when it has returned or blocks, and all is settled.
    template <class Step>
    Going handOver(const Step &step, const Effect &effect);
    template <class Step>
    Going connectToOwnPeer(const Step &step);
    Going awaitIdle(const ApplicationThread &thread, const std::string &what);

    Going settle(const Effect &effect, const std::string &what);
    Ending waitEnded(WaitEnd end, const std::string &what, const std::string &instead);
    /// "Line 7 (wait): ", or "Step 3 (wait): " for a step that was not read from a text.
    [[nodiscard]] std::string at() const;
    void record(trace::EventType type, OperationId operation = {}, std::uint32_t a = 0);
    void record(const BenchSocket &socket, trace::EventType type, std::uint32_t a, std::uint32_t b = 0,
                RuleId rule = RuleId::None, trace::Provenance provenance = trace::Provenance::Measured);

    const scenario::Scenario &m_scenario;
    const std::chrono::milliseconds m_watchdog;
    trace::Recorder &m_recorder;
    Causes &m_causes;
    Bench &m_bench;
    RunTrace &m_trace;
    ApplicationCalls m_calls;
    std::vector<ExpectationReport> m_expectations;
    StepId m_step;
    scenario::Place m_place;
};

template <class Step>
StepRunner::Going StepRunner::handOver(const Step &step, const Effect &effect)
{
    ApplicationThread &thread = m_bench.thread(step.on);
    if (Going busy = awaitIdle(thread, "the thread " + thread.name() + ", which is to call " +
                                           std::string(scenario::verbOf(scenario::Action(step)))))
        return busy;
    const Deed deed = m_calls.ready(step, {m_step, m_place, thread.name()});
    m_bench.begins(*deed.call);
    thread.start(deed.make);
    return settle(effect, deed.call->title() + " to return or to block");
}

} // namespace recvscope::session
