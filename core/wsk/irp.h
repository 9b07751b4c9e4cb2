// I/O request packets: the caller's before a call and after its completion, and nobody's to touch in between.
//
// Threads: whoever owns it. ioStatus may be looked at from anywhere; Status is published last (release).

#pragma once

#include "base/ids.h"
#include "base/status.h"
#include "engine/journal.h"
#include "engine/provider_types.h"

#include <atomic>
#include <cstdint>

namespace recvscope::wsk {

class Irp {
public:
    /// IoSetCompletionRoutine. Runs once the packet is the caller's again: it may be used anew, or destroyed, there.
    /// On the thread that completed it: the caller's, before the call returns, or the engine's.
    using Routine = void (*)(Irp &irp, void *context);

    Irp() = default;
    explicit Irp(Routine routine, void *context = nullptr) : m_routine(routine), m_context(context) {}
    Irp(const Irp &) = delete;
    Irp &operator=(const Irp &) = delete;

    /// IO_STATUS_BLOCK.
    struct {
        std::atomic<Status> status{Status::Success};
        std::atomic<std::uint64_t> information{0}; ///< bytes, of a receive
    } ioStatus;

    [[nodiscard]] bool pending() const { return m_state.load(std::memory_order_acquire) == State::Started; }
    /// So often has it been completed.
    [[nodiscard]] std::uint32_t completions() const { return m_completions.load(std::memory_order_acquire); }

    /// The program reads or writes it, or makes it ready for another call (IoReuseIrp). While it is pending that is a
    /// mistake, which is named (wsk.irp.owned-by-caller) and does nothing.
    /// @return false then
    bool touch(StepId step = {});
    bool reuse(StepId step = {});

    // -- the provider's

    /// A call takes it over. @return false when another one has it.
    [[nodiscard]] bool begin(OperationId operation, const engine::Journal &journal);
    /// IoCompleteRequest: publishes, tells, and runs the routine; nothing of it may be used afterwards.
    void complete(Status status, std::uint64_t information, RuleId rule, StepId step, bool injected = false);
    /// Whose packet it is now, or was last.
    [[nodiscard]] OperationId operation() const { return m_operation; }
    engine::SocketHandle socket = engine::SocketHandle::Invalid; ///< of its call

private:
    enum class State : std::uint8_t { Callers, Starting, Started };

    Routine m_routine = nullptr;
    void *m_context = nullptr;
    std::atomic<State> m_state{State::Callers};
    std::atomic<std::uint32_t> m_completions{0};
    OperationId m_operation;
    engine::Journal m_journal;
};

} // namespace recvscope::wsk
