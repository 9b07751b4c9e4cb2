// What the engine does where the page is silent, disagrees with itself, or Windows goes its own way. Every switch is
// named in scenarios (policy:), has a test and a rule id. Default: the page.
//
// A value; captured when a socket is adopted.

#pragma once

#include <cstdint>

namespace recvscope::engine {

struct Policy {
    /// An overlapped receive on a socket made without the overlapped flag is treated as nonoverlapped
    /// (wsp.socket.not-overlapped).
    bool overlappedOnPlainSocketAllowed = false;
    /// Overlapped MSG_PEEK is accepted (wsp.flag.peek-nonoverlapped-only).
    bool overlappedPeekAllowed = false;
    /// Closing a TCP socket completes its pending receives with WSAECONNABORTED (wsp.cancel.socket-closed).
    bool closeAbortsWithConnAborted = false;
    /// A reset throws away what arrived before it and was not received (windows.reset.discards-data).
    bool resetDiscardsData = false;
    /// A message that is too large gives its byte count to the call that returns WSAEMSGSIZE too
    /// (windows.message.too-large-count).
    bool tooLargeCountReported = false;
    /// Completion routines run newest first (wsp.indicate.routine-order-free).
    bool routinesNewestFirst = false;
    /// WSK: the receive event callback that a refusal stopped is called again when a WskReceive has completed, instead
    /// of when it is called (wsk.event.reenable).
    bool reenableWhenCompleted = false;
    /// WSK: a receive that is pending when the connection breaks completes with STATUS_FILE_FORCED_CLOSED
    /// (wsk.socket.forced-closed).
    bool pendingResetForcedClosed = false;
    /// Outstanding receives a socket takes (wsp.call.too-many-outstanding).
    std::uint32_t maxOutstanding = 1'000'000;
};

} // namespace recvscope::engine
