#include "base/status.h"

#include <algorithm>
#include <array>

namespace recvscope {

namespace {

struct Row {
    Status status;
    std::string_view name;
    std::uint32_t number;
    StatusFamily family;
};

constexpr std::array rows = std::to_array<Row>({
    {Status::Success, "0", 0, StatusFamily::Both},
    {Status::WsaEintr, "WSAEINTR", 10004U, StatusFamily::Winsock},
    {Status::WsaEfault, "WSAEFAULT", 10014U, StatusFamily::Winsock},
    {Status::WsaEinval, "WSAEINVAL", 10022U, StatusFamily::Winsock},
    {Status::WsaEwouldblock, "WSAEWOULDBLOCK", 10035U, StatusFamily::Winsock},
    {Status::WsaEinprogress, "WSAEINPROGRESS", 10036U, StatusFamily::Winsock},
    {Status::WsaEnotsock, "WSAENOTSOCK", 10038U, StatusFamily::Winsock},
    {Status::WsaEmsgsize, "WSAEMSGSIZE", 10040U, StatusFamily::Winsock},
    {Status::WsaEopnotsupp, "WSAEOPNOTSUPP", 10045U, StatusFamily::Winsock},
    {Status::WsaEnetdown, "WSAENETDOWN", 10050U, StatusFamily::Winsock},
    {Status::WsaEnetreset, "WSAENETRESET", 10052U, StatusFamily::Winsock},
    {Status::WsaEconnaborted, "WSAECONNABORTED", 10053U, StatusFamily::Winsock},
    {Status::WsaEconnreset, "WSAECONNRESET", 10054U, StatusFamily::Winsock},
    {Status::WsaEnobufs, "WSAENOBUFS", 10055U, StatusFamily::Winsock},
    {Status::WsaEnotconn, "WSAENOTCONN", 10057U, StatusFamily::Winsock},
    {Status::WsaEshutdown, "WSAESHUTDOWN", 10058U, StatusFamily::Winsock},
    {Status::WsaEtimedout, "WSAETIMEDOUT", 10060U, StatusFamily::Winsock},
    {Status::WsaEconnrefused, "WSAECONNREFUSED", 10061U, StatusFamily::Winsock},
    {Status::WsaNotinitialised, "WSANOTINITIALISED", 10093U, StatusFamily::Winsock},
    {Status::WsaEdiscon, "WSAEDISCON", 10101U, StatusFamily::Winsock},
    {Status::WsaOperationAborted, "WSA_OPERATION_ABORTED", 995U, StatusFamily::Winsock},
    {Status::WsaIoIncomplete, "WSA_IO_INCOMPLETE", 996U, StatusFamily::Winsock},
    {Status::WsaIoPending, "WSA_IO_PENDING", 997U, StatusFamily::Winsock},
    {Status::NtPending, "STATUS_PENDING", 0x103U, StatusFamily::Nt},
    {Status::NtEventPending, "STATUS_EVENT_PENDING", 0x40000013U, StatusFamily::Nt},
    {Status::NtBufferOverflow, "STATUS_BUFFER_OVERFLOW", 0x80000005U, StatusFamily::Nt},
    {Status::NtInvalidParameter, "STATUS_INVALID_PARAMETER", 0xC000000DU, StatusFamily::Nt},
    {Status::NtInsufficientResources, "STATUS_INSUFFICIENT_RESOURCES", 0xC000009AU, StatusFamily::Nt},
    {Status::NtDeviceNotReady, "STATUS_DEVICE_NOT_READY", 0xC00000A3U, StatusFamily::Nt},
    {Status::NtIoTimeout, "STATUS_IO_TIMEOUT", 0xC00000B5U, StatusFamily::Nt},
    {Status::NtFileForcedClosed, "STATUS_FILE_FORCED_CLOSED", 0xC00000B6U, StatusFamily::Nt},
    {Status::NtNotSupported, "STATUS_NOT_SUPPORTED", 0xC00000BBU, StatusFamily::Nt},
    {Status::NtCancelled, "STATUS_CANCELLED", 0xC0000120U, StatusFamily::Nt},
    {Status::NtLocalDisconnect, "STATUS_LOCAL_DISCONNECT", 0xC000013BU, StatusFamily::Nt},
    {Status::NtRemoteDisconnect, "STATUS_REMOTE_DISCONNECT", 0xC000013CU, StatusFamily::Nt},
    {Status::NtInvalidConnection, "STATUS_INVALID_CONNECTION", 0xC0000140U, StatusFamily::Nt},
    {Status::NtConnectionDisconnected, "STATUS_CONNECTION_DISCONNECTED", 0xC000020CU, StatusFamily::Nt},
    {Status::NtConnectionReset, "STATUS_CONNECTION_RESET", 0xC000020DU, StatusFamily::Nt},
    {Status::NtDataNotAccepted, "STATUS_DATA_NOT_ACCEPTED", 0xC000021BU, StatusFamily::Nt},
    {Status::NtGracefulDisconnect, "STATUS_GRACEFUL_DISCONNECT", 0xC0000237U, StatusFamily::Nt},
    {Status::NtPortUnreachable, "STATUS_PORT_UNREACHABLE", 0xC000023FU, StatusFamily::Nt},
    {Status::NtRequestAborted, "STATUS_REQUEST_ABORTED", 0xC0000240U, StatusFamily::Nt},
    {Status::NtConnectionAborted, "STATUS_CONNECTION_ABORTED", 0xC0000241U, StatusFamily::Nt},
    {Status::NtAccessViolation, "STATUS_ACCESS_VIOLATION", 0xC0000005U, StatusFamily::Nt},
    {Status::NtInvalidHandle, "STATUS_INVALID_HANDLE", 0xC0000008U, StatusFamily::Nt},
    {Status::NtPipeDisconnected, "STATUS_PIPE_DISCONNECTED", 0xC00000B0U, StatusFamily::Nt},
    {Status::NtInvalidDeviceState, "STATUS_INVALID_DEVICE_STATE", 0xC0000184U, StatusFamily::Nt},
    {Status::NtNoSuchDevice, "STATUS_NO_SUCH_DEVICE", 0xC000000EU, StatusFamily::Nt},
});

const Row &rowOf(Status status)
{
    return rows[static_cast<std::size_t>(status)];
}

constexpr bool rowsFollowTheEnumeration()
{
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].status) != i)
            return false;
    return true;
}
static_assert(rowsFollowTheEnumeration());

} // namespace

std::string_view nameOf(Status status)
{
    return rowOf(status).name;
}

std::uint32_t numberOf(Status status)
{
    return rowOf(status).number;
}

StatusFamily familyOf(Status status)
{
    return rowOf(status).family;
}

std::optional<Status> statusNamed(std::string_view name)
{
    if (name == "NO_ERROR" || name == "STATUS_SUCCESS")
        return Status::Success;
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row &row) { return row.name == name; });
    if (found == rows.end())
        return std::nullopt;
    return found->status;
}

std::optional<Status> statusNumbered(StatusFamily family, std::uint32_t number)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row &row) {
        return row.number == number && (row.family == family || row.family == StatusFamily::Both);
    });
    if (found == rows.end())
        return std::nullopt;
    return found->status;
}

} // namespace recvscope
