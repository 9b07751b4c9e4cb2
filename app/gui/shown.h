// Which receive a moment is about, where the user chose none: the one rule all views follow.
//
// Threads: pure functions.

#pragma once

#include "trace/moment.h"

#include <string_view>

namespace recvscope::gui {

/// On the way to a copy out of the kernel, the receive that gets it. Else the receive of the latest event; where that
/// event belongs to none but its socket holds bytes, the oldest waiting receive there, which is about to get them.
/// @param socket looks at that socket alone; none: at all
[[nodiscard]] OperationId activeReceive(const trace::Story &story, const trace::Moment &moment, SocketId socket = {});

/// What the interface of a receive calls one of its buffers: "WSABUF", "MDL", "iovec".
[[nodiscard]] std::string_view bufferWord(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

/// Its call's name: "WSPRecv", "WskReceive", "recvmsg".
[[nodiscard]] std::string_view callWord(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

} // namespace recvscope::gui
