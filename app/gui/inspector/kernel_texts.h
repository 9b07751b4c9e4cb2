// What the inspector says of a WskReceive: its status twice, once from the call and once from the IRP, and what the
// driver lent to it.
//
// Threads: pure functions.

#pragma once

#include "gui/inspector/inspector_texts.h"

namespace recvscope::gui::inspector {

/// argumentsOf() of a WskReceive: returned, IoStatus.Status, Information, whose the IRP is, the pages.
[[nodiscard]] std::vector<Argument> kernelArgumentsOf(const trace::Story &story, const trace::ReceiveMoment &receive);

/// inputsOf() of a WskReceive: socket, WSK_BUF, flags, IRQL, when.
[[nodiscard]] std::vector<Input> kernelInputsOf(const trace::Story &story, const trace::SocketMoment &socket,
                                                const trace::ReceiveMoment &receive);

/// The call as a driver writes it, and its completion routine.
[[nodiscard]] QString kernelCode(const QString &socket, const trace::ReceiveMoment &receive);

} // namespace recvscope::gui::inspector
