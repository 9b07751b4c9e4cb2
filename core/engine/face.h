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
    Status pending; ///< what a call returns that will complete later
};

} // namespace recvscope::engine
