// This system's own receive, recorded under the same trace as the two interfaces', to be compared with them.
//
// Nothing is decided here and nothing is remembered on a caller's behalf: what recvmsg does is what is told. A failure
// has the Winsock name nearest to the system's.
//
// Threads: every function may be called from any thread. receive() blocks its caller where the system does; close()
// gets blocked callers out first, which the system itself would not. interrupt() and close() do not return before those
// callers have left the kernel.

#pragma once

#include "base/status.h"
#include "engine/provider_types.h"
#include "net/socket.h"
#include "trace/recorder.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

namespace recvscope::native {

using engine::CallTag;
using engine::SocketHandle;

/// receive()'s flags, with the numbers of WSPRecv's; the system has its own, which never leave core/net.
namespace flag {
inline constexpr std::uint32_t Peek = 0x2;
inline constexpr std::uint32_t WaitAll = 0x8;
inline constexpr std::uint16_t Truncated = 0x100; ///< MSG_TRUNC, in the answer alone: there was more of the message
} // namespace flag

struct SocketTraits {
    SocketId id = {}; ///< its name in the trace; none: untraced
    bool nonblocking = false;
};

struct ProviderSettings {
    trace::Recorder *recorder = nullptr; ///< not owned; null: nothing is recorded
    /// Called, with no lock held, on the thread that changed something state() tells. May be empty.
    std::function<void()> changed;
};

/// What a receive returned.
struct Received {
    Status status = Status::Success;
    std::size_t bytes = 0;   ///< 0 at the end too
    std::uint32_t flags = 0; ///< flag::Truncated or 0
};

class Provider {
public:
    explicit Provider(ProviderSettings settings = {});
    ~Provider(); ///< closes every socket
    Provider(const Provider &) = delete;
    Provider &operator=(const Provider &) = delete;

    /// Takes a real socket over.
    [[nodiscard]] SocketHandle adopt(net::Socket socket, const SocketTraits &traits = {});

    /// One recvmsg: asked first, then blocking in the kernel unless the socket is nonblocking.
    /// @param flags flag::Peek, flag::WaitAll, both
    Received receive(SocketHandle socket, std::span<const net::Slice> slices, std::uint32_t flags, CallTag tag = {});
    /// The thread blocks in a receive.
    [[nodiscard]] bool blocked(std::thread::id thread) const;
    /// Gets the thread out of the receive it blocks in, by a signal; returns when it is out. @return false: it is in
    /// none
    bool interrupt(std::thread::id thread);

    [[nodiscard]] engine::SocketView state(SocketHandle socket) const;
    [[nodiscard]] net::Address localAddress(SocketHandle socket) const;
    /// Wakes what blocks there, then closes. @return false when it is not open
    bool close(SocketHandle socket, StepId step = {});
    void closeAll();

private:
    struct Connection;
    [[nodiscard]] std::vector<std::shared_ptr<Connection>> all() const;
    [[nodiscard]] std::shared_ptr<Connection> find(SocketHandle socket) const;
    [[nodiscard]] OperationId number(CallTag tag);
    void tellChanged() const;

    const ProviderSettings m_settings;
    mutable std::mutex m_mutex; ///< guards what follows
    std::vector<std::shared_ptr<Connection>> m_connections;
    std::uint32_t m_operations = 0;
};

} // namespace recvscope::native
