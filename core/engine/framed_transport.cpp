// Messages as records over TCP (net/record.h). The engine keeps their bounds, which the kernel does not know: it reads
// ahead as far as the message at the head ends, and never further, so that TCP slows the peer down as ever.

#include "engine/transport_of.h"
#include "net/record.h"

#include <algorithm>
#include <array>
#include <vector>

namespace recvscope::engine {

namespace {

using net::Received;
using net::RecordHeader;

/// Bytes of one message that are kept while the rest is awaited. A peer that sends more without an end is cut off.
constexpr std::size_t mostHeld = 64U << 20;
constexpr std::size_t readStep = 64U * 1024; ///< memory grows with what arrives, never with what a header announces
constexpr std::size_t mostLookedAt = 1U << 20;

class FramedTransport final : public Transport {
public:
    explicit FramedTransport(bool parts) : m_parts(parts) {}

    Attempt take(net::Socket &socket, std::span<const net::Slice> buffers, std::uint64_t room,
                 TakeOptions options) override
    {
        Received last{Received::Kind::Empty};
        if (!m_whole && !m_lied)
            last = readOn(socket, options.wait && !(options.parts && held().bytes > 0));
        const bool partWillDo = options.parts && held().bytes > 0;
        if (m_whole || partWillDo) {
            Attempt attempt = handOver(buffers, room, options.peek);
            attempt.behind = endedBy(last);
            if (last.kind == Received::Kind::End)
                attempt.behind = Ended::No; // it stays there to be seen, and may yet tear the message
            return attempt;
        }
        return notWhole(last);
    }

    [[nodiscard]] Held held() const override { return {m_message.size() - m_handed, m_read}; }

    [[nodiscard]] std::uint64_t inKernel(net::Socket &socket) const override
    {
        std::vector<std::byte> seen(std::min(socket.available(), mostLookedAt));
        const net::Slice all{seen.data(), seen.size()};
        const Received looked = seen.empty() ? Received{} : socket.receive({&all, 1}, {.peek = true});
        if (looked.kind != Received::Kind::Bytes)
            return 0;
        std::span<const std::byte> rest(seen.data(), looked.bytes);
        std::uint64_t bytes = 0;
        std::uint32_t left = m_left;
        auto header = m_header;
        std::size_t headerHas = m_headerHas;
        while (!rest.empty()) {
            const std::size_t own = std::min<std::size_t>(left, rest.size());
            bytes += own;
            left -= static_cast<std::uint32_t>(own);
            rest = rest.subspan(own);
            if (left > 0)
                break;
            if (own > 0)
                headerHas = 0;
            const std::size_t more = std::min(RecordHeader::size - headerHas, rest.size());
            std::copy_n(rest.begin(), more, header.begin() + static_cast<std::ptrdiff_t>(headerHas));
            headerHas += more;
            rest = rest.subspan(more);
            if (headerHas < RecordHeader::size)
                break;
            headerHas = 0;
            const auto said = net::decoded(header);
            if (!said)
                break;
            left = said->length;
        }
        return bytes;
    }

private:
    /// Reads until the message at the head is whole, or nothing more is there. Waits for its first bytes only: what a
    /// blocked call has got is known to others once it is back under the lock.
    Received readOn(net::Socket &socket, bool wait)
    {
        while (!m_whole) {
            if (m_left == 0 && m_inRecord) {
                m_inRecord = false;
                m_headerHas = 0;
                m_whole = !m_more;
                continue;
            }
            const Received got = m_inRecord ? readBytes(socket, wait) : readHeader(socket, wait);
            if (m_lied || got.kind != Received::Kind::Bytes)
                return got;
            m_read += got.bytes;
            wait = false;
        }
        return {Received::Kind::Empty};
    }

    Received readHeader(net::Socket &socket, bool wait)
    {
        const net::Slice rest{m_header.data() + m_headerHas, RecordHeader::size - m_headerHas};
        const Received got = socket.receive({&rest, 1}, {.wait = wait});
        if (got.kind != Received::Kind::Bytes)
            return got;
        m_headerHas += got.bytes;
        if (m_headerHas < RecordHeader::size)
            return got;
        const auto header = net::decoded(m_header);
        m_lied = !header || m_message.size() + header->length > mostHeld;
        if (m_lied)
            return got;
        m_inRecord = true;
        m_left = header->length;
        m_more = header->more;
        return got;
    }

    Received readBytes(net::Socket &socket, bool wait)
    {
        const std::size_t before = m_message.size();
        m_message.resize(before + std::min<std::size_t>(m_left, readStep));
        const net::Slice rest{m_message.data() + before, m_message.size() - before};
        const Received got = socket.receive({&rest, 1}, {.wait = wait});
        const std::size_t bytes = got.kind == Received::Kind::Bytes ? got.bytes : 0;
        m_message.resize(before + bytes);
        m_left -= static_cast<std::uint32_t>(bytes);
        return got;
    }

    Attempt handOver(std::span<const net::Slice> buffers, std::uint64_t room, bool peek)
    {
        const std::span<const std::byte> rest = std::span(m_message).subspan(m_handed);
        const auto bytes = static_cast<std::size_t>(std::min<std::uint64_t>(room, rest.size()));
        scatter(rest.first(bytes), buffers);
        Attempt attempt{{Received::Kind::Bytes, bytes}};
        const bool ends = m_whole && bytes == rest.size();
        if (ends)
            attempt.part = m_begun ? MessagePart::Ended : MessagePart::Whole;
        else if (!m_whole)
            attempt.part = MessagePart::Came;
        else
            attempt.part = m_parts ? MessagePart::Begun : MessagePart::Kept;
        if (peek || attempt.part == MessagePart::Kept)
            return attempt;
        m_handed += bytes;
        m_begun = !ends;
        m_whole = m_whole && !ends;
        if (m_handed == m_message.size()) {
            m_message.clear();
            m_handed = 0;
        }
        return attempt;
    }

    /// There is nothing to hand over, and why.
    Attempt notWhole(const Received &last)
    {
        const bool some = m_begun || m_inRecord || m_headerHas > 0 || !m_message.empty();
        Attempt attempt{last};
        if (m_lied) {
            attempt.answer = {Received::Kind::Failed};
            attempt.part = MessagePart::Lied;
        } else if (last.kind == Received::Kind::End && some) {
            attempt.answer = {Received::Kind::Failed};
            attempt.part = MessagePart::Torn;
        } else if (last.kind == Received::Kind::Empty && held().bytes > 0) {
            attempt.part = MessagePart::Arriving;
        }
        return attempt;
    }

    const bool m_parts;
    std::array<std::byte, RecordHeader::size> m_header{};
    std::size_t m_headerHas = 0;
    std::uint32_t m_left = 0; ///< bytes of the record that are not read yet
    bool m_inRecord = false;  ///< its header is read
    bool m_more = false;      ///< it is a part
    bool m_lied = false;
    std::vector<std::byte> m_message; ///< what was read of the message at the head
    std::size_t m_handed = 0;         ///< bytes of it that receives have taken
    bool m_whole = false;             ///< all of it is there
    bool m_begun = false;             ///< an earlier receive took a part of it
    std::uint64_t m_read = 0;
};

} // namespace

std::unique_ptr<Transport> makeFramedTransport(bool parts)
{
    return std::make_unique<FramedTransport>(parts);
}

} // namespace recvscope::engine
