// The calls of a scenario's application, as values the threads carry out.
//
// Threads: prepare on the runner's thread; make() on the application thread that calls.

#pragma once

#include "session/bench.h"

#include <memory>

namespace recvscope::session {

/// The call that a step makes, with its memory; not made yet.
[[nodiscard]] std::unique_ptr<Call> prepared(const scenario::WspRecv &step, Bench &bench, OperationId operation);
[[nodiscard]] std::unique_ptr<Call> prepared(const scenario::WspResult &step, Bench &bench);
[[nodiscard]] std::unique_ptr<Call> prepared(const scenario::WspShutdown &step);
[[nodiscard]] std::unique_ptr<Call> prepared(const scenario::WspClose &step);
[[nodiscard]] std::unique_ptr<Call> prepared(const scenario::WspSend &step);

/// Makes the call, blocking where it blocks, and writes down what it gave.
void make(const scenario::WspRecv &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket);
void make(const scenario::WspResult &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket);
void make(const scenario::WspShutdown &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket);
void make(const scenario::WspClose &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket);
void make(const scenario::WspSend &step, Call &call, wsp::Provider &provider, wsp::SocketHandle socket);

} // namespace recvscope::session
