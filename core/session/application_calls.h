// The calls of a scenario's application, made ready by the runner and carried out by the application's threads.
//
// Threads: ready() on the runner's thread; what it gives runs on the application thread it is for, and so do the calls
// inside a completion routine or a blocking hook.

#pragma once

#include "session/bench.h"

namespace recvscope::session {

/// Makes calls ready: with their memory and their names, not made yet.
class ApplicationCalls {
public:
    /// Both must outlive it.
    ApplicationCalls(Bench &bench, trace::Recorder &recorder) : m_bench(bench), m_recorder(recorder) {}

    /// Whose call it is.
    struct Origin {
        StepId step; ///< of a call inside a routine or hook: the step that has it
        scenario::Place place;
        std::string thread;
    };

    /// The call that a step makes, and those inside it.
    [[nodiscard]] Deed ready(const scenario::WspRecv &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspResult &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspShutdown &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspClose &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspSend &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspAlertableWait &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspWaitEvent &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WspQueueApc &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::NativeRecv &step, const Origin &origin);
    // application_calls_wsk.cpp
    [[nodiscard]] Deed ready(const scenario::WskReceive &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskSend &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskConnect &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskSocketConnect &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskAccept &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskEvent &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskRelease &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskDisconnect &step, const Origin &origin);
    [[nodiscard]] Deed ready(const scenario::WskClose &step, const Origin &origin);

private:
    [[nodiscard]] std::vector<Deed> readyAll(const std::vector<scenario::Step> &steps, const Origin &origin);
    /// Inside a blocking hook or a routine: it is no call that could be asked about later.
    [[nodiscard]] Deed cancelling(const scenario::WspCancelBlocking &step, const Origin &origin);
    /// Inside a completion routine or a callback, as cancelling().
    [[nodiscard]] Deed cancelling(const scenario::WskCancel &step, const Origin &origin);
    [[nodiscard]] std::shared_ptr<Callback> callbackOf(const scenario::WskEvent &step, const Origin &origin);
    /// Adds a call of WSK. @p make gives what it returned, and what the call is: on the thread that makes it.
    template <class Step, class Make>
    [[nodiscard]] Deed addKernel(std::unique_ptr<Call> call, const Step &step, const std::string &irp,
                                 const Origin &origin, Make make);
    /// Adds the call to the bench. @p make writes down what it gave.
    template <class Step>
    void giveOverlapped(Call &call, const Step &step);
    template <class Step, class Make>
    [[nodiscard]] Deed add(std::unique_ptr<Call> call, const Step &step, const Origin &origin, Make make);

    Bench &m_bench;
    trace::Recorder &m_recorder;
    std::uint32_t m_operations = 0;
};

} // namespace recvscope::session
