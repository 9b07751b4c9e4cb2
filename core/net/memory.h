// Whether memory may be written.
//
// Threads: any.

#pragma once

#include "net/socket.h"

namespace recvscope::net {

/// @return false when some byte of it is not mapped or not writable. Where the system cannot tell, true: then the
/// receive itself fails. Nothing in the memory is changed. Costs a system call.
[[nodiscard]] bool isWritable(Slice memory);

} // namespace recvscope::net
