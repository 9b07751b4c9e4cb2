// The receives that wait on one socket, oldest first, and the one attempt that is with the kernel.
//
// Threads: any thread may post, cancel, shut down or close; the reactor's thread advances. Each holds the socket's
// lock, so one socket's story is totally ordered; a blocking call leaves the lock while it waits in the kernel.
// Completions are collected under the lock and delivered after it is released.
//
// A queue outlives its socket and serves the next one that is adopted into it: what names a socket from outside is the
// queue and a generation, so that a stale name meets a living lock, never freed memory.

#pragma once

#include "engine/blocked_call.h"
#include "engine/decide.h"
#include "engine/face.h"
#include "engine/journal.h"
#include "engine/listener.h"
#include "engine/provider_types.h"
#include "engine/reactor.h"
#include "engine/request.h"
#include "engine/transport.h"
#include "net/socket.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace recvscope::engine {

/// Makes the receiver of a completion when a call is about to wait. Called under the socket's lock, before anything can
/// complete: the place to mark the caller's structures as in progress.
class Starter {
public:
    [[nodiscard]] virtual std::unique_ptr<CompletionSink> start() = 0;

protected:
    ~Starter() = default;
};

/// What a call came to before it returned.
struct Posted {
    enum class Kind : std::uint8_t { Completed, Refused, Pending };
    Completion completion;
    Kind kind = Kind::Refused;
    bool countTold = false; ///< the call writes its outputs beside an error
    bool listening = false; ///< there is a listener: once the call's end is told, watchListener()
};
static_assert(sizeof(Posted) <= 16); // then it is returned in registers

/// What all queues of a provider share.
struct QueueContext {
    Reactor *reactor = nullptr;
    trace::Recorder *recorder = nullptr; ///< null: nothing is recorded
    const Face *face = nullptr;
    std::atomic<bool> networkDown = false; ///< a fault that sockets to come have too
    std::function<void()> changed; ///< called without a lock after something waiting threads may ask for changed
};

struct QueueTraits {
    bool overlapped = true;
    bool nonblocking = false;
    bool connected = true;
    SocketId id;
    std::optional<net::Protocol> protocol; ///< a profile's bits, instead of the transport's own
    ConnectedBy connectedBy = ConnectedBy::Any;
    bool receives = true;      ///< SocketState::receives
    bool performsFlags = true; ///< SocketState::performsFlags
};

class ReceiveQueue {
public:
    /// @p token is what the reactor calls advance() for.
    ReceiveQueue(QueueContext &context, std::uint64_t token) : m_context(context), m_token(token) {}

    /// Takes a socket into an empty queue. @return its generation.
    std::uint32_t adopt(net::Socket socket, const QueueTraits &traits, const Policy &policy);

    /// Tries at once when nothing waits, else joins the queue: buffers fill in posting order.
    /// @param request becomes nonoverlapped where the policy says so
    /// @param starter for overlapped requests; not kept
    [[nodiscard]] Posted post(std::uint32_t generation, Request &request, Starter *starter);

    /// Moves what the socket holds into the waiting receives, until one of the two runs out. The reactor's thread.
    void advance();

    /// Ends the blocked call of that thread as cancelled, unless its data has arrived: data wins.
    /// @return false when the thread is not blocked here.
    bool cancelBlocked(std::thread::id thread);
    [[nodiscard]] bool blocks(std::thread::id thread) const;

    /// Completes what that thread has started and what still waits, as cancelled, unless its data has arrived.
    /// @return how many were
    std::size_t cancelOfThread(std::thread::id thread);
    /// Completes the waiting request of that packet (Request::packet) as cancelled, unless its data has arrived.
    /// @return false when it does not wait here.
    bool cancel(std::uint32_t generation, const void *packet);
    /// The same when its memory is taken away: nothing is written there any more. @param how for the trace
    bool takeMemoryAway(const void *packet, std::uint32_t how, StepId step);
    /// A fault: the network subsystem fails, what waits included, or works again.
    void setNetworkDown(bool down);
    /// Hands the kernel what it takes at once. A failure that ends the connection ends its receives too.
    /// @param bytes gets how many it took
    [[nodiscard]] Result send(std::uint32_t generation, std::span<const std::byte> data, std::size_t &bytes,
                              StepId step);

    /// Afterwards receives of this socket fail (receive direction), what waits included.
    [[nodiscard]] Outcome shutdown(std::uint32_t generation, net::Direction direction, StepId step);
    /// Breaks the connection off, and what waits with it. The socket stays open, and functions no more.
    [[nodiscard]] Outcome abort(std::uint32_t generation, StepId step);
    /// Completes what waits as aborted, then closes the descriptor. @return false when it is not open.
    bool close(std::uint32_t generation, bool abortively, StepId step);

    // Calling the program (receive_queue_listening.cpp).

    /// From now on @p listener, which must outlive the queue's reactor, is called too. @param piece bytes of one buffer
    /// of an indication
    /// @return false when it is not open
    bool enable(std::uint32_t generation, Listener &listener, const Calls &calls, std::size_t piece);
    /// No such call begins any more; one may run still. @param after called once when that one has returned, with true
    /// when no further one with data follows; not called when none runs
    [[nodiscard]] Disabled disable(std::uint32_t generation, const Calls &calls, std::function<void(bool off)> after);
    /// A call that completed at once is told to its end: now the listener may be called with what is left.
    void watchListener(std::uint32_t generation);
    /// The next data goes to the listener though a receive waits, once.
    void provokeRace(std::uint32_t generation);
    /// As close(), abortively unless both directions are over; while the listener is called the close waits for it.
    /// @param closed called when the socket is closed, on whichever thread closed it
    /// @return false when it is not open
    bool closeWhenIdle(std::uint32_t generation, StepId step, std::function<void()> closed);

    // How it comes to an address (receive_queue_address.cpp). Each fails without a socket of that generation.

    [[nodiscard]] Outcome bind(std::uint32_t generation, const net::Address &address, StepId step);
    [[nodiscard]] Outcome connect(std::uint32_t generation, const net::Address &address, StepId step);
    [[nodiscard]] Outcome sendTo(std::uint32_t generation, std::span<const std::byte> bytes,
                                 const net::Address &address, StepId step);
    [[nodiscard]] Outcome join(std::uint32_t generation, const net::Address &group, StepId step);
    [[nodiscard]] Outcome listen(std::uint32_t generation, StepId step);
    /// Blocks under the lock until the connection from that address is there: to be called when it is.
    [[nodiscard]] recvscope::Result<net::Socket> accept(std::uint32_t generation, const net::Address &from);
    void tellAccepted(std::uint32_t generation, StepId step) const;
    [[nodiscard]] net::Address localAddress(std::uint32_t generation) const;

    /// Ok; NotConnected, where there must be a connection first; NotASocket: it is closed, or being closed.
    [[nodiscard]] Result standing(std::uint32_t generation) const;
    [[nodiscard]] std::uint32_t generation() const; ///< of the socket that is in it now, or comes next

    using View = SocketView;
    [[nodiscard]] View view(std::uint32_t generation);

    /// For the face's own events about this socket.
    [[nodiscard]] Journal journal(std::uint32_t generation) const;
    /// The same for a Starter, which is called under the lock.
    [[nodiscard]] const Journal &journalUnderLock() const { return m_journal; }

private:
    /// How a completion reaches the program.
    enum class Reaching : std::uint8_t {
        WithinCall, ///< the call returns with it
        Later,      ///< an event is set, a routine is queued
    };
    struct Waiting {
        Request request; ///< its span is not used any more: the chain holds the descriptors
        BufferChain chain;
        Ask ask;
        std::unique_ptr<CompletionSink> sink;                ///< overlapped
        BlockedCall *blocked = nullptr;                      ///< a blocking call that joined the queue
        std::thread::id thread = std::this_thread::get_id(); ///< that started it

        [[nodiscard]] Reaching reaching() const { return blocked != nullptr ? Reaching::WithinCall : Reaching::Later; }
    };
    struct Finished {
        std::unique_ptr<CompletionSink> sink;
        Completion completion;
    };
    using Lock = std::unique_lock<std::mutex>;

    [[nodiscard]] bool isOpen(std::uint32_t generation) const
    {
        return m_open && !m_closing && m_generation == generation;
    }
    /// There must be a connection first, and there is none.
    [[nodiscard]] bool lacksConnection() const;
    [[nodiscard]] Ask askOf(const Request &request) const;
    /// @param buffers all of the receive's: what ask.placed says is filled already
    [[nodiscard]] Attempt attempt(std::span<const net::Slice> buffers, const Ask &ask, bool wait);
    [[nodiscard]] Attempt attemptUnusual(std::span<const net::Slice> buffers, const Ask &ask, TakeOptions options);
    void remember(const Attempt &attempt, const Request &request);
    void addressed(trace::AddressedBy how, StepId step);

    // What is told of it (receive_queue_telling.cpp): nothing is when nothing is recorded.

    [[nodiscard]] Journal::CallWords callWords(const Request &request, const Decision &first) const;
    void tellAnswer(const Attempt &attempt, const Request &request, std::span<const net::Slice> buffers,
                    std::uint64_t placed, const Decision &decision) const;
    [[nodiscard]] Journal::PlacedWords placedWords(std::span<const net::Slice> buffers, std::uint64_t placed,
                                                   const Attempt &attempt) const;
    void tellCompletion(const Request &request, const Completion &completion) const;
    void tellReturn(const Request &request, const Completion &completion) const;
    /// The event that completion sets, the routine that it queues.
    void tellIndication(const Request &request, const Completion &completion, Reaching reaching) const;
    /// @p placed bytes that earlier attempts had put into the buffers.
    /// The kernel's answer, the completion that follows from it and how it reaches the program. @p call: to be told
    /// before them, or null.
    void tellReceived(const Request &request, const Journal::CallWords *call, std::span<const net::Slice> buffers,
                      std::uint64_t placed, const Attempt &attempt, const Decision &decision,
                      const Completion &completion, Reaching reaching) const;

    [[nodiscard]] Posted completeAtOnce(const Request &request, const Decision &decision, std::uint64_t bytes);
    [[nodiscard]] Posted refuse(const Request &request, const Decision &decision);
    [[nodiscard]] Posted wait(Lock &lock, const Request &request, const Ask &ask, Starter &starter);
    [[nodiscard]] Posted blockInKernel(Lock &lock, const Request &request, Ask ask);
    [[nodiscard]] Posted blockInQueue(Lock &lock, const Request &request, Ask ask);
    void advanceLocked(std::vector<Finished> &finished);
    void completeHead(const Decision &decision, std::vector<Finished> &finished);
    /// The same for one that stands anywhere in the queue.
    void completeAt(std::deque<Waiting>::iterator which, const Decision &decision, std::vector<Finished> &finished);
    void handOver(std::deque<Waiting>::iterator which, const Completion &completion, std::vector<Finished> &finished);
    void takeAway(Lock &lock, BlockedCall &call, const Decision &decision);
    void takeAllAway(Lock &lock, const Decision &decision, std::vector<Finished> &finished);
    [[nodiscard]] std::deque<Waiting>::iterator waitingWith(const void *packet);
    void forgetSocket(bool abortively, StepId step);

    // receive_queue_listening.cpp

    [[nodiscard]] Attempt drain();
    /// What the system calls the end, where a send had been told more.
    [[nodiscard]] net::Received withSends(net::Received answer) const;
    [[nodiscard]] bool raceIsDue() const;
    /// Calls the listener with what is next, if it wants that. @return true when there may be more
    [[nodiscard]] bool indicateNext(Lock &lock);
    void indicate(Lock &lock, std::vector<std::byte> bytes, bool race);
    [[nodiscard]] bool indicateEnd(Lock &lock);
    template <class Call>
    void callOut(Lock &lock, Call call);
    [[nodiscard]] bool wantsEnd() const;
    void takeFromKernel(std::uint64_t bytes);
    /// A receive is asked for: the listener that was stopped may be called again, now or when it has completed.
    void askedFor(const Request &request);
    void resumeWith(const Request &request);
    void resume(const Asking &asked);
    /// What was to wait for a completion that the program has been told of by now.
    void resumeIfDue();
    void tellCallsSet(const Calls &calls, Status answer, RuleId rule);
    /// A call of the listener has returned.
    void callOver(Lock &lock);
    /// Has the engine's thread look again, if the listener waits for something.
    void watchForListener();
    void closeIfDue(Lock &lock);
    void tellCloseDue();

    /// Takes a call that blocks in the queue out of it.
    void giveUp(const BlockedCall &call, const Decision &decision);
    void deliver(Lock &lock, std::vector<Finished> finished);
    [[nodiscard]] bool watch();
    void tellChanged() const;

    QueueContext &m_context;
    const std::uint64_t m_token;

    mutable std::mutex m_mutex;
    net::Socket m_socket;
    std::unique_ptr<Transport> m_transport;
    bool m_direct = false; ///< a byte stream without anything between it and the kernel
    SocketState m_state;
    Policy m_policy;
    Journal m_journal;
    std::deque<Waiting> m_waiting;
    BlockedCall *m_owner = nullptr;      ///< the call that blocks in the kernel
    std::condition_variable m_ownerLeft; ///< m_owner became null
    Transport::Held m_held;              ///< of the transport, while a call that blocks in the kernel has it
    /// What a send met while bytes were still to be received: the system tells it once, and receives meet it behind
    /// them.
    std::optional<net::Received> m_metBySend;
    Listening m_listening;
    struct Closing {
        StepId step;
        std::function<void()> closed;
    };
    std::optional<Closing> m_closeLater; ///< when the listener's call has returned
    std::vector<std::byte> m_waste;      ///< what was drained last
    bool m_closeDueTold = false;
    std::uint64_t m_drained = 0;
    std::uint64_t m_taken = 0;
    std::size_t m_busy = 0;
    std::uint32_t m_generation = 0;
    bool m_open = false;
    bool m_closing = false;
    bool m_watched = false;
};

} // namespace recvscope::engine
