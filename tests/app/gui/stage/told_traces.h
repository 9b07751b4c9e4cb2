// Traces by hand, in the order in which the engine records, for what is drawn and written of them.

#pragma once

#include "trace/moment.h"

#include <functional>
#include <string>

namespace recvscope::test {

inline constexpr SocketId toldSocket{1};
inline constexpr OperationId r1{1};
inline constexpr OperationId r2{2};
inline constexpr OperationId r3{3};

/// Buffers 4 and 16, "hello " and "world", two receives pending at once, the end seen by a third (lesson 17).
[[nodiscard]] trace::Snapshot pendingLesson();
/// 1,024 bytes in sends of 100 into buffers of 256 and 768: at once.
[[nodiscard]] trace::Snapshot kibibyte();
/// A send of 4 MiB into two buffers, 1.5 MiB of it copied so far.
[[nodiscard]] trace::Snapshot mebibytes();
/// A pending receive, then the peer resets.
[[nodiscard]] trace::Snapshot resetWhilePending();
/// A blocking call that still waits.
[[nodiscard]] trace::Snapshot blocked();
/// A call refused with WSAESHUTDOWN.
[[nodiscard]] trace::Snapshot refused();
/// A blocking call that found its data there, after one that took a part.
[[nodiscard]] trace::Snapshot atOnce();
/// 24 buffers of 6 bytes each in one call, filled in the middle.
[[nodiscard]] trace::Snapshot manyBuffers();
/// Five sockets, each with a pending receive; the third holds bytes.
[[nodiscard]] trace::Snapshot manySockets();

/// Messages of a datagram socket: "ab", an empty one, a part "cd" of a message that goes on.
[[nodiscard]] trace::Snapshot messages();
/// A datagram "hello" cut by a buffer of 3.
[[nodiscard]] trace::Snapshot cutDatagram();
/// Two threads; two routines queued to the first, which waits alertably and runs the first of them.
[[nodiscard]] trace::Snapshot routines();
/// An overlapped structure that is gone, as the engine names it.
[[nodiscard]] trace::Snapshot misuse();
/// An urgent byte beside "ab".
[[nodiscard]] trace::Snapshot urgentByte();
/// The end of a connection with messages, told as WSAEDISCON.
[[nodiscard]] trace::Snapshot disconnected();

/// The moment after the first event of that type, of that operation where one is given; else the end.
[[nodiscard]] trace::Moment momentAfter(const trace::Story &story, trace::EventType type, OperationId operation = {});
[[nodiscard]] trace::Moment momentAtEnd(const trace::Story &story);

} // namespace recvscope::test
