// A byte stream over a transport of messages (XP1_PSEUDO_STREAM, or a profile without XP1_MESSAGE_ORIENTED): reads
// across their borders, and keeps what a receive left of one.

#include "engine/transport_of.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

namespace recvscope::engine {

namespace {

using net::Received;

constexpr std::size_t firstRoom = 64U * 1024; ///< the largest datagram fits
constexpr std::size_t mostRoom = 16U << 20;

class StreamOverMessages final : public Transport {
public:
    explicit StreamOverMessages(std::unique_ptr<Transport> below) : m_below(std::move(below)) {}

    Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                 TakeOptions options) override
    {
        Attempt attempt;
        const Attempt last = readOn(socket, std::max<std::uint64_t>(room, 1), options.wait, attempt);
        if (kept() == 0) {
            attempt.answer = last.answer;
            if (last.answer.kind == Received::Kind::Failed)
                attempt.part = last.part;
            m_end.reset(); // told now; what is an end to remember, the queue remembers
            return attempt;
        }
        const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(room, kept()));
        scatter(std::span(m_bytes).subspan(m_from, bytes), buffers);
        attempt.answer = {Received::Kind::Bytes, bytes};
        if (options.peek)
            return attempt;
        m_from += bytes;
        if (m_from == m_bytes.size()) {
            m_bytes.clear();
            m_from = 0;
            attempt.behind = std::exchange(m_behind, Ended::No);
        }
        return attempt;
    }

    void hearOnly(const net::Address &address) override { m_below->hearOnly(address); }

    [[nodiscard]] Held held() const override
    {
        const Held below = m_below->held();
        return {kept() + below.bytes, below.read};
    }
    [[nodiscard]] std::uint64_t inKernel(net::Socket &socket) const override { return m_below->inKernel(socket); }

private:
    [[nodiscard]] std::uint64_t kept() const { return m_bytes.size() - m_from; }

    /// Takes whole messages until there are enough bytes, or no more. @p seen counts what leaves no byte behind.
    Attempt readOn(net::Socket &socket, std::uint64_t enough, bool wait, Attempt &seen)
    {
        Attempt last = m_end.value_or(Attempt{});
        while (!m_end && m_behind == Ended::No && kept() < enough) {
            last = takeOne(socket, wait && kept() == 0);
            seen.foreign += last.foreign;
            seen.foreignBytes += last.foreignBytes;
            if (last.answer.kind == Received::Kind::Bytes) {
                if (last.answer.bytes == 0)
                    ++seen.empties;
                m_behind = last.behind;
                continue;
            }
            if (last.answer.kind == Received::Kind::End || last.answer.kind == Received::Kind::Failed)
                m_end = last; // it may be told once only: it waits until the bytes before it are taken
            break;
        }
        return last;
    }

    Attempt takeOne(net::Socket &socket, bool wait)
    {
        for (;;) {
            const std::size_t before = m_bytes.size();
            m_bytes.resize(before + m_room);
            const net::Slice rest{m_bytes.data() + before, m_room};
            const Attempt one = m_below->take(socket, {&rest, 1}, m_room, {.wait = wait, .parts = true});
            const bool tooLarge = one.part == MessagePart::Kept && m_room < mostRoom;
            m_bytes.resize(before + (tooLarge ? 0 : one.answer.bytes));
            if (!tooLarge)
                return one;
            m_room *= 2;
        }
    }

    const std::unique_ptr<Transport> m_below;
    std::vector<std::byte> m_bytes; ///< of messages that were taken out of the kernel
    std::size_t m_from = 0;         ///< where the receives have come to in it
    std::size_t m_room = firstRoom; ///< for the next message
    std::optional<Attempt> m_end;
    Ended m_behind = Ended::No; ///< told once with the bytes before it, for which it waits
};

} // namespace

std::unique_ptr<Transport> makeStreamOverMessages(std::unique_ptr<Transport> below)
{
    return std::make_unique<StreamOverMessages>(std::move(below));
}

} // namespace recvscope::engine
