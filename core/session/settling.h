// The rule that makes a run end the same way each time: a step is done when its effect on the socket is there.
//
//   peer.send          all its bytes are in the receiver's kernel buffer, or were taken by receives that waited
//   peer.shutdown,     the end, or the reset, has arrived at the receiver's socket
//   close, reset
//   a wsp call         it has returned, or blocks
//   after each of them nothing goes on by itself: no receive waits for what is there already, no completion is under
//   way,
//                      and each application thread has returned from its call or blocks for a cause that has not come
//
// Threads: the runner's.

#pragma once

#include "session/bench.h"

#include <optional>
#include <string>

namespace recvscope::session {

/// What a step does to a socket, beyond what it does at once.
struct Effect {
    enum class Kind : std::uint8_t {
        None,
        BytesArrive, ///< everything its peer sent
        UrgentArrives,
        EndArrives,
        ResetArrives,
        CallsEnd, ///< no call stays blocked in the socket
        ThreadReturns,
    };
    Kind kind = Kind::None;
    const BenchSocket *socket = nullptr;       ///< null with None and ThreadReturns
    const ApplicationThread *thread = nullptr; ///< with ThreadReturns
};

/// @return what is not there yet, as it stands in "waited for the bytes of peer.send, but ..."; nothing when all is
/// settled.
[[nodiscard]] std::optional<std::string> unsettled(Bench &bench, const Effect &effect);

/// The thread has nothing to do, or blocks in its call.
[[nodiscard]] bool atRest(Bench &bench, const ApplicationThread &thread);

} // namespace recvscope::session
