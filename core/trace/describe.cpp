// The sentence for one event, in the learner's words: those of WSP and of what both have. (describe_kernel.cpp: WSK.)

#include "trace/describe_words.h"
#include "trace/moment.h"

namespace recvscope::trace {

std::string plural(std::uint64_t count, std::string_view one)
{
    return std::to_string(count) + " " + std::string(one) + (count == 1 ? "" : "s");
}

std::string bytes(std::uint64_t count)
{
    return plural(count, "byte");
}

namespace {

std::string flagsText(std::uint16_t flags)
{
    static constexpr std::pair<std::uint16_t, std::string_view> names[] = {
        {0x1, "MSG_OOB"},     {0x2, "MSG_PEEK"},      {0x8, "MSG_WAITALL"}, {0x20, "MSG_PUSH_IMMEDIATE"},
        {0x100, "MSG_TRUNC"}, {0x8000, "MSG_PARTIAL"}};
    std::string text;
    for (const auto &[bit, name] : names)
        if (flags & bit)
            text += (text.empty() ? "" : " | ") + std::string(name);
    return text.empty() ? "0" : text;
}

/// "returned 0: 5 bytes, flags 0", "returned WSA_IO_PENDING; bytes and flags left alone".
std::string outcome(const Event &event)
{
    const std::uint16_t flags = flagsOf(event.b);
    std::string text(nameOf(statusOf(event.b)));
    if (event.a == leftAlone && flags == flagsLeftAlone)
        return text + "; bytes and flags left alone";
    text += ": ";
    text += event.a == leftAlone ? "bytes left alone" : bytes(event.a);
    text += ", ";
    return text + (flags == flagsLeftAlone ? "flags left alone" : "flags " + flagsText(flags));
}

std::string protocolBits(std::uint32_t bits)
{
    static constexpr std::pair<std::uint32_t, std::string_view> names[] = {
        {0x1, "CONNECTIONLESS"}, {0x2, "GUARANTEED_DELIVERY"}, {0x4, "GUARANTEED_ORDER"}, {0x8, "MESSAGE_ORIENTED"},
        {0x10, "PSEUDO_STREAM"}, {0x20, "GRACEFUL_CLOSE"},     {0x40, "EXPEDITED_DATA"},  {0x8000, "UNI_SEND"},
        {0x10000, "UNI_RECV"},   {0x40000, "PARTIAL_MESSAGE"}};
    std::string text;
    for (const auto &[bit, name] : names)
        if (bits & bit)
            text += (text.empty() ? "" : " | ") + std::string(name);
    return text.empty() ? "none of the XP1 bits" : text;
}

std::string howAddressed(AddressedBy how)
{
    switch (how) {
    case AddressedBy::Connect:
        return "has an address of its own, since it was connected";
    case AddressedBy::SendTo:
        return "has an address of its own, since it has sent";
    case AddressedBy::Join:
        return "has an address of its own, since it joined a group: the engine bound it";
    case AddressedBy::Accept:
        return "has an address of its own, since it was accepted";
    default:
        return "has an address of its own";
    }
}

std::string called(const Event &event)
{
    const auto flags = static_cast<std::uint16_t>(event.b & 0xFFFF);
    const std::uint32_t traits = event.b >> 16;
    std::string text = "called with " + (event.a == 0 ? "no buffers" : plural(event.a, "buffer"));
    if (flags != 0)
        text += ", flags " + flagsText(flags);
    if (traits & CallOverlapped) {
        text += ", overlapped";
        if (traits & CallHasRoutine)
            text += " with a completion routine";
        else if (traits & CallHasEvent)
            text += " with an event";
    } else {
        text += traits & CallNonblocking ? ", on a nonblocking socket" : ", may block";
    }
    return text;
}

std::string waiting(std::uint32_t ahead)
{
    return ahead == 0 ? "waits: it is the first in line" : "waits behind " + plural(ahead, "receive");
}

std::string completed(const Event &event)
{
    const Status status = statusOf(event.b);
    if (status != Status::Success)
        return "completed with " + std::string(nameOf(status)) + (event.a > 0 ? " and " + bytes(event.a) : "");
    return "completed: " + bytes(event.a);
}

/// The line of a rule for diagnostics and expectations, or nothing.
std::string because(const Event &event)
{
    return event.rule == RuleId::None ? std::string() : ": " + std::string(ruleOf(event.rule).says);
}

std::string faultText(const Event &event)
{
    switch (static_cast<Fault>(event.a)) {
    case Fault::NetworkDown:
        return event.b != 0 ? "the network subsystem fails" : "the network subsystem works again";
    case Fault::CallbackInProgress:
        return event.b != 0 ? "a callback of the provider begins" : "a callback of the provider has ended";
    case Fault::IrpStatus:
        return "the next WskReceive will fail with " + std::string(nameOf(static_cast<Status>(event.b)));
    }
    return {};
}

std::string sentence(const Event &event)
{
    switch (event.type) {
    case EventType::StepBegan:
        return "step " + std::to_string(event.step.value) + " begins";
    case EventType::ExpectationMet:
        return "it is as expected";
    case EventType::ExpectationFailed:
        return "it is not as expected";
    case EventType::Diagnostic:
        return "the program breaks a rule" + because(event);
    case EventType::SocketOpened:
        return std::string(openedOverlapped(event.b) ? "opened, made for overlapped calls"
                                                     : "opened, not made for overlapped calls") +
               (receiveBufferOf(event.b) > 0 ? "; SO_RCVBUF is " + bytes(receiveBufferOf(event.b)) : "");
    case EventType::SocketBound:
        return howAddressed(static_cast<AddressedBy>(event.a));
    case EventType::SocketConnected:
        return "connected";
    case EventType::SocketAccepted:
        return "accepted a connection";
    case EventType::SocketShutDown:
        return event.a == 0   ? "will receive no more"
               : event.a == 1 ? "will send no more"
                              : "will neither send nor receive any more";
    case EventType::SocketClosed:
        return "closed";
    case EventType::KernelHolds:
        return "the kernel says it holds " + bytes(event.a);
    case EventType::PeerSend:
        return "the peer sends " + bytes(event.a);
    case EventType::PeerSendsPart:
        return "the peer sends a part of a message: more of it follows";
    case EventType::MessageArriving:
        return bytes(event.a) + " of a message have arrived, and a receive waits for all of it";
    case EventType::PeerChosen:
        return event.a == 0 ? "what follows is from its own peer" : "what follows is from another peer";
    case EventType::MessageDropped:
        return "the message does not come in: the socket hears another address alone";
    case EventType::FragmentSent:
        return "fragment " + std::to_string(event.a + 1) + " is sent: " + bytes(event.b) + " of the datagram";
    case EventType::SocketSends:
        return "the program sends " + bytes(event.a);
    case EventType::EmptiesSkipped:
        return plural(event.a, "empty message") + " stepped over: a stream has none";
    case EventType::ProtocolGiven:
        return "made to a profile: " + protocolBits(event.a);
    case EventType::PeerSendOob:
        return "the peer sends an urgent byte";
    case EventType::PeerShutDown:
        return "the peer finished: it will send no more";
    case EventType::PeerReset:
        return "the peer resets the connection";
    case EventType::PeerClosed:
        return "the peer closes";
    case EventType::PeerReceived:
        return "the peer received " + bytes(event.a);
    case EventType::Called:
        return called(event);
    case EventType::BufferGiven:
        return "buffer " + std::to_string(event.a) + " has room for " + bytes(event.b);
    case EventType::KernelEmpty:
        return "looks into the kernel: nothing there";
    case EventType::Queued:
        return waiting(event.a);
    case EventType::Blocked:
        return "blocks: the thread waits inside the call";
    case EventType::KernelReceived:
        return "the kernel hands over " + bytes(event.a);
    case EventType::KernelCopied:
        return "the kernel copies " + bytes(event.a) + " of a message that is too large, and keeps all of it";
    case EventType::KernelEnd:
        return "the kernel says that the peer finished";
    case EventType::KernelError:
        return "the kernel reports an error: " + std::string(nameOf(static_cast<Status>(event.a)));
    case EventType::MessageLost:
        return event.rule == RuleId::WindowsResetDiscardsData
                   ? bytes(event.a) + " that had arrived are thrown away: the reset came behind them"
                   : bytes(event.a) + " of the message found no room and are gone";
    case EventType::MessagesFiltered:
        return std::to_string(event.a) + (event.a == 1 ? " message" : " messages") +
               " from another address thrown away: this socket is connected";
    case EventType::Refused:
        return "refused with " + std::string(nameOf(static_cast<Status>(event.a))) + "; nothing was started";
    case EventType::Placed:
        return bytes(event.b) + " into buffer " + std::to_string(event.a);
    case EventType::Completed:
        return completed(event);
    case EventType::Returned:
        return "returned " + outcome(event);
    case EventType::EventReset:
        return "its event is reset";
    case EventType::EventSet:
        return "its event is set";
    case EventType::RoutineQueued:
        return "its completion routine is queued to its thread";
    case EventType::RoutineBegan:
        return "its completion routine begins and is told " + outcome(event);
    case EventType::RoutineEnded:
        return "its completion routine has ended";
    case EventType::ResultAsked:
        return event.a ? "asked for its result, waiting for it" : "asked for its result, without waiting";
    case EventType::ResultReturned:
        return "result: " + outcome(event);
    case EventType::CancelAsked:
        return "cancel was asked for";
    case EventType::WaitBegan:
        return static_cast<WaitFor>(event.a) == WaitFor::Alertably ? "waits alertably: what is queued to it may run"
               : static_cast<WaitFor>(event.a) == WaitFor::EventAlone
                   ? "waits for an event; nothing that is queued to it runs"
                   : "the thread waits";
    case EventType::WaitEnded:
        return event.a == 0 ? "the thread waits no longer"
                            : "the wait ends: " + std::to_string(event.a) + (event.a == 1 ? " APC" : " APCs") + " ran";
    case EventType::ApcQueued:
        return "an APC is queued to a thread, with the value " + std::to_string(event.b);
    case EventType::ApcBegan:
        return event.operation ? "what the provider queued to this thread runs"
                               : "an APC runs on this thread, with the value " + std::to_string(event.a);
    case EventType::ThreadExited:
        return event.a == 0 ? "the thread exits"
                            : "the thread exits: " + std::to_string(event.a) +
                                  (event.a == 1 ? " receive that it started is" : " receives that it started are") +
                                  " cancelled";
    case EventType::FaultInjected:
        return faultText(event);
    case EventType::PeerLinkCut:
        return "the link is cut: nothing reaches the peer any more";
    case EventType::Sent:
        return static_cast<Status>(event.b) == Status::Success
                   ? "sends " + bytes(event.a)
                   : "cannot send: " + std::string(nameOf(static_cast<Status>(event.b)));
    default:
        return std::string(nameOf(event.type));
    }
}

} // namespace

std::string describe(const Story &story, std::uint32_t index)
{
    const Event &event = story.event(index);
    const std::optional<std::string> kernels = kernelSentence(story, index);
    std::string text = kernels ? *kernels : sentence(event);
    if (event.type == EventType::PeerChosen && event.a != 0) {
        const std::span<const std::byte> name = story.snapshot().payload(story.ref(index));
        text = "what follows is from " + std::string(reinterpret_cast<const char *>(name.data()), name.size());
    }
    if (event.provenance == Provenance::Injected)
        text += " (injected)";
    return text;
}

} // namespace recvscope::trace
