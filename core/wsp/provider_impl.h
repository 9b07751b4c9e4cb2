// What a Provider is made of; for its own files.
//
// Threads: as provider.h says; m_mutex guards what it stands beside.

#pragma once

#include "engine/socket_table.h"
#include "wsp/apc_inbox.h"
#include "wsp/overlapped_receive.h"
#include "wsp/provider.h"
#include "wsp/thread.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <vector>

namespace recvscope::wsp {

using engine::SocketTable;

class Provider::Impl {
public:
    explicit Impl(ProviderSettings settings);
    ~Impl();
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    [[nodiscard]] engine::Journal journal(const SocketTable::Place &place) const;
    [[nodiscard]] engine::Journal nowhere() const { return engine::Journal::withoutSocket(settings.recorder); }
    [[nodiscard]] OperationId number(CallTag tag);
    void tellChanged() const;

    /// A call that named no open socket: no socket's story tells it.
    void noteNotASocket(const engine::Request &request) const;
    int close(SocketHandle socket, bool abortively, Status *error, const CallTag &tag);

    /// What a call owes to what its thread is in the middle of: refused in a blocking hook, told as one of a routine,
    /// alertable when it blocks.
    void placeWithin(engine::Request &request, Thread &thread) const;
    class OverlappedCall;
    void threadExits(std::thread::id thread);
    /// The receive whose routine keeps that event from ever being set; nothing: it may be waited for.
    [[nodiscard]] std::optional<OperationId> silencedBy(const Event &event) const;

    /// WPUQueueApc by the program. @return false when the thread has exited.
    bool queueTold(const ThreadId &thread, UserApc function, std::uintptr_t context, RuleId rule, const CallTag &tag);
    /// Queues what other processes have sent. The reactor's thread.
    void emptyInbox(std::size_t number);
    /// It takes back what it queued there when it goes. Under the lock.
    void rememberQueue(const std::shared_ptr<ApcQueue> &queue);

    /// How a thread stands that waits for something other than a receive.
    class Waiting {
    public:
        /// @param queue of a thread that waits alertably; null: nothing that is queued runs
        Waiting(Impl &impl, const ApcQueue *queue);
        ~Waiting();
        Waiting(const Waiting &) = delete;
        Waiting &operator=(const Waiting &) = delete;

    private:
        Impl &m_impl;
    };
    [[nodiscard]] bool waits(std::thread::id thread) const;

    ProviderSettings settings;
    engine::QueueContext context;
    SocketTable table;
    engine::Reactor reactor; ///< stops before the table goes
    std::atomic<std::uint32_t> nextOperation{1};
    std::atomic<bool> inCallback = false; ///< a fault: a callback is being processed
    const std::shared_ptr<ThreadExits> exits;

    mutable std::mutex mutex;
    struct WaitingThread {
        std::thread::id thread;
        const ApcQueue *queue;
    };
    std::vector<WaitingThread> waiting;                      ///< innermost last
    std::vector<std::weak_ptr<ApcQueue>> queues;             ///< that it may have queued something to
    std::vector<std::unique_ptr<ApcInbox>> inboxes;          ///< their tokens follow the sockets'
    std::vector<std::weak_ptr<Overlapped::Lifeline>> silent; ///< structures with a routine beside an hEvent
};

/// One overlapped call, a receive's or a send's: how it is started, and how it is indicated when it completes at once.
/// What that needs is made when it is needed, so that a refused call costs nothing of it.
class Provider::Impl::OverlappedCall final : public engine::Starter {
public:
    /// @param thread whose routine it is; none without a routine
    OverlappedCall(Impl &impl, const SocketTable::Place &place, Overlapped &overlapped, CompletionRoutine routine,
                   RoutineOf kind, const ThreadId &thread, OperationId operation, StepId step)
        : m_impl(impl),
          m_place(place),
          m_overlapped(overlapped),
          m_routine(routine),
          m_kind(kind),
          m_thread(thread),
          m_operation(operation),
          m_step(step)
    {
    }

    /// It goes on after the call. Under the socket's lock.
    [[nodiscard]] std::unique_ptr<engine::CompletionSink> start() override;
    /// It is over, with success, before the call returns: publishes, and queues the routine or sets the event
    /// (wsp.complete.immediate-queues-routine, wsp.complete.immediate-sets-event).
    void indicateAtOnce(const engine::Completion &completion);

private:
    /// The structure is this call's from here on.
    void take();
    [[nodiscard]] std::unique_ptr<RoutineCall> routineCall(const engine::Journal &journal) const;

    Impl &m_impl;
    const SocketTable::Place &m_place;
    Overlapped &m_overlapped;
    const CompletionRoutine m_routine;
    const RoutineOf m_kind;
    const ThreadId &m_thread;
    const OperationId m_operation;
    const StepId m_step;
};

} // namespace recvscope::wsp
