// What stands beside both interfaces: the platform's own receive, and what is provoked.

#include "scenario/flags.h"
#include "scenario/values.h"
#include "scenario/verbs.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace recvscope::scenario {

namespace {

enum class Race : std::uint8_t { ReceiveEvent };
constexpr std::pair<std::string_view, Race> races[] = {{"receive-event", Race::ReceiveEvent}};

constexpr std::pair<std::string_view, bool> networks[] = {{"down", true}, {"up", false}};
constexpr std::pair<std::string_view, bool> callbacks[] = {{"begins", true}, {"ends", false}};

/// What the engine can make a receive fail with.
constexpr Status injected[] = {Status::NtConnectionReset,    Status::NtConnectionAborted,     Status::NtCancelled,
                               Status::NtInvalidDeviceState, Status::NtInvalidHandle,         Status::NtNotSupported,
                               Status::NtAccessViolation,    Status::NtInsufficientResources, Status::NtNoSuchDevice,
                               Status::NtIoTimeout,          Status::NtFileForcedClosed,      Status::NtDeviceNotReady,
                               Status::NtInvalidParameter};

} // namespace

Action readNativeRecv(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("native.recv"));
    NativeRecv recv;
    recv.socket = fields.name("socket");
    recv.op = fields.name("op");
    if (const Node *buffers = fields.find("buffers"))
        recv.buffers = readBuffers(reading, *buffers);
    if (const Node *flags = fields.find("flags")) {
        recv.flags = readFlags(reading, *flags, FlagSet::Native);
        std::uint32_t known = 0;
        for (const auto &[name, bit] : nativeReceiveFlags)
            known |= bit;
        if ((recv.flags & ~known) != 0)
            reading.refuse(flags->place, "the platform's own receive takes MSG_PEEK and MSG_WAITALL here.");
    }
    recv.on = fields.name("on");
    return recv;
}

Action readFault(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("fault"));
    const int given = int(fields.has("network")) + int(fields.has("callback")) + int(fields.has("irp-status"));
    if (given != 1)
        reading.refuse(arguments.place,
                       "a fault is of the network ('network: down'), of a callback ('callback: "
                       "begins') or of the next WskReceive ('irp-status: STATUS_…'); exactly one of them.");
    if (const Node *status = fields.find("irp-status")) {
        const Fault fault{Fault::What::IrpStatus, true, readStatus(reading, *status)};
        if (std::find(std::begin(injected), std::end(injected), fault.status) == std::end(injected))
            reading.refuse(*status, "a status with which an IRP can be made to fail, such as "
                                    "STATUS_INSUFFICIENT_RESOURCES");
        return fault;
    }
    if (fields.has("callback"))
        return Fault{Fault::What::Callback, fields.choice<bool>("callback", callbacks, true)};
    return Fault{Fault::What::Network, fields.choice<bool>("network", networks, true)};
}

Action readProvoke(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("provoke"));
    (void)fields.choice<Race>("race", races, Race::ReceiveEvent);
    return Provoke{fields.name("socket")};
}

} // namespace recvscope::scenario
