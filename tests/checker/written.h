// A trace of one socket written by hand, with the rules that real ones name, and what the checker says of it.
//
//     Written it(net::SocketKind::Tcp);
//     it.sent("hello");
//     it.immediate(r1, {8}, "hello", {{0, 5}});
//     EXPECT_THAT(it, accepted());

#pragma once

#include "checker.h"

#include "trace_builder.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace recvscope::checker {

inline constexpr OperationId r1{1}, r2{2}, r3{3};

class Written {
public:
    using Places = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

    explicit Written(net::SocketKind kind = net::SocketKind::Tcp, bool nonblocking = false)
    {
        m_setup.sockets[s] = {kind, true, nonblocking, std::nullopt, false, true, {}};
        then([](test::TraceBuilder &trace) { trace.opened(s, "s"); });
    }

    static constexpr SocketId s{1};
    static constexpr std::uint16_t overlapped = trace::CallOverlapped;
    static constexpr std::uint16_t withEvent = trace::CallOverlapped | trace::CallHasEvent;

    /// Writes on; the trace is written anew for each question, so that a copy can go on in its own way.
    void then(std::function<void(test::TraceBuilder &)> write) { m_lines.push_back(std::move(write)); }

    void tell(trace::EventType type, OperationId operation = {}, std::uint32_t a = 0, std::uint32_t b = 0,
              RuleId rule = RuleId::EngineErrorSystem)
    {
        then([=](test::TraceBuilder &trace) { trace.add(type, s, a, b, operation, rule); });
    }
    void sent(std::string text)
    {
        then([=](test::TraceBuilder &trace) { trace.sent(s, text); });
    }
    void sentUrgent(char byte)
    {
        then([=](test::TraceBuilder &trace) { trace.sentUrgent(s, byte); });
    }
    void call(OperationId operation, const std::vector<std::uint32_t> &sizes, std::uint16_t traits = 0,
              std::uint16_t flags = 0)
    {
        tell(trace::EventType::Called, operation, static_cast<std::uint32_t>(sizes.size()),
             flags | static_cast<std::uint32_t>(traits) << 16);
        std::uint32_t index = 0;
        for (const std::uint32_t size : sizes)
            tell(trace::EventType::BufferGiven, operation, index++, size);
    }
    void pending(OperationId operation)
    {
        tell(trace::EventType::Returned, operation, trace::leftAlone,
             trace::packOutcome(Status::WsaIoPending, trace::flagsLeftAlone));
    }
    void kernel(OperationId operation, std::string text, const Places &places)
    {
        then([=](test::TraceBuilder &trace) { trace.received(operation, s, text, {}); });
        for (const auto &[buffer, bytes] : places)
            tell(trace::EventType::Placed, operation, buffer, bytes);
    }
    void completed(OperationId operation, std::uint32_t bytes, Status status = Status::Success,
                   RuleId rule = RuleId::EngineErrorSystem, std::uint16_t flags = 0)
    {
        tell(trace::EventType::Completed, operation, bytes, trace::packOutcome(status, flags), rule);
    }
    void returned(OperationId operation, std::uint32_t bytes, Status status = Status::Success, std::uint16_t flags = 0)
    {
        const bool failed = status != Status::Success;
        tell(trace::EventType::Returned, operation, failed ? trace::leftAlone : bytes,
             trace::packOutcome(status, failed ? trace::flagsLeftAlone : flags));
    }
    void eventSet(OperationId operation)
    {
        tell(trace::EventType::EventSet, operation, 0, 0, RuleId::WspIndicateEvent);
    }
    /// Called, refused and returned.
    void refused(OperationId operation, const std::vector<std::uint32_t> &sizes, Status status,
                 std::uint16_t traits = 0, std::uint16_t flags = 0, RuleId rule = RuleId::EngineErrorSystem)
    {
        call(operation, sizes, traits, flags);
        tell(trace::EventType::Refused, operation, static_cast<std::uint32_t>(status), 0, rule);
        returned(operation, 0, status);
    }
    /// Called, filled with what the kernel gave, completed and returned.
    void immediate(OperationId operation, const std::vector<std::uint32_t> &sizes, const std::string &text,
                   const Places &places, std::uint16_t traits = 0, std::uint16_t flags = 0)
    {
        call(operation, sizes, traits, flags);
        if (!text.empty())
            kernel(operation, text, places);
        completed(operation, static_cast<std::uint32_t>(text.size()));
        if ((traits & trace::CallHasEvent) != 0)
            eventSet(operation);
        returned(operation, static_cast<std::uint32_t>(text.size()));
    }
    void peerFinished() { tell(trace::EventType::PeerShutDown); }
    void closed() { tell(trace::EventType::SocketClosed); }

    [[nodiscard]] std::vector<Refusal> refusals() const
    {
        test::TraceBuilder trace;
        for (const auto &write : m_lines)
            write(trace);
        return refusalsOf(trace.snapshot(), m_setup);
    }

    Setup m_setup;

private:
    std::vector<std::function<void(test::TraceBuilder &)>> m_lines;
};

MATCHER(accepted, "is accepted")
{
    *result_listener << told(arg.refusals());
    return arg.refusals().empty();
}

MATCHER_P(refusedBy, rule, std::string("is refused by ") + rule)
{
    const std::vector<Refusal> refusals = arg.refusals();
    *result_listener << (refusals.empty() ? "it is accepted" : told(refusals));
    return std::any_of(refusals.begin(), refusals.end(), [&](const Refusal &each) { return each.rule == rule; });
}

} // namespace recvscope::checker
