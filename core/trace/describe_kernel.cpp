// The sentence for one event in the words of Winsock Kernel: IRPs, chains of memory descriptors, event callbacks.

#include "trace/describe_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

namespace recvscope::trace {

namespace {

constexpr std::uint32_t dispatchLevel = 2;

std::string statusText(Status status)
{
    return status == Status::Success ? "STATUS_SUCCESS" : std::string(nameOf(status));
}

std::string hex(std::uint32_t number)
{
    std::array<char, 8> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
    return "0x" + std::string(digits.data(), end.ptr);
}

std::string flagsText(std::uint32_t flags)
{
    static constexpr std::pair<std::uint32_t, std::string_view> names[] = {{0x2, "WSK_FLAG_WAITALL"},
                                                                           {0x4, "WSK_FLAG_DRAIN"}};
    std::string text;
    const auto add = [&](std::string_view one) { text += (text.empty() ? "" : " | ") + std::string(one); };
    for (const auto &[bit, name] : names)
        if (flags & bit) {
            add(name);
            flags &= ~bit;
        }
    if (flags != 0)
        add(hex(flags));
    return text;
}

std::string levelText(std::uint32_t level)
{
    if (level == dispatchLevel)
        return "DISPATCH_LEVEL";
    return "IRQL " + std::to_string(level) + (level > dispatchLevel ? ", above DISPATCH_LEVEL" : "");
}

/// What was recorded together with a call: right before and behind it on its track.
struct CallDetails {
    std::optional<std::uint32_t> level;
    std::optional<Event> chain;
    std::vector<std::uint32_t> descriptors;
    std::uint64_t room = 0; ///< of the buffers
};

CallDetails detailsOf(const Snapshot &snapshot, EventRef call)
{
    CallDetails details;
    const OperationId operation = snapshot.event(call).operation;
    if (call.index > 0)
        if (const Event &before = snapshot.event({call.track, call.index - 1});
            before.type == EventType::AtIrql && before.operation == operation)
            details.level = before.a;
    for (EventRef at{call.track, call.index + 1}; at.index < snapshot.trackSize(at.track); ++at.index) {
        const Event &event = snapshot.event(at);
        if (event.operation != operation)
            break;
        if (event.type == EventType::BufferGiven)
            details.room += event.b;
        else if (event.type == EventType::ChainGiven)
            details.chain = event;
        else if (event.type == EventType::MdlGiven)
            details.descriptors.push_back(event.b);
        else
            break;
    }
    return details;
}

/// "2 descriptors of 8 bytes", "descriptors of 8 and 4 bytes".
std::string descriptorsText(const std::vector<std::uint32_t> &sizes)
{
    if (std::all_of(sizes.begin(), sizes.end(), [&](std::uint32_t size) { return size == sizes.front(); }))
        return plural(sizes.size(), "memory descriptor") + " of " + bytes(sizes.front());
    std::string text = "memory descriptors of ";
    for (std::size_t i = 0; i < sizes.size(); ++i)
        text += (i == 0 ? "" : i + 1 == sizes.size() ? " and " : ", ") + std::to_string(sizes[i]);
    return text + " bytes";
}

std::string called(const Story &story, const Event &event, EventRef ref)
{
    const CallDetails given = detailsOf(story.snapshot(), ref);
    std::string text = "called ";
    if (given.level)
        text += "at " + levelText(*given.level) + (*given.level > dispatchLevel ? ", " : " ");
    if (!given.chain && given.room == 0)
        text += "with no buffer to fill";
    else if (!given.chain) // left out of a fast recording
        text += "with room for " + bytes(given.room);
    else if (given.descriptors.empty())
        text += "without memory, for " + bytes(given.chain->b);
    else if (given.chain->a == 0)
        text += "for " + bytes(given.chain->b) + " into " + descriptorsText(given.descriptors);
    else
        text += "for " + bytes(given.chain->b) + ", from offset " + std::to_string(given.chain->a) + " of " +
                descriptorsText(given.descriptors);
    const std::uint32_t flags = event.b & 0xFFFF;
    return text + (flags != 0 ? ", flags " + flagsText(flags) : "");
}

std::string done(const Event &event)
{
    const Status status = statusOf(event.b);
    if (status == Status::Success)
        return "done: " + bytes(event.a);
    return "done, with " + statusText(status) + (event.a > 0 ? " and " + bytes(event.a) : "");
}

std::string returned(const Event &event)
{
    const Status status = statusOf(event.b);
    return "returned " + statusText(status) + (status == Status::NtPending ? "; its IRP is not complete yet" : "");
}

std::string callbackSet(const Event &event)
{
    const bool receive = (event.a & EventReceive) != 0;
    const bool disconnect = (event.a & EventDisconnect) != 0;
    const bool disabled = (event.a & EventDisable) != 0;
    const Status answer = statusOf(event.b);
    const std::string which = receive && disconnect ? "the receive and the disconnect event callback are "
                              : receive             ? "the receive event callback is "
                                                    : "the disconnect event callback is ";
    if (answer == Status::Success)
        return which + (disabled ? "disabled" : "enabled");
    const bool oneRuns = answer == Status::NtPending || answer == Status::NtEventPending;
    return which +
           (oneRuns    ? "disabled; one that runs has yet to return"
            : disabled ? "not disabled"
                       : "not enabled") +
           " (" + statusText(answer) + ")";
}

std::string indicationBegan(const Story &story, const Event &event, EventRef ref)
{
    if (event.a == leftAlone)
        return "the receive event callback is called without data: the socket does not function any more";
    std::uint32_t pieces = 0;
    const Snapshot &snapshot = story.snapshot();
    for (EventRef at{ref.track, ref.index + 1}; at.index < snapshot.trackSize(at.track); ++at.index, ++pieces)
        if (snapshot.event(at).type != EventType::DescriptorGiven)
            break;
    std::string text = "the receive event callback is called with " + bytes(event.a);
    if (pieces > 1)
        text += " in " + plural(pieces, "data descriptor");
    return text + (event.rule == RuleId::WskEventRace ? ", though a receive waits" : "");
}

std::string indicationEnded(const Event &event)
{
    switch (statusOf(event.b)) {
    case Status::NtPending:
        return "the callback keeps " + bytes(event.a) + " (STATUS_PENDING)";
    case Status::NtDataNotAccepted:
        return "the callback does not accept the data (STATUS_DATA_NOT_ACCEPTED)";
    default:
        return event.a == 0 ? "the callback has returned" : "the callback accepts " + bytes(event.a);
    }
}

std::string_view callName(KernelCall call)
{
    switch (call) {
    case KernelCall::Send:
        return "WskSend";
    case KernelCall::Connect:
        return "WskConnect";
    case KernelCall::SocketConnect:
        return "WskSocketConnect";
    case KernelCall::Accept:
        return "WskAccept";
    case KernelCall::Release:
        return "WskRelease";
    case KernelCall::Disconnect:
        return "WskDisconnect";
    case KernelCall::CloseSocket:
        return "WskCloseSocket";
    }
    return "the call";
}

std::string irpCompleted(const Event &event)
{
    const Status status = statusOf(event.b);
    return (event.operation ? "its IRP completes with " : "the IRP of that call completes with ") + statusText(status) +
           (event.operation || event.a > 0 ? ", Information " + std::to_string(event.a) : std::string());
}

/// Of what both interfaces have, where WSK calls it otherwise.
std::optional<std::string> inOtherWords(const Story &story, const Event &event, EventRef ref)
{
    switch (event.type) {
    case EventType::Called:
        return called(story, event, ref);
    case EventType::BufferGiven:
        return "the length leaves it " + bytes(event.b) + " of descriptor " + std::to_string(event.a);
    case EventType::Placed:
        return bytes(event.b) + " into descriptor " + std::to_string(event.a);
    case EventType::Completed:
        return done(event);
    case EventType::Returned:
        return returned(event);
    case EventType::RoutineBegan:
        return event.operation ? "the completion routine of its IRP runs" : "the completion routine of that IRP runs";
    case EventType::RoutineEnded:
        return event.operation ? "the completion routine of its IRP has ended"
                               : "the completion routine of that IRP has ended";
    case EventType::Refused:
        if (event.operation)
            return std::nullopt;
        return std::string(callName(static_cast<KernelCall>(event.b))) + " is refused with " +
               statusText(static_cast<Status>(event.a)) + "; nothing was started";
    case EventType::CancelAsked:
        return "cancelling its IRP was asked for";
    case EventType::SocketOpened:
        return "opened" +
               (receiveBufferOf(event.b) > 0 ? "; SO_RCVBUF is " + bytes(receiveBufferOf(event.b)) : std::string());
    default:
        return std::nullopt;
    }
}

bool isWsks(const Story &story, const Event &event)
{
    // A call of a socket that is closed names none.
    return story.faceOf(event.socket) == Interface::Wsk ||
           (event.type == EventType::Returned && nameOf(statusOf(event.b)).starts_with("STATUS_")) ||
           (event.type == EventType::Refused && !event.operation);
}

} // namespace

std::optional<std::string> kernelSentence(const Story &story, std::uint32_t index)
{
    const EventRef ref = story.ref(index);
    const Event &event = story.snapshot().event(ref);
    switch (event.type) {
    case EventType::FaceGiven:
        return static_cast<Interface>(event.a) == Interface::Wsk ? "a socket of Winsock Kernel"
                                                                 : "a socket whose receives are this system's own";
    case EventType::ChainGiven:
        return "its WSK_BUF: " + bytes(event.b) + " from offset " + std::to_string(event.a);
    case EventType::MdlGiven:
        return "memory descriptor " + std::to_string(event.a) + " describes " + bytes(event.b);
    case EventType::AtIrql:
        return "called at " + levelText(event.a);
    case EventType::IrpCompleted:
        return irpCompleted(event);
    case EventType::PagesUnlocked:
        return event.a == 0 ? "its memory is unlocked before its IRP is complete"
                            : "its memory is freed before its IRP is complete";
    case EventType::Discarded:
        return bytes(event.a) + " drained: thrown away";
    case EventType::CloseDue:
        return "the socket does not function any more and is due to be closed";
    case EventType::CallbackSet:
        return callbackSet(event);
    case EventType::IndicationBegan:
        return indicationBegan(story, event, ref);
    case EventType::DescriptorGiven:
        return "data descriptor " + std::to_string(event.a) + " of it holds " + bytes(event.b);
    case EventType::IndicationEnded:
        return indicationEnded(event);
    case EventType::IndicationReleased:
        return "WskRelease: the " + bytes(event.b) + " of indication " + std::to_string(event.a) + " are given back";
    case EventType::CallbackStopped:
        return "the receive event callback is silent until a WskReceive";
    case EventType::CallbackResumed:
        return event.a == 0 ? "the receive event callback may be called again"
                            : "the receive event callback may be called again once it is enabled";
    case EventType::Disconnected:
        return event.a != 0 ? "the disconnect event callback is told: abortive"
                            : "the disconnect event callback is told: graceful, no more data will come";
    case EventType::DisconnectAsked:
        return event.a != 0 ? "WskDisconnect, abortive" : "WskDisconnect, graceful: nothing more will be sent";
    case EventType::CloseAsked:
        return "WskCloseSocket: what is pending completes first";
    default:
        return isWsks(story, event) ? inOtherWords(story, event, ref) : std::nullopt;
    }
}

} // namespace recvscope::trace
