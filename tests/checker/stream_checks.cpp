// What a byte stream's receives hold: exactly the bytes sent, in order; a peek sees what the next receive gets; the
// urgent byte comes beside them. And what ends a stream.

#include "checks.h"
#include "hearing.h"
#include "sent_stream.h"

namespace recvscope::checker {

using trace::EventType;

namespace {

/// Zero bytes into room: only after the peer's graceful end, and after every byte before it.
void judgeZero(const Case &it, const Receive &receive, const SentStream &stream, std::size_t at, bool finished)
{
    const trace::Event &completed = it.account.events[at].event;
    if (trace::statusOf(completed.b) != Status::Success || completed.a != 0 || receive.room() == 0 ||
        receive.has(flag::Oob))
        return;
    if (!finished)
        it.refuse("wsp.close.stream-zero-bytes", receive, "zero bytes into room, though the peer had not finished");
    else if (!stream.allTaken())
        it.refuse("wsp.close.stream-zero-bytes", receive, "zero bytes into room, with bytes still to come");
}

} // namespace

void streamBytes(const Case &it)
{
    if (!it.account.socket.stream() || !it.account.id || it.account.socket.wsk())
        return; // WSK's callback and drains take bytes too
    SentStream stream;
    Hearing hearing(it.account.socket);
    bool finished = false;
    for (std::size_t at = 0; at < it.account.events.size(); ++at) {
        const Told &told = it.account.events[at];
        const Receive *receive = it.account.receive(told.event.operation);
        (void)hearing.pass(told);
        switch (told.event.type) {
        case EventType::PeerSend:
            if (hearing.hears(hearing.sender()))
                stream.sent(told.bytes);
            break;
        case EventType::PeerSendOob:
            if (it.account.socket.oobInline)
                stream.sent(told.bytes);
            else
                stream.sentUrgent(told.bytes.empty() ? '\0' : told.bytes.front());
            break;
        case EventType::PeerShutDown:
        case EventType::PeerClosed:
            finished = !it.account.socket.connectionless(); // whose end would be told to nobody
            break;
        case EventType::KernelReceived:
        case EventType::KernelCopied:
            if (receive == nullptr || receive->has(flag::Oob))
                break;
            if (receive->has(flag::Peek)) {
                if (!stream.comesNext(told.bytes))
                    it.refuse("wsp.flag.peek", *receive, "it sees other bytes than those that come next");
            } else if (const std::size_t before = stream.taken(); !stream.take(told.bytes)) {
                it.refuse("wsp.stream.fills-until", *receive,
                          "these are not the bytes that come next, after " + std::to_string(before) + " taken");
            }
            break;
        case EventType::Completed:
            if (receive != nullptr)
                judgeZero(it, *receive, stream, at, finished);
            break;
        default:
            break;
        }
    }
}

void urgentByte(const Case &it)
{
    if (it.account.socket.oobInline)
        return; // it stands in the stream
    std::string sent;
    bool peeked = false;  // one was seen, and since then nothing was taken that could have passed it
    std::size_t from = 0; // those before it were fetched, or overtaken by one that was
    for (const Told &told : it.account.events) {
        if (told.event.type == EventType::PeerSendOob)
            sent += told.bytes;
        const Receive *receive = it.account.receive(told.event.operation);
        if (receive == nullptr)
            continue;
        if (told.event.type == EventType::Refused && receive->has(flag::Oob) && peeked && receive->room() != 0 &&
            !it.account.before(it.account.events.size(), EventType::PeerReset) &&
            static_cast<Status>(told.event.a) == Status::WsaEwouldblock &&
            ruleOf(told.event.rule).name == "wsp.flag.oob")
            it.refuse("wsp.flag.peek", *receive, "a peek had seen the urgent byte, and now there is none");
        if (!trace::copiesBytes(told.event.type))
            continue;
        peeked = receive->has(flag::Peek) && (peeked || receive->has(flag::Oob));
        if (!receive->has(flag::Oob))
            continue;
        const std::size_t found = told.bytes.size() == 1 ? sent.find(told.bytes, from) : std::string::npos;
        if (found == std::string::npos)
            it.refuse("wsp.flag.oob", *receive, "it got what is no urgent byte that was sent and not yet fetched");
        else if (!receive->has(flag::Peek))
            from = found + 1;
    }
    for (const Receive &receive : it.account.receives) {
        if (!receive.has(flag::Oob) || !receive.completed || receive.room() == 0)
            continue;
        const trace::Event &completed = it.account.events[*receive.completed].event;
        if (trace::statusOf(completed.b) == Status::Success && completed.a > 1)
            it.refuse("wsp.flag.oob", receive, "it got more than one urgent byte");
    }
}

void waitAll(const Case &it)
{
    for (const Receive &receive : it.account.receives) {
        if (!receive.has(flag::WaitAll) || !receive.completed)
            continue;
        const trace::Event &completed = it.account.events[*receive.completed].event;
        if (trace::statusOf(completed.b) != Status::Success || completed.a == receive.room())
            continue;
        const std::size_t at = *receive.completed;
        const bool ended = it.account.before(at, EventType::PeerShutDown) ||
                           it.account.before(at, EventType::PeerClosed) ||
                           it.account.before(at, EventType::PeerReset) || it.account.shutDownBefore(at) ||
                           it.account.cancelledBefore(receive, at) || it.account.endedBy(at).has_value();
        if (!ended)
            it.refuse("wsp.flag.waitall", receive,
                      "it completed with " + std::to_string(completed.a) + " of " + std::to_string(receive.room()) +
                          " bytes, though nothing had ended it");
    }
}

} // namespace recvscope::checker
