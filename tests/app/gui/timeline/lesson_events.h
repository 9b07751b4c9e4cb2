// The events of a lesson like "What a pending return leaves alone", and of other small stories, made by hand.

#pragma once

#include "trace/event.h"

#include <vector>

namespace recvscope::test {

/// Collects events in order of time; every event of one socket, on one track.
class Told {
public:
    explicit Told(SocketId socket = SocketId{1}) : m_socket(socket) {}

    Told &at(double milliseconds)
    {
        m_time = static_cast<Nanoseconds>(milliseconds * 1e6);
        return *this;
    }
    Told &add(trace::EventType type, std::uint32_t operation, std::uint32_t a = 0, std::uint32_t b = 0,
              RuleId rule = RuleId::None)
    {
        m_events.push_back({.time = m_time,
                            .operation = OperationId{operation},
                            .socketSequence = ++m_sequence,
                            .socket = m_socket,
                            .step = StepId{1},
                            .type = type,
                            .provenance = trace::Provenance::Measured,
                            .rule = rule,
                            .a = a,
                            .b = b});
        m_time += 1000;
        return *this;
    }
    Told &call(std::uint32_t operation, const std::vector<std::uint32_t> &buffers, std::uint32_t flags = 0)
    {
        add(trace::EventType::Called, operation, static_cast<std::uint32_t>(buffers.size()),
            flags | std::uint32_t{trace::CallOverlapped} << 16);
        for (std::uint32_t i = 0; i < buffers.size(); ++i)
            add(trace::EventType::BufferGiven, operation, i, buffers[i]);
        return *this;
    }
    Told &pend(std::uint32_t operation, std::uint32_t ahead = 0)
    {
        add(trace::EventType::KernelEmpty, operation);
        add(trace::EventType::Queued, operation, ahead);
        return add(trace::EventType::Returned, operation, trace::leftAlone,
                   trace::packOutcome(Status::WsaIoPending, trace::flagsLeftAlone));
    }
    Told &receive(std::uint32_t operation, std::uint32_t bytes)
    {
        add(trace::EventType::KernelReceived, operation, bytes, trace::noPayload);
        add(trace::EventType::Placed, operation, 0, bytes);
        return add(trace::EventType::Completed, operation, bytes, trace::packOutcome(Status::Success, 0));
    }
    Told &end(std::uint32_t operation)
    {
        add(trace::EventType::KernelEnd, operation);
        return add(trace::EventType::Completed, operation, 0, trace::packOutcome(Status::Success, 0));
    }
    Told &fail(std::uint32_t operation, Status status)
    {
        add(trace::EventType::KernelError, operation, static_cast<std::uint32_t>(status));
        return add(trace::EventType::Completed, operation, 0, trace::packOutcome(status, 0));
    }
    Told &send(std::uint32_t bytes) { return add(trace::EventType::PeerSend, 0, bytes, trace::noPayload); }

    [[nodiscard]] const std::vector<trace::Event> &events() const { return m_events; }

private:
    SocketId m_socket;
    Nanoseconds m_time = 0;
    std::uint32_t m_sequence = 0;
    std::vector<trace::Event> m_events;
};

/// r1 and r2 pend, the peer sends twice and half-closes, r3 sees the end.
inline std::vector<trace::Event> lesson17()
{
    using enum trace::EventType;
    return Told()
        .at(0.2)
        .add(SocketOpened, 0, 0, 1)
        .at(1.204)
        .call(1, {4, 16})
        .pend(1)
        .at(2.0)
        .call(2, {4, 16})
        .pend(2, 1)
        .at(3.1)
        .send(6)
        .at(3.409)
        .receive(1, 6)
        .at(5.0)
        .send(5)
        .at(5.32)
        .receive(2, 5)
        .at(5.7)
        .call(3, {8})
        .pend(3)
        .at(6.6)
        .add(PeerShutDown, 0)
        .at(6.75)
        .end(3)
        .at(7.9)
        .add(SocketClosed, 0)
        .events();
}

} // namespace recvscope::test
