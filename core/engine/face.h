// How an interface names what the engine decided.

#pragma once

#include "base/rules.h"
#include "base/status.h"
#include "engine/decide.h"

namespace recvscope::engine {

/// A table of pure functions; one constant per interface.
struct Face {
    Status (*status)(Result result);
    RuleId (*rule)(Reason reason);
    Status pending;                               ///< what a call returns that will complete later
    std::uint16_t partialFlag;                    ///< in output flags: more of the message follows
    RuleId (*returned)(bool ok, bool overlapped); ///< the rule of a return that is final
    RuleId (*eventSet)(bool ok, bool atOnce);     ///< the rule of an event that completion sets
    /// The rule of a completion routine that is queued to its thread. @param eventIgnored there was an event beside it
    RuleId (*routineQueued)(bool ok, bool atOnce, bool eventIgnored);
    std::uint16_t callTraits = 0; ///< of every call, for the trace (trace::CallTraits)
    /// The return of a call that is over is told by the face, which has more to do before it.
    bool tellsReturns = false;
    ForcedClose forcedClose = ForcedClose::Never; ///< of its sockets, but for the policy
};

} // namespace recvscope::engine
