// The statuses of the two interfaces, as one closed set. Numbers come from the published headers.

#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace recvscope {

enum class Status : std::uint16_t {
    Success,                  ///< 0 in both interfaces
    WsaEintr,                 ///< WSAEINTR
    WsaEfault,                ///< WSAEFAULT
    WsaEinval,                ///< WSAEINVAL
    WsaEwouldblock,           ///< WSAEWOULDBLOCK
    WsaEinprogress,           ///< WSAEINPROGRESS
    WsaEnotsock,              ///< WSAENOTSOCK
    WsaEmsgsize,              ///< WSAEMSGSIZE
    WsaEopnotsupp,            ///< WSAEOPNOTSUPP
    WsaEnetdown,              ///< WSAENETDOWN
    WsaEnetreset,             ///< WSAENETRESET
    WsaEconnaborted,          ///< WSAECONNABORTED
    WsaEconnreset,            ///< WSAECONNRESET
    WsaEnobufs,               ///< WSAENOBUFS
    WsaEnotconn,              ///< WSAENOTCONN
    WsaEshutdown,             ///< WSAESHUTDOWN
    WsaEtimedout,             ///< WSAETIMEDOUT
    WsaEconnrefused,          ///< WSAECONNREFUSED
    WsaNotinitialised,        ///< WSANOTINITIALISED
    WsaEdiscon,               ///< WSAEDISCON
    WsaOperationAborted,      ///< WSA_OPERATION_ABORTED
    WsaIoIncomplete,          ///< WSA_IO_INCOMPLETE
    WsaIoPending,             ///< WSA_IO_PENDING
    NtPending,                ///< STATUS_PENDING
    NtEventPending,           ///< STATUS_EVENT_PENDING
    NtBufferOverflow,         ///< STATUS_BUFFER_OVERFLOW
    NtInvalidParameter,       ///< STATUS_INVALID_PARAMETER
    NtInsufficientResources,  ///< STATUS_INSUFFICIENT_RESOURCES
    NtDeviceNotReady,         ///< STATUS_DEVICE_NOT_READY
    NtIoTimeout,              ///< STATUS_IO_TIMEOUT
    NtFileForcedClosed,       ///< STATUS_FILE_FORCED_CLOSED
    NtNotSupported,           ///< STATUS_NOT_SUPPORTED
    NtCancelled,              ///< STATUS_CANCELLED
    NtLocalDisconnect,        ///< STATUS_LOCAL_DISCONNECT
    NtRemoteDisconnect,       ///< STATUS_REMOTE_DISCONNECT
    NtInvalidConnection,      ///< STATUS_INVALID_CONNECTION
    NtConnectionDisconnected, ///< STATUS_CONNECTION_DISCONNECTED
    NtConnectionReset,        ///< STATUS_CONNECTION_RESET
    NtDataNotAccepted,        ///< STATUS_DATA_NOT_ACCEPTED
    NtGracefulDisconnect,     ///< STATUS_GRACEFUL_DISCONNECT
    NtPortUnreachable,        ///< STATUS_PORT_UNREACHABLE
    NtRequestAborted,         ///< STATUS_REQUEST_ABORTED
    NtConnectionAborted,      ///< STATUS_CONNECTION_ABORTED
    NtAccessViolation,        ///< STATUS_ACCESS_VIOLATION
    NtInvalidHandle,          ///< STATUS_INVALID_HANDLE
    NtPipeDisconnected,       ///< STATUS_PIPE_DISCONNECTED
    NtInvalidDeviceState,     ///< STATUS_INVALID_DEVICE_STATE
    NtNoSuchDevice,           ///< STATUS_NO_SUCH_DEVICE
};

enum class StatusFamily : std::uint8_t { Both, Winsock, Nt };

/// The symbolic name: "WSAECONNRESET", "STATUS_PENDING"; "0" for success.
[[nodiscard]] std::string_view nameOf(Status status);

/// The number in the published headers: 10054, 0x103.
[[nodiscard]] std::uint32_t numberOf(Status status);

[[nodiscard]] StatusFamily familyOf(Status status);

/// The status of that symbolic name, or nothing. "0", "NO_ERROR" and "STATUS_SUCCESS" are success.
[[nodiscard]] std::optional<Status> statusNamed(std::string_view name);

/// The status of that family with that number in the published headers, or nothing.
[[nodiscard]] std::optional<Status> statusNumbered(StatusFamily family, std::uint32_t number);

} // namespace recvscope
