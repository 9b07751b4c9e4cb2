// The arguments of WskReceive and its neighbours, with the field's names. Numbers come from the published headers.

#pragma once

#include "base/status.h"
#include "engine/provider_types.h"
#include "wsk/mdl.h"

#include <cstddef>
#include <cstdint>
#include <functional>

namespace recvscope::wsk {

/// A PWSK_SOCKET; a value that may be stale, then calls say STATUS_INVALID_HANDLE.
using engine::CallTag;
using engine::SocketHandle;

/// WskReceive's flags: a type of its own, never passed to a system call.
namespace flag {
inline constexpr std::uint32_t WaitAll = 0x2; ///< WSK_FLAG_WAITALL
inline constexpr std::uint32_t Drain = 0x4;   ///< WSK_FLAG_DRAIN
} // namespace flag

/// WskDisconnect's and the disconnect event callback's flag.
inline constexpr std::uint32_t abortive = 0x1; ///< WSK_FLAG_ABORTIVE

/// The receive event callback's flag: it runs at DISPATCH_LEVEL.
inline constexpr std::uint32_t atDispatchLevel = 0x8; ///< WSK_FLAG_AT_DISPATCH_LEVEL

/// WSK_EVENT_CALLBACK_CONTROL's mask.
namespace event {
inline constexpr std::uint32_t Receive = 0x40;        ///< WSK_EVENT_RECEIVE
inline constexpr std::uint32_t Disconnect = 0x80;     ///< WSK_EVENT_DISCONNECT
inline constexpr std::uint32_t Disable = 0x8000'0000; ///< WSK_EVENT_DISABLE
} // namespace event

/// WSK_BUF. The first descriptor may be null only with a length of 0; the offset lies in the first descriptor; the
/// length is a maximum.
struct WskBuf {
    Mdl *mdl = nullptr;
    std::uint32_t offset = 0;
    std::uint64_t length = 0;
};

/// WSK_DATA_INDICATION: one piece of what the receive event callback is called with.
struct DataIndication {
    DataIndication *next = nullptr;
    WskBuf buffer;
};

/// What WSK_CLIENT_CONNECTION_DISPATCH holds. Called on the engine's thread, at DISPATCH_LEVEL, one at a time for each
/// socket.
struct ClientDispatch {
    /// WskReceiveEvent. @param list null: the socket does not function any more, close it
    /// @param accepted set to @p bytes before; with Success: how many the callback has taken
    /// @return Success, NtPending (the list is kept until release()) or NtDataNotAccepted
    std::function<Status(std::uint32_t flags, DataIndication *list, std::size_t bytes, std::size_t *accepted)>
        receiveEvent;
    /// WskDisconnectEvent. @param flags `abortive` or 0
    std::function<Status(std::uint32_t flags)> disconnectEvent;
};

/// What a socket was made for.
enum class Category : std::uint8_t { Connection, Stream, Datagram, Listening };

} // namespace recvscope::wsk
