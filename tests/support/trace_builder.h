// Writes a trace by hand, event by event, with the times a test wants: for everything that is a function of a trace.
//
//     TraceBuilder trace;
//     trace.opened(s);
//     trace.at(1000).called(r1, s, {8, 8}, CallOverlapped);
//     trace.at(2000).on(peer).sent(s, "hello");
//     Story story(trace.snapshot());

#pragma once

#include "trace/store.h"

#include <cstring>
#include <initializer_list>
#include <map>
#include <string_view>
#include <utility>

namespace recvscope::test {

class TraceBuilder {
public:
    /// The time of what follows.
    TraceBuilder &at(Nanoseconds time) { return m_time = time, *this; }
    /// Lets time pass; each event takes a nanosecond by itself.
    TraceBuilder &after(Nanoseconds gap) { return m_time += gap, *this; }
    /// The track of what follows; 0 at first.
    TraceBuilder &on(std::uint16_t track) { return m_track = track, *this; }
    TraceBuilder &step(std::uint16_t step) { return m_step = {step}, *this; }
    [[nodiscard]] Nanoseconds now() const { return m_time; }

    /// Records an event as it is, but for time, step and the socket's sequence where they are 0.
    trace::EventRef add(trace::Event event)
    {
        while (m_store.log()->trackCount() <= m_track)
            static_cast<void>(m_store.log()->addTrack());
        if (event.time == 0)
            event.time = m_time++;
        if (!event.step)
            event.step = m_step;
        if (event.socket && event.socketSequence == 0)
            event.socketSequence = ++m_sequences[event.socket];
        m_store.log()->append(m_track, {&event, 1});
        return {m_track, m_store.log()->track(m_track)->size() - 1};
    }
    trace::EventRef add(trace::EventType type, SocketId socket = {}, std::uint32_t a = 0, std::uint32_t b = 0,
                        OperationId operation = {}, RuleId rule = RuleId::None)
    {
        trace::Event event;
        event.type = type;
        event.socket = socket;
        event.operation = operation;
        event.a = a;
        event.b = b;
        event.rule = rule;
        return add(event);
    }

    trace::EventRef began(std::uint16_t number)
    {
        m_step = {number};
        return add(trace::EventType::StepBegan);
    }
    trace::EventRef opened(SocketId socket, std::string_view name = {}, std::uint32_t receiveBuffer = 0)
    {
        if (!name.empty())
            m_store.log()->socketNames.give(socket.value, name);
        return add(trace::EventType::SocketOpened, socket, 0, trace::packOpened(true, receiveBuffer));
    }
    trace::EventRef sent(SocketId socket, std::string_view text)
    {
        return add(trace::EventType::PeerSend, socket, static_cast<std::uint32_t>(text.size()), keep(text));
    }
    trace::EventRef sentUrgent(SocketId socket, char byte)
    {
        return add(trace::EventType::PeerSendOob, socket, 1, keep({&byte, 1}));
    }
    /// Whose the sends are that follow: number 0 the socket's own peer, else a further one with that name.
    trace::EventRef chosen(SocketId socket, std::uint32_t number, std::string_view name)
    {
        return add(trace::EventType::PeerChosen, socket, number, number == 0 ? trace::noPayload : keep(name));
    }
    trace::EventRef called(OperationId operation, SocketId socket, std::initializer_list<std::uint32_t> buffers,
                           std::uint16_t traits = 0, std::uint16_t flags = 0)
    {
        const trace::EventRef call = add(trace::EventType::Called, socket, static_cast<std::uint32_t>(buffers.size()),
                                         flags | static_cast<std::uint32_t>(traits) << 16, operation);
        std::uint32_t index = 0;
        for (const std::uint32_t size : buffers)
            add(trace::EventType::BufferGiven, socket, index++, size, operation);
        return call;
    }
    /// One kernel call that gave @p text, and where it was placed: pairs of buffer and bytes.
    trace::EventRef received(OperationId operation, SocketId socket, std::string_view text,
                             std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> placed)
    {
        const trace::EventRef copied = add(trace::EventType::KernelReceived, socket,
                                           static_cast<std::uint32_t>(text.size()), keep(text), operation);
        for (const auto &[buffer, bytes] : placed)
            add(trace::EventType::Placed, socket, buffer, bytes, operation);
        return copied;
    }
    trace::EventRef completed(OperationId operation, SocketId socket, std::uint32_t bytes,
                              Status status = Status::Success, std::uint16_t flags = 0, RuleId rule = RuleId::None)
    {
        return add(trace::EventType::Completed, socket, bytes, trace::packOutcome(status, flags), operation, rule);
    }
    trace::EventRef returned(OperationId operation, SocketId socket, std::uint32_t bytes,
                             Status status = Status::Success, std::uint16_t flags = 0, RuleId rule = RuleId::None)
    {
        return add(trace::EventType::Returned, socket, bytes, trace::packOutcome(status, flags), operation, rule);
    }
    trace::EventRef returnedPending(OperationId operation, SocketId socket, RuleId rule = RuleId::None)
    {
        return returned(operation, socket, trace::leftAlone, Status::WsaIoPending, trace::flagsLeftAlone, rule);
    }

    // -- WSK

    /// A WskReceive into a chain of descriptors of which all is asked for.
    trace::EventRef wskCalled(OperationId operation, SocketId socket, std::initializer_list<std::uint32_t> descriptors,
                              std::uint16_t flags = 0)
    {
        const trace::EventRef call =
            called(operation, socket, descriptors, trace::CallOverlapped | trace::CallWsk, flags);
        std::uint32_t length = 0;
        for (const std::uint32_t size : descriptors)
            length += size;
        add(trace::EventType::ChainGiven, socket, 0, length, operation);
        std::uint32_t index = 0;
        for (const std::uint32_t size : descriptors)
            add(trace::EventType::MdlGiven, socket, index++, size, operation);
        return call;
    }
    trace::EventRef wskPends(OperationId operation, SocketId socket, std::uint32_t ahead = 0)
    {
        add(trace::EventType::Queued, socket, ahead, 0, operation);
        return returned(operation, socket, trace::leftAlone, Status::NtPending, trace::flagsLeftAlone);
    }
    trace::EventRef irpCompleted(OperationId operation, SocketId socket, std::uint32_t information,
                                 Status status = Status::Success, RuleId rule = RuleId::None)
    {
        return add(trace::EventType::IrpCompleted, socket, information, trace::packOutcome(status, 0), operation, rule);
    }
    trace::EventRef drained(OperationId operation, SocketId socket, std::string_view text)
    {
        return add(trace::EventType::Discarded, socket, static_cast<std::uint32_t>(text.size()), keep(text), operation);
    }
    /// The receive event callback is called.
    trace::EventRef indicated(SocketId socket, std::string_view text)
    {
        return add(trace::EventType::IndicationBegan, socket, static_cast<std::uint32_t>(text.size()), keep(text));
    }
    trace::EventRef answered(SocketId socket, std::uint32_t bytes, Status status = Status::Success)
    {
        return add(trace::EventType::IndicationEnded, socket, bytes, trace::packOutcome(status, 0));
    }

    [[nodiscard]] trace::Snapshot snapshot() const { return m_store.snapshot(); }
    [[nodiscard]] trace::Store &store() { return m_store; }

private:
    [[nodiscard]] std::uint32_t keep(std::string_view text)
    {
        while (m_store.log()->trackCount() <= m_track)
            static_cast<void>(m_store.log()->addTrack());
        std::byte *bytes = nullptr;
        const std::uint32_t number = m_store.log()->track(m_track)->payload().make(
            static_cast<std::uint32_t>(text.size()), m_store.log()->memory(), bytes);
        if (bytes && !text.empty())
            std::memcpy(bytes, text.data(), text.size());
        return number;
    }

    trace::Store m_store;
    Nanoseconds m_time = 1;
    std::uint16_t m_track = 0;
    StepId m_step;
    std::map<SocketId, std::uint32_t> m_sequences;
};

} // namespace recvscope::test
