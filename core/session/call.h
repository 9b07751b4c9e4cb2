// One call that the scenario's application makes: its arguments, the memory it lends, and what came back.
//
// Threads: made by the runner, who hands it to an application thread. What the call wrote may be read by anybody who
// has seen `returned`; a pending receive's buffers by anybody who has seen its overlapped structure final.

#pragma once

#include "base/ids.h"
#include "base/status.h"
#include "scenario/steps.h"
#include "session/run.h"
#include "trace/recorder.h"
#include "wsk/irp.h"
#include "wsk/types.h"
#include "wsp/event.h"
#include "wsp/thread.h"
#include "wsp/types.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace recvscope::session {

/// The buffers of one receive, and the array that describes them.
class ReceiveMemory {
public:
    /// What an output holds before the call, so that "left alone" can be seen.
    static constexpr std::uint32_t sentinel = 0xA5A5'A5A5;

    /// @param offset into the first buffer: what stands before it is not the receive's
    ReceiveMemory(const std::vector<scenario::Buffer> &buffers, std::uint32_t flags, std::uint32_t offset = 0);

    [[nodiscard]] const std::vector<wsp::Wsabuf> &descriptors() const { return m_descriptors; }
    /// The array that the call is handed: the program's, which it may overwrite once the call has returned.
    [[nodiscard]] std::vector<wsp::Wsabuf> &array() { return m_array; }
    /// The first @p total bytes, cut as the buffers cut them: one string a buffer.
    [[nodiscard]] std::vector<std::string> contents(std::uint64_t total) const;

    std::uint32_t bytesReceived = sentinel; ///< lpNumberOfBytesRecvd points here
    std::uint32_t flags = 0;                ///< lpFlags points here

private:
    std::vector<std::unique_ptr<char[]>> m_memory; ///< null for an invalid buffer
    std::vector<wsp::Wsabuf> m_descriptors;
    std::vector<wsp::Wsabuf> m_array;
    std::uint32_t m_offset = 0;
};

struct Call;

/// The overlapped structure of a scenario: the program finds its call by it when a routine is told.
struct NamedOverlapped : wsp::Overlapped {
    Call *call = nullptr; ///< the receive that uses it; set by the thread that makes it
};

/// The request packet of a scenario: its completion routine finds the call by it.
struct NamedIrp : wsk::Irp {
    /// @param order IrpTold::order is taken from it, IrpTold::time from @p recorder
    NamedIrp(std::string named, std::atomic<std::uint64_t> &order, trace::Recorder &recorder)
        : Irp([](wsk::Irp &irp, void *) { static_cast<NamedIrp &>(irp).tellCall(); }),
          name(std::move(named)),
          m_order(order),
          m_recorder(recorder)
    {
    }
    const std::string name;
    Call *call = nullptr; ///< the one that has it, or had it last; set by the thread that makes it

private:
    void tellCall();
    std::atomic<std::uint64_t> &m_order;
    trace::Recorder &m_recorder;
};

/// What its IRP told a call of WSK.
struct IrpTold {
    Status status = Status::Success;
    std::uint64_t information = 0;
    std::uint64_t order = 0; ///< counts completions and returns of the scenario's calls, as they happen
    Nanoseconds time = 0;    ///< of the trace
};

/// A call with what makes it, on the thread it is for.
struct Deed {
    Call *call = nullptr;
    std::function<void()> make;
};

struct Call {
    std::string verb;   ///< "wsp.recv"
    std::string name;   ///< as the scenario names it; may be empty
    std::string socket; ///< the scenario's name; of wsp.result: that of the receive asked about
    std::string thread;
    StepId step;
    std::uint32_t line = 0;
    OperationId operation; ///< of a receive; of wsp.result: the receive asked about
    std::uint32_t flagsIn = 0;
    std::unique_ptr<ReceiveMemory> memory; ///< of a receive
    NamedOverlapped *overlapped = nullptr; ///< not owned; of wsp.result: the one asked about
    wsp::Event *event = nullptr;           ///< not owned
    /// Of its structure, which the scenario has freed while the receive was pending; null: it has not.
    std::shared_ptr<wsp::Overlapped::Lifeline> freed;

    bool hasRoutine = false;
    wsp::ThreadId threadId;         ///< what lpThreadId points to
    std::vector<Deed> onComplete;   ///< what its routine does
    std::vector<Deed> blockingHook; ///< what runs when it blocks

    NamedIrp *irp = nullptr;                       ///< of WSK; not owned
    std::vector<std::unique_ptr<wsk::Mdl>> chain;  ///< over `memory`, or over what is sent
    std::string data;                              ///< that is sent
    wsk::WskBuf buffer;                            ///< of WSK
    bool hasBuffer = false;                        ///< it was given
    std::uint32_t irql = 0;                        ///< that it is made at
    std::atomic<std::uint32_t> irpCompletions = 0; ///< of this call
    std::optional<IrpTold> irpTold;                ///< once irpCompletions
    std::uint64_t returnOrder = 0;                 ///< as IrpTold::order, of its return

    Nanoseconds calledAt = 0;              ///< of the trace; once begun
    Nanoseconds returnedAt = 0;            ///< once returned
    std::atomic<std::uint64_t> begun = 0;  ///< counts the calls of the scenario as they begin; 0: it has not
    std::atomic<bool> routineRuns = false; ///< it has begun and not ended
    std::atomic<bool> routineRan = false;
    std::optional<RoutineTold> routineTold; ///< once routineRan
    std::atomic<bool> returned = false;
    Status error = Status::Success;     ///< Success: the call returned 0, or true
    std::optional<std::uint32_t> bytes; ///< nothing: left alone
    std::optional<std::uint32_t>
        flags; ///< of wsp.result; nothing: left alone. A receive's are in and out: ask the trace

    bool complete = false; ///< latched by the runner: nothing more will happen to it

    [[nodiscard]] bool isReceive() const { return memory != nullptr; }
    [[nodiscard]] bool pending() const
    {
        return returned && (error == Status::WsaIoPending || error == Status::NtPending);
    }
    /// "r1 (line 7)", "the wsp.close of line 9".
    [[nodiscard]] std::string title() const;
};

} // namespace recvscope::session
