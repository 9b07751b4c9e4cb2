// What the inspector says of a WSK socket's event callbacks: what the driver asked for, what it was called with, and
// why it is silent.
//
// Threads: pure functions.

#pragma once

#include "gui/inspector/inspector_texts.h"
#include "gui/presentation.h"

#include <optional>

namespace recvscope::gui::inspector {

/// The event of a socket's callbacks that is to be explained, as a story index: the selected one, the one that the
/// playhead stands on while no receive is selected, and while no receive is shown the latest of the shown socket.
/// None of them has still to come.
[[nodiscard]] std::optional<std::uint32_t> callbackEvent(const Presentation &presentation);

/// Why that event happened. A call of the callback is explained by its answer once it has one, its silence by the
/// answer that led to it. @p happened how many events of the story have
[[nodiscard]] Why whyOfCallback(const trace::Story &story, std::uint32_t event, std::uint32_t happened);

} // namespace recvscope::gui::inspector
