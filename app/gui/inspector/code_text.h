// The same moment as code: the call a program would write, and what it knows after it.
//
// Threads: pure functions.

#pragma once

#include "trace/moment.h"

#include <QString>

namespace recvscope::gui::inspector {

enum class CodeFace : std::uint8_t { Winsock, Posix };

/// A few lines of C++, or of a driver's C where a WskReceive is told in its own interface (Winsock then stands for it).
/// Comments say what this call gave, as far as it is known at the moment.
[[nodiscard]] QString codeOf(CodeFace face, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

} // namespace recvscope::gui::inspector
