// What the writers of the steps share: values as text, and the arguments of the verbs of WskReceive's interface.

#pragma once

#include "scenario/flags.h"
#include "scenario/steps.h"

#include <string>

namespace recvscope::scenario {

[[nodiscard]] std::string dataText(const Data &data);
[[nodiscard]] std::string bufferText(const Buffer &buffer);
[[nodiscard]] std::string flagsText(std::uint32_t flags, FlagSet set);
/// The calls inside a step, as a list.
[[nodiscard]] std::string callsText(const std::vector<Step> &calls);

// write_wsk.cpp

[[nodiscard]] std::string arguments(const WskReceive &receive);
[[nodiscard]] std::string arguments(const WskSend &send);
[[nodiscard]] std::string arguments(const WskConnect &connect);
[[nodiscard]] std::string arguments(const WskSocketConnect &connect);
[[nodiscard]] std::string arguments(const WskAccept &accept);
[[nodiscard]] std::string arguments(const WskCancel &cancel);
[[nodiscard]] std::string arguments(const WskEvent &event);
[[nodiscard]] std::string arguments(const WskRelease &release);
[[nodiscard]] std::string arguments(const WskDisconnect &disconnect);
[[nodiscard]] std::string arguments(const WskClose &close);
[[nodiscard]] std::string arguments(const MdlUnlock &unlock);
[[nodiscard]] std::string arguments(const MdlFree &free);
[[nodiscard]] std::string arguments(const IrpTouch &touch);
[[nodiscard]] std::string arguments(const IrpReuse &reuse);
[[nodiscard]] std::string arguments(const NativeRecv &recv);
[[nodiscard]] std::string arguments(const Provoke &provoke);

[[nodiscard]] std::string indicatedText(const Indicated &indicated);
[[nodiscard]] std::string discardedText(const Discarded &discarded);
[[nodiscard]] std::string callsText(const Calls &calls);

} // namespace recvscope::scenario
