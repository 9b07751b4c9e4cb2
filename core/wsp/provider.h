// WSPRecv and its neighbours over real sockets: argument checks and translation; the receiving is
// engine::ReceiveQueue's.
//
// Threads: every function may be called from any thread. recv() runs the immediate path on the caller's thread; pending
// receives are advanced by the provider's reactor thread. Nothing is called back with a lock held.

#pragma once

#include "base/result.h"
#include "engine/policy.h"
#include "engine/provider_types.h"
#include "net/protocol.h"
#include "net/socket.h"
#include "trace/recorder.h"
#include "wsp/event.h"
#include "wsp/thread.h"
#include "wsp/types.h"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <thread>

namespace recvscope::engine {
class ReceiveQueue;
}

namespace recvscope::wsp {

/// How a socket was made.
struct SocketTraits {
    bool overlapped = true; ///< WSA_FLAG_OVERLAPPED
    bool nonblocking = false;
    bool connected = true;                      ///< false: a connection-oriented socket that never was connected
    SocketId id = {};                           ///< its name in the trace; none: untraced
    std::optional<net::Protocol> protocol = {}; ///< a profile's bits, instead of the transport's own
    std::optional<engine::Policy> policy = {};  ///< instead of the provider's
};

using engine::CallTag;

struct ProviderSettings {
    trace::Recorder *recorder = nullptr; ///< not owned; null: nothing is recorded
    engine::Policy policy;
    bool pollPoller = false; ///< poll() instead of the best poller
    /// Called, with no lock held, on the thread that changed something SocketState or blocked() tell: a receive was
    /// queued, is about to block, was advanced, was completed and indicated. May be empty.
    std::function<void()> changed;
};

using SocketState = engine::SocketView;

class Provider {
public:
    explicit Provider(ProviderSettings settings = {});
    ~Provider(); ///< closes every socket; pending receives complete first
    Provider(const Provider &) = delete;
    Provider &operator=(const Provider &) = delete;

    /// Takes a real socket over: it becomes a Winsock socket of this provider.
    [[nodiscard]] SocketHandle adopt(net::Socket socket, SocketTraits traits = {});

    /// WSPRecv. @p numberOfBytesRecvd and @p flags are written as the rules say, else left alone.
    /// @return 0, or socketError with the code in @p error (WSA_IO_PENDING: it will complete later).
    /// @p numberOfBytesRecvd may be null only with @p overlapped (wsarecv's page). @p flags must not be null.
    /// @param routine runs on the thread that @p threadId names while that thread waits alertably; may be null
    /// @param threadId of the calling thread, copied; null: the calling thread's own
    int recv(SocketHandle socket, const Wsabuf *buffers, std::uint32_t bufferCount, std::uint32_t *numberOfBytesRecvd,
             std::uint32_t *flags, Overlapped *overlapped, CompletionRoutine routine, const ThreadId *threadId,
             Status *error, CallTag tag = {});

    /// WSPGetOverlappedResult. Not alertable: nothing that is queued to the thread runs meanwhile.
    /// @return true with @p bytes and @p flags, or false with the error (WSA_IO_INCOMPLETE: not complete, without
    /// wait; WSAEINVAL: to wait for a receive that has a routine is not allowed, or no call has started with it).
    bool getOverlappedResult(SocketHandle socket, Overlapped *overlapped, std::uint32_t *bytes, bool wait,
                             std::uint32_t *flags, Status *error, CallTag tag = {});

    // -- threads

    /// WPUOpenCurrentThread: the calling thread's identifier. From then on its blocking receives wait on the engine's
    /// queue, so that what is queued to the thread can run meanwhile.
    [[nodiscard]] ThreadId openCurrentThread();
    /// WPUQueueApc. @return false with WSAEINVAL when the thread has exited.
    bool queueApc(const ThreadId &thread, UserApc function, std::uintptr_t context, Status *error, CallTag tag = {});
    /// Lets another process queue to the thread: over its copy of the socket that is returned, and
    /// ApcInbox::sendFromAnotherProcess(). @p function runs with the value that came.
    [[nodiscard]] Result<net::Socket> shareThread(const ThreadId &thread, UserApc function);
    /// Waits until something is queued to the calling thread and runs all of it (SleepEx, alertable, without a limit).
    /// @return how many ran
    std::size_t alertableWait(CallTag tag = {});
    /// Waits for an event alone; nothing that is queued runs meanwhile.
    /// @return false with WSAEINVAL when a routine silences that event: it would wait for ever
    /// (wsp.indicate.wait-event-with-routine).
    bool waitForEvent(Event &event, Status *error, CallTag tag = {});
    /// What runs on the calling thread when a call of it is about to block (WPUQueryBlockingCallback). Empty: nothing.
    void setBlockingHook(BlockingHook hook);

    // -- faults, injected on purpose and marked so in the trace

    /// The network subsystem fails, for what waits too; or works again.
    void injectNetworkDown(bool down, CallTag tag = {});
    /// The provider is in the middle of a callback; or no more.
    void injectCallbackInProgress(bool inProgress, CallTag tag = {});

    /// WSPSend. Never waits: a kernel that takes nothing at once is WSAEWOULDBLOCK, and it may take a part of a
    /// stream's bytes. So an overlapped send always completes at once, and its event or routine is indicated like a
    /// receive's.
    int send(SocketHandle socket, std::span<const std::byte> data, std::uint32_t *numberOfBytesSent,
             Overlapped *overlapped, CompletionRoutine routine, const ThreadId *threadId, Status *error,
             CallTag tag = {});
    /// WSPShutdown.
    int shutdown(SocketHandle socket, net::Direction direction, Status *error, CallTag tag = {});
    /// WSPCloseSocket: pending receives complete as aborted, then the descriptor is closed.
    int closeSocket(SocketHandle socket, Status *error, CallTag tag = {});
    /// Closes abortively: the peer sees a reset.
    int closeAbortively(SocketHandle socket, Status *error, CallTag tag = {});
    /// WSPCancelBlockingCall for a thread: its blocked receive ends with WSAEINTR. @return false when none is blocked.
    bool cancelBlockingCall(std::thread::id thread, CallTag tag = {});

    // Neighbours that give a socket its address, each an Outcome and no status: they are no receives.

    [[nodiscard]] Outcome bind(SocketHandle socket, const net::Address &address, CallTag tag = {});
    /// Does not wait: for connectionless sockets.
    [[nodiscard]] Outcome connect(SocketHandle socket, const net::Address &address, CallTag tag = {});
    [[nodiscard]] Outcome sendTo(SocketHandle socket, std::span<const std::byte> bytes, const net::Address &address,
                                 CallTag tag = {});
    /// On loopback alone. A socket without an address is bound to the group.
    [[nodiscard]] Outcome join(SocketHandle socket, const net::Address &group, CallTag tag = {});
    [[nodiscard]] Outcome listen(SocketHandle socket, CallTag tag = {});
    /// The connection from that address, which must be under way; others are dropped.
    [[nodiscard]] Result<SocketHandle> accept(SocketHandle listener, const net::Address &from, SocketTraits traits,
                                              CallTag tag = {});
    [[nodiscard]] net::Address localAddress(SocketHandle socket) const;

    /// Bytes the kernel holds for it, or 0.
    [[nodiscard]] std::size_t available(SocketHandle socket) const;
    [[nodiscard]] std::size_t outstanding(SocketHandle socket) const; ///< receives waiting on it
    [[nodiscard]] SocketState state(SocketHandle socket) const;
    /// The thread is blocked in a nonoverlapped receive, in getOverlappedResult with wait, or in one of the waits, and
    /// nothing is queued that would run there.
    [[nodiscard]] bool blocked(std::thread::id thread) const;

private:
    template <class Act>
    Outcome onQueue(SocketHandle socket, Act act);
    [[nodiscard]] engine::ReceiveQueue *queueOf(SocketHandle socket, std::uint32_t &generation) const;

    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace recvscope::wsp
