// Writes what happens on one socket into the trace. Does nothing, at the price of a branch, when nothing is recorded.
//
// Threads: under the socket's lock, so that the order of the events is the order of the story.

#pragma once

#include "engine/face.h"
#include "engine/request.h"
#include "trace/recorder.h"

namespace recvscope::engine {

class Journal {
public:
    Journal() = default;
    /// Without a socket nothing is written.
    Journal(trace::Recorder *recorder, SocketId socket) : m_recorder(socket ? recorder : nullptr), m_socket(socket) {}
    /// For a call that named no open socket.
    [[nodiscard]] static Journal withoutSocket(trace::Recorder *recorder)
    {
        Journal journal;
        journal.m_recorder = recorder;
        return journal;
    }

    [[nodiscard]] bool on() const { return m_recorder != nullptr; }
    [[nodiscard]] bool teaching() const { return on() && m_recorder->settings().detail == trace::Detail::Teaching; }

    /// What an event says beside its type.
    struct Words {
        RuleId rule = RuleId::None;
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        trace::Provenance provenance = trace::Provenance::Modelled;
    };

    void write(trace::EventType type, OperationId operation, StepId step, Words words) const;

    /// Called, and one BufferGiven for each buffer.
    void called(const Request &request, RuleId rule, RuleId bufferRule, std::uint16_t flags,
                std::uint16_t traits) const;
    /// KernelReceived with the payload, and one Placed for each buffer touched.
    void received(OperationId operation, StepId step, std::span<const net::Slice> buffers, std::size_t bytes,
                  RuleId first, RuleId further) const;

private:
    trace::Recorder *m_recorder = nullptr;
    SocketId m_socket;
};

} // namespace recvscope::engine
