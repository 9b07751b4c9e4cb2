#include "long_trace.h"

#include <array>
#include <random>
#include <vector>

namespace recvscope::benchmarks {

namespace {

using trace::Event;
using trace::EventType;

constexpr std::uint16_t sockets = 6;
constexpr std::uint32_t bufferSize = 64;

/// Collects events and hands them to the log in batches, as a recorder does.
class Writer {
public:
    explicit Writer(trace::Store &store) : m_log(*store.log()), m_track(m_log.addTrack()) {}
    ~Writer() { m_log.append(m_track, m_batch); }
    Writer(const Writer &) = delete;
    Writer &operator=(const Writer &) = delete;

    void pass(Nanoseconds time) { m_now += time; }

    void add(std::uint16_t socket, EventType type, std::uint32_t operation, std::uint32_t a, std::uint32_t b)
    {
        m_batch.push_back({.time = m_now,
                           .operation = OperationId{operation},
                           .socketSequence = ++m_sequences[socket],
                           .socket = SocketId{socket},
                           .step = {},
                           .type = type,
                           .provenance = trace::Provenance::Measured,
                           .rule = RuleId::None,
                           .a = a,
                           .b = b});
        ++m_count;
        if (m_batch.size() == 4096) {
            m_log.append(m_track, m_batch);
            m_batch.clear();
        }
    }

    [[nodiscard]] std::uint64_t count() const { return m_count; }

private:
    trace::Log &m_log;
    std::size_t m_track;
    std::vector<Event> m_batch;
    std::array<std::uint32_t, sockets + 1> m_sequences{};
    Nanoseconds m_now = 1000;
    std::uint64_t m_count = 0;
};

} // namespace

void writeLongTrace(trace::Store &store, std::uint64_t events)
{
    using enum EventType;
    std::mt19937 random(3);
    Writer writer(store);
    const std::uint32_t done = trace::packOutcome(Status::Success, 0);
    for (std::uint32_t operation = 1; writer.count() < events; ++operation) {
        const auto socket = static_cast<std::uint16_t>(1 + random() % sockets);
        const std::uint32_t bytes = 1 + random() % bufferSize;
        const bool waits = random() % 5 == 0;
        writer.pass(random() % 40 == 0 ? 20'000 + random() % 80'000 : 300 + random() % 900);
        if (!waits)
            writer.add(socket, PeerSend, 0, bytes, trace::noPayload);
        writer.pass(200);
        writer.add(socket, Called, operation, 1, std::uint32_t{trace::CallOverlapped} << 16);
        writer.add(socket, BufferGiven, operation, 0, bufferSize);
        if (waits) {
            writer.add(socket, Queued, operation, 0, 0);
            writer.add(socket, Returned, operation, trace::leftAlone,
                       trace::packOutcome(Status::WsaIoPending, trace::flagsLeftAlone));
            writer.pass(1000 + random() % 5000);
            writer.add(socket, PeerSend, 0, bytes, trace::noPayload);
            writer.pass(500);
        }
        writer.add(socket, KernelReceived, operation, bytes, trace::noPayload);
        writer.add(socket, Placed, operation, 0, bytes);
        writer.add(socket, Completed, operation, bytes, done);
        if (!waits)
            writer.add(socket, Returned, operation, bytes, done);
    }
}

} // namespace recvscope::benchmarks
