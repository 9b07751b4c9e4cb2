// The reader of each verb, by families; each file of them knows one.

#pragma once

#include "scenario/reading.h"
#include "scenario/steps.h"

namespace recvscope::scenario {

// read_tell.cpp
[[nodiscard]] Action readSay(Reading &reading, const Node &arguments);
[[nodiscard]] Action readPredict(Reading &reading, const Node &arguments);

// read_peer.cpp
[[nodiscard]] Action readPeerSend(Reading &reading, const Node &arguments);
[[nodiscard]] Action readPeerShutdown(Reading &reading, const Node &arguments);
[[nodiscard]] Action readPeerSendOob(Reading &reading, const Node &arguments);
[[nodiscard]] Action readPeerReset(Reading &reading, const Node &arguments);
[[nodiscard]] Action readPeerClose(Reading &reading, const Node &arguments);
[[nodiscard]] Action readPeerLink(Reading &reading, const Node &arguments);

// read_wsp.cpp
[[nodiscard]] Action readWspRecv(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspResult(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspShutdown(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspClose(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspCancelBlocking(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspSend(Reading &reading, const Node &arguments);

// read_threads.cpp
[[nodiscard]] Action readWspAlertableWait(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspWaitEvent(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWspQueueApc(Reading &reading, const Node &arguments);
[[nodiscard]] Action readOverlappedFree(Reading &reading, const Node &arguments);
[[nodiscard]] Action readScribble(Reading &reading, const Node &arguments);
[[nodiscard]] Action readThread(Reading &reading, const Node &arguments);

// read_cause.cpp
[[nodiscard]] Action readWait(Reading &reading, const Node &arguments);
[[nodiscard]] Action readExpect(Reading &reading, const Node &arguments);
[[nodiscard]] Action readBarrier(Reading &reading, const Node &arguments);
[[nodiscard]] Action readAssume(Reading &reading, const Node &arguments);

// read_socket.cpp
[[nodiscard]] Action readSocketBind(Reading &reading, const Node &arguments);
[[nodiscard]] Action readSocketListen(Reading &reading, const Node &arguments);
[[nodiscard]] Action readSocketConnect(Reading &reading, const Node &arguments);
[[nodiscard]] Action readSocketAccept(Reading &reading, const Node &arguments);
[[nodiscard]] Action readSocketSendTo(Reading &reading, const Node &arguments);
[[nodiscard]] Action readSocketJoin(Reading &reading, const Node &arguments);

// read_wsk.cpp
[[nodiscard]] Action readWskReceive(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskSend(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskConnect(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskSocketConnect(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskAccept(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskCancel(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskEvent(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskRelease(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskDisconnect(Reading &reading, const Node &arguments);
[[nodiscard]] Action readWskClose(Reading &reading, const Node &arguments);
[[nodiscard]] Action readMdlUnlock(Reading &reading, const Node &arguments);
[[nodiscard]] Action readMdlFree(Reading &reading, const Node &arguments);
[[nodiscard]] Action readIrpTouch(Reading &reading, const Node &arguments);
[[nodiscard]] Action readIrpReuse(Reading &reading, const Node &arguments);

// read_beside.cpp
[[nodiscard]] Action readNativeRecv(Reading &reading, const Node &arguments);
[[nodiscard]] Action readFault(Reading &reading, const Node &arguments);
[[nodiscard]] Action readProvoke(Reading &reading, const Node &arguments);

/// The list under `steps:`. Verbs of later versions are checked word by word and refused as such. read_steps.cpp
[[nodiscard]] std::vector<Step> readSteps(Reading &reading, const Node &list);

/// The calls that stand under a word of a step (on-complete, blocking-hook, do), all of the interface whose verbs begin
/// with @p family ("wsp."). read_steps.cpp
[[nodiscard]] std::vector<Step> readCallsWithin(Reading &reading, const Node &list, std::string_view family);

/// The switches, or a preset's name alone. read_policy.cpp
[[nodiscard]] PolicyChoices readPolicy(Reading &reading, const Node &node);
/// The mapping under `sockets:`. read_declarations.cpp
void readSockets(Reading &reading, const Node &node, std::vector<SocketDeclaration> &sockets);

/// Everything outside the steps. read_header.cpp
void readHeader(Reading &reading, const Node &root, Scenario &scenario);

} // namespace recvscope::scenario
