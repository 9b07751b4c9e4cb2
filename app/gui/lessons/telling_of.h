// What the window tells of a scenario, and the answers its run gave to the questions.
//
// Threads: pure functions.

#pragma once

#include "gui/telling.h"
#include "scenario/scenario.h"
#include "trace/story.h"

namespace recvscope::gui {

[[nodiscard]] Telling tellingOf(const scenario::Scenario &scenario);

/// Fills in the answers from a finished trace: which choice is right, what it was, and the rule's reason.
void answerFrom(const trace::Story &story, const scenario::Scenario &scenario, Telling &telling);

} // namespace recvscope::gui
