// What a live session tells, as lines: for people, or as one JSON object a line.
//
// Threads: began() and ended() are the main thread's, the others the session's, which wait until it has begun.

#pragma once

#include "cli/invocation.h"
#include "session/live.h"

#include <latch>
#include <string>

namespace recvscope::cli {

/// Every line is written at once, so that a pipe's reader sees it as it happens.
class ListenOutput {
public:
    ListenOutput(const Invocation &invocation, bool json) : m_invocation(invocation), m_json(json) {}

    /// Where it listens, and how it receives.
    void began(const session::Live &live);
    void opened(const session::Connection &connection);
    void received(const session::LiveReceive &receive);
    void closed(const session::Connection &connection);
    /// All connections together.
    void ended(const session::Live &live);

private:
    void line(const std::string &text);

    const Invocation &m_invocation;
    const bool m_json;
    std::latch m_begun{1};
};

} // namespace recvscope::cli
