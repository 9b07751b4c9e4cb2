// wsk.flag.none, wsk.waitall.*, wsk.drain.*, wsk.close.graceful-zero: receives, drains and the callback share one
// stream. No byte is given twice, none is lost between them, and each of them ends when its rule says.

#include "checks.h"
#include "sent_stream.h"

namespace recvscope::checker {

using trace::EventType;

namespace {

class WskStream {
public:
    explicit WskStream(const Case &it) : m_it(it) {}

    void go()
    {
        for (std::size_t at = 0; at < m_it.account.events.size(); ++at)
            pass(at);
    }

private:
    void pass(std::size_t at)
    {
        const Told &told = m_it.account.events[at];
        const Receive *receive = m_it.account.receive(told.event.operation);
        switch (told.event.type) {
        case EventType::PeerSend:
            m_stream.sent(told.bytes);
            break;
        case EventType::PeerShutDown:
        case EventType::PeerClosed:
            m_finished = true;
            break;
        case EventType::KernelReceived:
            if (receive != nullptr && receive->drains())
                m_it.refuse("wsk.drain.discards", *receive, "a drain received data instead of throwing it away");
            taken(told, receive, "wsk.flag.none");
            break;
        case EventType::Discarded:
            if (receive == nullptr || !receive->drains())
                m_it.refuse("wsk.drain.discards", receive == nullptr ? Receive() : *receive,
                            "bytes were thrown away, and this is no drain");
            taken(told, receive, "wsk.drain.discards");
            break;
        case EventType::IndicationBegan:
            m_running = told.event.a != trace::leftAlone;
            m_indicated = told.bytes;
            if (m_running && (told.event.a == 0 || !m_stream.comesNext(told.bytes)))
                m_it.refuse("wsk.event.accept-part",
                            "the callback was called with other bytes than those that come next");
            break;
        case EventType::IndicationEnded:
            if (!m_running)
                break;
            m_running = false;
            if (told.event.a > m_indicated.size())
                m_it.refuse("wsk.event.accept-part", "the callback accepted more than it was called with");
            (void)m_stream.take(m_indicated.substr(0, told.event.a));
            break;
        case EventType::Completed:
            if (receive != nullptr)
                completed(*receive, at);
            break;
        default:
            break;
        }
    }

    void taken(const Told &told, const Receive *receive, std::string_view rule)
    {
        const Receive none;
        const Receive &who = receive == nullptr ? none : *receive;
        if (m_running)
            m_it.refuse("engine.indication.first", who, "it took bytes about which the callback was being asked");
        const std::size_t before = m_stream.taken();
        if (!m_stream.take(told.bytes))
            m_it.refuse(rule, who,
                        "these are not the bytes that come next, after " + std::to_string(before) + " taken");
    }

    void completed(const Receive &receive, std::size_t at)
    {
        const trace::Event &event = m_it.account.events[at].event;
        const Status status = trace::statusOf(event.b);
        const bool over = m_finished && m_stream.allTaken();
        const bool waitAll = receive.has(wskflag::WaitAll);
        if (receive.drains()) {
            if (event.a != 0)
                m_it.refuse("wsk.drain.discards", receive, "a drain completed with bytes");
            if (status == Status::Success && !over)
                m_it.refuse("wsk.drain.graceful", receive, "the drain ended, and the sender had not finished");
            return;
        }
        if (event.a > receive.length())
            m_it.refuse("wsk.buffer.mdl-chain", receive, "it got more than the length that was asked for");
        if (receive.length() == 0)
            return;
        const bool full = event.a == receive.length();
        if (waitAll && full && status != Status::Success)
            m_it.refuse("wsk.waitall.full", receive, "its buffer is full, and it did not succeed");
        if (waitAll && !full && status == Status::Success && !over)
            m_it.refuse("wsk.waitall.full", receive, "it completed before its buffer was full");
        if (!waitAll && event.a != 0 && status != Status::Success)
            m_it.refuse("wsk.flag.none", receive, "it has bytes, and did not succeed");
        if (!waitAll && event.a == 0 && status == Status::Success && !over)
            m_it.refuse("wsk.close.graceful-zero", receive,
                        m_finished ? "zero bytes into room, with bytes still to come"
                                   : "zero bytes into room, though the sender had not finished");
    }

    const Case &m_it;
    SentStream m_stream;
    bool m_finished = false;      ///< the peer
    bool m_running = false;       ///< the receive event callback, with data
    std::string_view m_indicated; ///< that it was called with
};

} // namespace

void wskBytes(const Case &it)
{
    if (it.account.id)
        WskStream(it).go();
}

} // namespace recvscope::checker
