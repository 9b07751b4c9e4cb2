// wsp.message.partial-*: where messages may be received in parts, each receive gets what comes next of the one message
// that is its turn, and MSG_PARTIAL comes back as long as the message goes on; with it clear the message has ended.

#include "checks.h"

#include <algorithm>
#include <deque>
#include <map>
#include <string>
#include <utility>

namespace recvscope::checker {

using trace::EventType;

namespace {

class Parts {
public:
    explicit Parts(const Case &it) : m_it(it) {}

    void sent(std::string_view bytes, bool part)
    {
        if (m_messages.empty() || m_messages.back().ended)
            m_messages.emplace_back();
        m_messages.back().bytes += bytes;
        m_messages.back().ended = !part;
    }

    void copied(const Receive &receive, const Told &told)
    {
        const std::string_view rest = left();
        std::size_t &got = m_got[receive.id];
        if (m_messages.empty() || got > rest.size() || told.bytes != rest.substr(got, told.event.a) ||
            told.event.a > rest.size() - got)
            m_it.refuse(receive.has(flag::Peek) ? "wsp.flag.peek" : "wsp.message.one-per-receive", receive,
                        "it got other bytes than those that come next in its message");
        got += told.event.a;
    }

    void completed(const Receive &receive, const trace::Event &event)
    {
        const std::size_t got = m_got[receive.id];
        if (trace::statusOf(event.b) != Status::Success) {
            if (got != 0)
                m_it.refuse("wsp.message.one-per-receive", receive, "it got bytes of a message and failed");
            return;
        }
        if (m_messages.empty())
            return m_it.refuse("wsp.message.zero-length", receive, "it completed with a message that nobody sent");
        const bool ends = m_messages.front().ended && got >= left().size();
        judgeTold(receive, (trace::flagsOf(event.b) & flag::Partial) != 0, ends);
        judgeAmount(receive, got, ends);
        if (receive.has(flag::Peek))
            return;
        m_taken += got;
        if (!ends)
            return;
        m_messages.pop_front();
        m_taken = 0;
    }

    void endTold(const Receive &receive) const
    {
        if (!m_messages.empty() && m_messages.front().ended)
            m_it.refuse("wsp.close.message-discon", receive, "the end was told while messages were still to come");
    }

private:
    struct Message {
        std::string bytes;
        bool ended = false; ///< all of it was sent
    };

    /// What the receives have not taken yet of the message whose turn it is.
    [[nodiscard]] std::string_view left() const
    {
        return m_messages.empty() ? std::string_view()
                                  : std::string_view(m_messages.front().bytes)
                                        .substr(std::min(m_taken, m_messages.front().bytes.size()));
    }

    void judgeTold(const Receive &receive, bool partial, bool ends) const
    {
        if (partial && ends)
            m_it.refuse("wsp.message.partial-ends", receive, "its message ended, and MSG_PARTIAL says that it goes on");
        if (!partial && !ends)
            m_it.refuse("wsp.message.partial-output", receive, "its message goes on, and MSG_PARTIAL is clear");
    }

    void judgeAmount(const Receive &receive, std::size_t got, bool ends) const
    {
        if (ends || got >= receive.room())
            return;
        if (m_messages.front().ended && !receive.has(flag::Partial))
            m_it.refuse("wsp.message.too-large-fills", receive, "it left room, though its message goes on");
        else if (!receive.has(flag::Partial))
            m_it.refuse("wsp.call.whole-message-unblocks", receive,
                        "a part of a message completed it, and it had not asked for parts");
        else if (got == 0)
            m_it.refuse("wsp.message.partial-input", receive, "it completed with nothing of a message that goes on");
    }

    const Case &m_it;
    std::deque<Message> m_messages;
    std::size_t m_taken = 0; ///< of the first
    std::map<OperationId, std::size_t> m_got;
};

} // namespace

void messageParts(const Case &it)
{
    if (!it.account.socket.inParts() || !it.account.id)
        return;
    Parts parts(it);
    bool part = false;
    for (std::size_t at = 0; at < it.account.events.size(); ++at) {
        const Told &told = it.account.events[at];
        part = part || told.event.type == EventType::PeerSendsPart;
        if (told.event.type == EventType::PeerSend)
            parts.sent(told.bytes, std::exchange(part, false));
        const Receive *receive = it.account.receive(told.event.operation);
        if (receive == nullptr)
            continue;
        if (trace::copiesBytes(told.event.type))
            parts.copied(*receive, told);
        else if (told.event.type == EventType::Completed)
            parts.completed(*receive, told.event);
        if (receive->decided() == at && it.account.statusAt(at) == Status::WsaEdiscon)
            parts.endTold(*receive);
    }
}

} // namespace recvscope::checker
