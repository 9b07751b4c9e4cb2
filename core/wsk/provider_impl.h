// What a Provider is made of; for its own files.
//
// Threads: as provider.h says; m_mutex guards what it stands beside.

#pragma once

#include "engine/socket_table.h"
#include "wsk/kernel_socket.h"
#include "wsk/provider.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

namespace recvscope::wsk {

using engine::SocketTable;

/// The bytes that a buffer to be sent describes. @return nothing when its chain does not hold them, locked
[[nodiscard]] std::optional<std::vector<std::byte>> copyOf(const WskBuf &buffer);

class Provider::Impl {
public:
    explicit Impl(ProviderSettings settings);
    ~Impl();
    Impl(const Impl &) = delete;
    Impl &operator=(const Impl &) = delete;

    /// Of a socket that is closed already, too: calls of it are refused, and told.
    [[nodiscard]] engine::Journal journal(SocketHandle socket, const SocketTable::Place &place) const;
    [[nodiscard]] OperationId number(CallTag tag);
    void tellChanged() const;
    /// The socket's callbacks; null: no such socket.
    [[nodiscard]] std::shared_ptr<KernelSocket> kernelSocket(SocketHandle socket) const;

    /// A neighbour's call is over: completes its IRP, if it has one, and says so. @return @p status
    Status finish(Irp *irp, Status status, std::uint64_t information, CallTag tag,
                  RuleId success = RuleId::WskCompleteSuccess);
    /// The IRP of a neighbour's call is taken over. @return false when it is not the caller's, which is named
    [[nodiscard]] bool begin(Irp *irp, SocketHandle socket, const engine::Journal &journal, CallTag tag);
    /// Tells that the call starts nothing. @return @p status
    static Status refuse(const engine::Journal &journal, trace::KernelCall call, Status status, CallTag tag);

    [[nodiscard]] static bool isOpen(const SocketTable::Place &place);
    /// STATUS_INVALID_HANDLE of one that is not open.
    [[nodiscard]] static Status invalid(const SocketTable::Place &place, Status otherwise);

    ProviderSettings settings;
    engine::QueueContext context;
    SocketTable table;
    engine::Reactor reactor; ///< stops before the table goes
    std::atomic<std::uint32_t> nextOperation{1};
    std::atomic<Status> injected{Status::Success}; ///< of the next receive; Success: none
    std::shared_ptr<PageUses> pages;

    mutable std::mutex mutex;
    std::unordered_map<SocketHandle, std::shared_ptr<KernelSocket>> sockets; ///< for as long as the provider lives
};

} // namespace recvscope::wsk
