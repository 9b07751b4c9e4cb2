#include "trace/event.h"

#include <array>

namespace recvscope::trace {

std::string_view nameOf(EventType type)
{
    static constexpr std::array<std::string_view, static_cast<std::size_t>(lastEventType) + 1> names = {
        "StepBegan",       "ExpectationMet", "ExpectationFailed", "Diagnostic",
        "SocketOpened",    "SocketBound",    "SocketConnected",   "SocketAccepted",
        "SocketShutDown",  "SocketClosed",   "KernelHolds",       "PeerSend",
        "PeerSendOob",     "PeerShutDown",   "PeerReset",         "PeerClosed",
        "PeerReceived",    "Called",         "BufferGiven",       "KernelEmpty",
        "Queued",          "Blocked",        "KernelReceived",    "KernelCopied",
        "KernelEnd",       "KernelError",    "MessageLost",       "MessagesFiltered",
        "Refused",         "Placed",         "Completed",         "Returned",
        "EventReset",      "EventSet",       "RoutineQueued",     "RoutineBegan",
        "RoutineEnded",    "ResultAsked",    "ResultReturned",    "CancelAsked",
        "WaitBegan",       "WaitEnded",      "ApcQueued",         "ApcBegan",
        "ThreadExited",    "FaultInjected",  "ProtocolGiven",     "PeerSendsPart",
        "MessageArriving", "PeerChosen",     "MessageDropped",    "FragmentSent",
        "SocketSends",     "EmptiesSkipped", "PeerLinkCut",       "Sent"};
    return names[static_cast<std::size_t>(type)];
}

} // namespace recvscope::trace
