// WskReceive and its neighbours over real sockets: checks and translation; the receiving is engine::ReceiveQueue's.
//
// Threads: every function may be called from any thread, out of callbacks and completion routines too. receive() runs
// the immediate path on the caller's thread; pending IRPs complete, and callbacks are called, on the provider's engine
// thread, at DISPATCH_LEVEL. Nothing is called with a lock held. Every call that is given an IRP completes it exactly
// once, refused ones included.

#pragma once

#include "base/result.h"
#include "engine/policy.h"
#include "net/socket.h"
#include "trace/recorder.h"
#include "wsk/irp.h"
#include "wsk/types.h"

#include <functional>
#include <memory>
#include <optional>

namespace recvscope::wsk {

/// How a socket was made.
struct SocketTraits {
    SocketId id = {}; ///< its name in the trace; none: untraced
    Category category = Category::Connection;
    engine::ConnectedBy connectedBy = engine::ConnectedBy::Creation; ///< Any: not connected
    std::optional<engine::Policy> policy = {};                       ///< instead of the provider's
};

struct ProviderSettings {
    trace::Recorder *recorder = nullptr; ///< not owned; null: nothing is recorded
    engine::Policy policy;
    bool pollPoller = false; ///< poll() instead of the best poller
    /// Called, with no lock held, on the thread that changed something state() tells. May be empty.
    std::function<void()> changed;
};

class Provider {
public:
    explicit Provider(ProviderSettings settings = {});
    ~Provider(); ///< closes every socket; pending IRPs complete first
    Provider(const Provider &) = delete;
    Provider &operator=(const Provider &) = delete;

    /// Takes a real socket over: it becomes a WSK socket of this provider.
    [[nodiscard]] SocketHandle adopt(net::Socket socket, const SocketTraits &traits = {});

    /// WskReceive. @p flags flag::WaitAll or flag::Drain
    /// @return NtPending, or what the IRP has been completed with
    Status receive(SocketHandle socket, const WskBuf *buffer, std::uint32_t flags, Irp *irp, CallTag tag = {});
    /// WskSend. Never waits: Information says how many bytes the system took.
    Status send(SocketHandle socket, const WskBuf *buffer, Irp *irp, CallTag tag = {});
    /// IoCancelIrp: a pending receive completes with STATUS_CANCELLED, unless its data has arrived.
    /// @return false when nothing was pending
    bool cancel(Irp &irp, CallTag tag = {});

    // -- event callbacks

    /// What the socket's callbacks are; before they are enabled. @param descriptor bytes of one data descriptor of an
    /// indication at most
    void setDispatch(SocketHandle socket, ClientDispatch dispatch, std::uint32_t descriptor = 4096);
    /// WskControlSocket, SO_WSK_EVENT_CALLBACK. @param mask event::Receive, event::Disconnect, both; with
    /// event::Disable they are disabled
    /// @return Success; while a callback that is to be disabled runs: NtPending with an IRP (which completes when it
    /// has returned), NtEventPending without one
    Status controlEvents(SocketHandle socket, std::uint32_t mask, Irp *irp, CallTag tag = {});
    /// WskRelease. @param list what the receive event callback kept, its first node
    Status release(SocketHandle socket, DataIndication *list, CallTag tag = {});
    /// An order on purpose: the next data goes to the callback though an IRP waits, once (wsk.event.race).
    void provokeRace(SocketHandle socket);

    // -- coming and going

    /// WskConnect: of a socket that is bound, by address. Blocks until connected.
    Status connect(SocketHandle socket, const net::Address &address, Irp *irp, CallTag tag = {});
    /// WskAccept: the connection from that address, which must be under way. @param made gets the socket, or Invalid
    Status accept(SocketHandle listener, const net::Address &from, const SocketTraits &traits, SocketHandle &made,
                  Irp *irp, CallTag tag = {});
    /// WskSocketConnect: creates, binds and connects. What the trace says before (SocketOpened) is the caller's.
    Status socketConnect(net::Socket socket, const net::Address &address, const SocketTraits &traits,
                         SocketHandle &made, Irp *irp, CallTag tag = {});
    [[nodiscard]] Outcome listen(SocketHandle socket, CallTag tag = {}); ///< binds to loopback too
    [[nodiscard]] net::Address localAddress(SocketHandle socket) const;
    /// WskDisconnect. @param flags abortive: takes no buffer and does not wait; what is pending completes
    Status disconnect(SocketHandle socket, const WskBuf *buffer, std::uint32_t flags, Irp *irp, CallTag tag = {});
    /// WskCloseSocket: completes every pending IRP, waits for callbacks, then closes: abortively, unless both
    /// directions are over. From within a callback it pends until that has returned.
    Status close(SocketHandle socket, Irp *irp, CallTag tag = {});

    /// The next receive fails so, injected on purpose. @return false when no receive can fail so
    bool injectStatus(Status status, CallTag tag = {});

    /// A fault, told by who orders it: the network subsystem fails, or works again. What waits completes with
    /// STATUS_NO_SUCH_DEVICE, and so does what is asked for meanwhile.
    void setNetworkDown(bool down);

    [[nodiscard]] engine::SocketView state(SocketHandle socket) const;
    /// Indications that callbacks of the socket keep.
    [[nodiscard]] std::size_t retained(SocketHandle socket) const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace recvscope::wsk
