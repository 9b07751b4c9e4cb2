// Writes what happens on one socket into the trace. Does nothing, at the price of a branch, when nothing is recorded.
//
// Teaching, each event has a stamp and a number of its own. Measuring, all that is written of one kernel crossing
// shares one stamp and takes its numbers at once: reading the clock and counting across threads are what recording
// costs.
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
    Journal(trace::Recorder *recorder, SocketId socket) : m_recorder(socket ? recorder : nullptr), m_socket(socket)
    {
        m_teaching = on() && m_recorder->settings().detail == trace::Detail::Teaching;
    }
    /// For a call that named no open socket.
    [[nodiscard]] static Journal withoutSocket(trace::Recorder *recorder)
    {
        Journal journal;
        journal.m_recorder = recorder;
        return journal;
    }

    [[nodiscard]] bool on() const { return m_recorder != nullptr; }
    [[nodiscard]] bool teaching() const { return m_teaching; }
    [[nodiscard]] bool measuring() const { return on() && !m_teaching; }

    /// What an event says beside its type.
    struct Words {
        RuleId rule = RuleId::None;
        std::uint32_t a = 0;
        std::uint32_t b = 0;
        trace::Provenance provenance = trace::Provenance::Modelled;
    };

    /// Several events of one receive, in order. Only when on().
    class Entry {
    public:
        /// @p events that will follow, exactly.
        Entry(const Journal &journal, OperationId operation, StepId step, std::uint32_t events);
        void write(trace::EventType type, Words words);
        [[nodiscard]] trace::Track &track() { return m_track; }

    private:
        trace::Recorder &m_recorder;
        trace::Track &m_track;
        trace::Event m_event; ///< what all of them share
        bool m_eachItsOwn;
    };

    void write(trace::EventType type, OperationId operation, StepId step, Words words) const
    {
        if (on())
            Entry(*this, operation, step, 1).write(type, words);
    }

    /// What a drain threw away.
    void drained(const Request &request, RuleId rule, std::span<const std::byte> bytes) const;
    /// The program is called with what has arrived: IndicationBegan, and one DescriptorGiven for each piece.
    /// @param piece bytes of a piece at most
    void indicated(std::span<const std::byte> bytes, std::size_t piece, RuleId rule,
                   trace::Provenance provenance) const;

    /// The program sends, and what.
    void sent(std::span<const std::byte> bytes, StepId step) const;

    /// How a call began.
    struct CallWords {
        RuleId rule = RuleId::None;
        RuleId bufferRule = RuleId::None;
        std::uint16_t flags = 0;
        std::uint16_t traits = 0;
    };
    /// Called, and one BufferGiven for each buffer.
    void called(const Request &request, const CallWords &words) const;

    /// What one kernel call put where.
    struct PlacedWords {
        std::span<const net::Slice> buffers;
        std::size_t bytes = 0;
        RuleId first = RuleId::None;
        RuleId further = RuleId::None;
        std::uint64_t filled = 0;  ///< bytes at the buffers' beginning that earlier kernel calls had filled
        bool kept = false;         ///< copied, and still there
        RuleId why = RuleId::None; ///< of a receive that goes on waiting
        bool modelled = false;     ///< the message's bounds are the engine's, not the kernel's
    };
    /// KernelReceived (KernelCopied when it is still there) with the payload, and one Placed for each buffer touched.
    void received(OperationId operation, StepId step, const PlacedWords &words) const;

    /// What follows bytes: Completed, and EventSet and Returned unless their pointers are null.
    struct EndWords {
        Words completed;
        const Words *eventSet = nullptr;
        const Words *returned = nullptr;
    };
    /// Measuring: a receive that got bytes, with one stamp: Called and BufferGiven unless @p call is null,
    /// KernelReceived, Placed, and the end.
    void receipt(const Request &request, const CallWords *call, const PlacedWords &placed, const EndWords &end) const;

private:
    void writeCalled(Entry &entry, const Request &request, const CallWords &words) const;
    void writeReceived(Entry &entry, const PlacedWords &words) const;

    trace::Recorder *m_recorder = nullptr;
    SocketId m_socket;
    bool m_teaching = false;
};

} // namespace recvscope::engine
