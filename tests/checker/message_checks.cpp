// wsp.message.*: one message a receive, whole or its first part; an unreliable protocol loses what does not fit, a
// reliable one keeps the message; an empty message is a message. Messages in parts have checks of their own.

#include "checks.h"
#include "hearing.h"

#include <algorithm>
#include <deque>
#include <string>

namespace recvscope::checker {

using trace::EventType;

namespace {

class Messages {
public:
    explicit Messages(const Case &it) : m_it(it) {}

    /// @param part more of the message follows
    void sent(std::string_view bytes, const std::string &from, bool part)
    {
        if (!m_begun)
            m_waiting.push_back({{}, from});
        m_waiting.back().bytes += bytes;
        m_begun = part;
    }
    /// The socket hears one sender alone from here on: what others had sent is no message of its any more.
    void keep(const Hearing &hearing)
    {
        m_others += std::erase_if(m_waiting, [&](const Message &each) { return !hearing.hears(each.from); });
    }
    void filtered(const Receive &receive, std::uint32_t count)
    {
        if (count > m_others)
            m_it.refuse("wsp.socket.connected-datagram-filter", receive,
                        "it threw away " + std::to_string(count) + " messages, and others had sent " +
                            std::to_string(m_others));
        m_others -= std::min<std::size_t>(m_others, count);
    }
    /// The first message that waits has not been sent to its end.
    [[nodiscard]] bool begunOnly() const { return m_begun && m_waiting.size() == 1; }

    void copied(const Receive &receive, const Told &told)
    {
        m_copied = true;
        if (m_waiting.empty())
            return m_it.refuse("wsp.message.one-per-receive", receive, "it got a message that nobody sent");
        if (told.bytes != std::string_view(m_waiting.front().bytes).substr(0, told.event.a))
            m_it.refuse(receive.has(flag::Peek) ? "wsp.flag.peek" : "wsp.message.one-per-receive", receive,
                        "it got other bytes than the next message begins with");
    }
    void lost(std::uint32_t bytes) { m_lost += bytes; }

    void completed(const Receive &receive, const trace::Event &event)
    {
        const Status status = trace::statusOf(event.b);
        const std::uint32_t lost = std::exchange(m_lost, 0);
        const bool copied = std::exchange(m_copied, false);
        if (status != Status::Success && status != Status::WsaEmsgsize) {
            if (copied)
                m_it.refuse("wsp.message.one-per-receive", receive, "it got a message and failed otherwise");
            return;
        }
        if (m_waiting.empty()) {
            if (!copied)
                m_it.refuse("wsp.message.zero-length", receive, "it completed with a message that nobody sent");
            return;
        }
        if (begunOnly())
            m_it.refuse("wsp.call.whole-message-unblocks", receive, "it completed with a message that is not complete");
        judge(receive, event, status, lost);
    }

    [[nodiscard]] bool allTaken() const { return m_waiting.empty(); }

private:
    void judge(const Receive &receive, const trace::Event &event, Status status, std::uint32_t lost)
    {
        const bool reliable = m_it.account.socket.reliable();
        const std::uint64_t size = m_waiting.front().bytes.size();
        const std::uint64_t fits = std::min(size, receive.room());
        const char *tooLarge = reliable ? "wsp.message.reliable-too-large" : "wsp.message.unreliable-too-large";
        if (event.a != fits)
            m_it.refuse(fits < size ? "wsp.message.too-large-fills" : "wsp.message.one-per-receive", receive,
                        "it got " + std::to_string(event.a) + " bytes of a message of " + std::to_string(size) +
                            " into room for " + std::to_string(receive.room()));
        if ((status == Status::WsaEmsgsize) != (fits < size))
            m_it.refuse(fits < size ? tooLarge : "wsp.message.one-per-receive", receive,
                        fits < size ? "the message did not fit, and nothing said so"
                                    : "the message fitted, and was told as too large");
        const bool takes = !receive.has(flag::Peek) && (fits == size || !reliable);
        if (lost != (takes ? size - fits : 0))
            m_it.refuse(takes                     ? tooLarge
                        : receive.has(flag::Peek) ? "wsp.flag.peek"
                                                  : tooLarge,
                        receive, std::to_string(lost) + " bytes of the message are told as lost");
        if (takes)
            m_waiting.pop_front();
    }

    struct Message {
        std::string bytes, from;
    };

    const Case &m_it;
    std::deque<Message> m_waiting;
    std::size_t m_others = 0; ///< messages of other senders, which lay there when the socket was connected
    std::uint32_t m_lost = 0; ///< by the receive that completes next
    bool m_copied = false;
    bool m_begun = false; ///< the last one goes on
};

} // namespace

void messages(const Case &it)
{
    if (it.account.socket.stream() || it.account.socket.inParts() || !it.account.id || it.account.socket.wsk())
        return;
    Messages messages(it);
    Hearing hearing(it.account.socket);
    bool part = false;
    for (const Told &told : it.account.events) {
        part = part || told.event.type == EventType::PeerSendsPart;
        if (hearing.pass(told))
            messages.keep(hearing);
        if (told.event.type == EventType::PeerSend && hearing.hears(hearing.sender()))
            messages.sent(told.bytes, hearing.sender(), std::exchange(part, false));
        const Receive *receive = it.account.receive(told.event.operation);
        if (receive == nullptr)
            continue;
        if (trace::copiesBytes(told.event.type))
            messages.copied(*receive, told);
        else if (told.event.type == EventType::MessagesFiltered)
            messages.filtered(*receive, told.event.a);
        else if (told.event.type == EventType::MessageLost)
            messages.lost(told.event.a);
        else if (told.event.type == EventType::Completed)
            messages.completed(*receive, told.event);
        const bool discon =
            (told.event.type == EventType::Completed || told.event.type == EventType::Refused) &&
            (told.event.type == EventType::Completed ? trace::statusOf(told.event.b)
                                                     : static_cast<Status>(told.event.a)) == Status::WsaEdiscon;
        if (discon && !messages.allTaken() && !messages.begunOnly())
            it.refuse("wsp.close.message-discon", *receive, "the end was told while messages were still to come");
    }
}

} // namespace recvscope::checker
