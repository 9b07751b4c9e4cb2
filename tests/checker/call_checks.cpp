// What a call may be given, and what it is told at once: buffers, flags, blocking, and the statuses of receives.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

namespace {

/// Several reasons may hold at once; which of them is told first is promised nowhere.
bool refusedForSomething(const Account &account, const Receive &receive)
{
    return receive.refused && account.statusAt(*receive.refused) != Status::WsaEwouldblock;
}

/// Did something of an earlier step lie there for the call, with nobody ahead of it?
bool lay(const Account &account, const Receive &receive)
{
    const bool waiting = std::any_of(account.receives.begin(), account.receives.end(), [&](const Receive &other) {
        return other.calledAt < receive.calledAt && (!other.decided() || *other.decided() > receive.calledAt);
    });
    return !waiting && account.layAt(receive.calledAt);
}

/// A datagram socket that has no address yet.
bool unbound(const Account &account, const Receive &receive)
{
    return account.socket.connectionless() && !account.socket.connected &&
           !account.before(receive.calledAt, EventType::SocketBound) &&
           !account.before(receive.calledAt, EventType::SocketConnected);
}

} // namespace

void arguments(const Case &it)
{
    for (const Receive &receive : it.account.receives) {
        if (!it.account.id) {
            if (!receive.refused || it.account.statusAt(*receive.refused) != Status::WsaEnotsock)
                it.refuse("wsp.socket.not-a-socket", receive, "a call on what is no socket must be refused");
            continue;
        }
        const Account &account = it.account;
        if (refusedForSomething(account, receive))
            continue;
        if (receive.sizes.empty())
            it.refuse("wsp.buffer.any-number", receive, "it has no buffer, and was not refused");
        if (it.setup.faulty.contains(receive.id))
            it.refuse("wsp.buffer.fault", receive, "a buffer lies in invalid memory, and it was not refused");
        if (receive.overlapped() && !account.socket.overlapped && !it.setup.policy.overlappedOnPlainSocketAllowed)
            it.refuse("wsp.socket.not-overlapped", receive, "the socket was not made for overlapped calls");
        if (unbound(account, receive))
            it.refuse("wsp.socket.unbound", receive, "the socket had no address, and it was not refused");
    }
}

void flagsAllowed(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        if (!account.id)
            continue;
        const bool stream = account.socket.stream();
        const bool expedited = account.socket.has(net::xp1::ExpeditedData);
        const bool sendOnly = account.socket.has(net::xp1::UniSend);
        const bool waitAllRefused =
            !stream || account.socket.nonblocking || receive.has(flag::Oob | flag::Peek | flag::Partial);
        const bool peekRefused = receive.overlapped() && !it.setup.policy.overlappedPeekAllowed;
        if (!refusedForSomething(account, receive)) {
            if (receive.has(flag::Peek) && peekRefused)
                it.refuse("wsp.flag.peek-nonoverlapped-only", receive, "an overlapped peek was not refused");
            if (receive.has(flag::Oob) && !stream)
                it.refuse("wsp.flag.oob-not-stream", receive, "there is no urgent data here, and it was not refused");
            if (receive.has(flag::Oob) && stream && !expedited)
                it.refuse("wsp.flag.oob-no-such-domain", receive, "the protocol has no urgent data, and says nothing");
            if (receive.has(flag::Oob) && account.socket.oobInline)
                it.refuse("wsp.socket.options-and-flags", receive,
                          "urgent bytes stand in line, and asking for them apart was not refused");
            if (sendOnly)
                it.refuse("wsp.flag.send-only-socket", receive, "the socket only sends, and it was not refused");
            if (receive.has(flag::WaitAll) && waitAllRefused)
                it.refuse("wsp.flag.waitall-refused", receive, "MSG_WAITALL was not refused");
            const bool named = std::any_of(receive.events.begin(), receive.events.end(), [&](std::size_t at) {
                return account.events[at].event.type == EventType::Diagnostic &&
                       ruleOf(account.events[at].event.rule).name == "wsp.flag.partial-on-stream";
            });
            if (receive.has(flag::Partial) && stream && !named)
                it.refuse("wsp.flag.partial-on-stream", receive, "MSG_PARTIAL on a byte stream was not named");
        }
        const Status status = receive.refused ? account.statusAt(*receive.refused) : Status::Success;
        const bool overlappedOnPlain = receive.overlapped() && !account.socket.overlapped;
        const bool reason =
            receive.has(flag::Partial | flag::Oob | flag::WaitAll | flag::Peek) ||
            (receive.flags & ~(flag::Partial | flag::Oob | flag::WaitAll | flag::Peek | flag::PushImmediate)) != 0;
        if (status == Status::WsaEopnotsupp && sendOnly)
            continue;
        if (status == Status::WsaEopnotsupp && !reason)
            it.refuse("wsp.flag.oob-not-stream", receive, "WSAEOPNOTSUPP, though it asked for nothing unusual");
        if (status == Status::WsaEopnotsupp && receive.flags == flag::Peek && !peekRefused)
            it.refuse("wsp.flag.peek", receive, "a nonoverlapped peek was refused");
        if (status == Status::WsaEopnotsupp && receive.flags == flag::WaitAll && !waitAllRefused)
            it.refuse("wsp.flag.waitall", receive, "MSG_WAITALL on a blocking byte stream was refused");
        if (status == Status::WsaEopnotsupp && receive.flags == flag::Partial && account.socket.inParts())
            it.refuse("wsp.message.partial-input", receive, "messages come in parts here, and the flag was refused");
        const bool inLine = receive.has(flag::Oob) && account.socket.oobInline;
        if (status == Status::WsaEinval && !receive.sizes.empty() && !overlappedOnPlain && !inLine &&
            !unbound(account, receive))
            it.refuse("wsp.buffer.any-number", receive, "WSAEINVAL, though its arguments are valid");
        if (status == Status::WsaEfault && !it.setup.faulty.contains(receive.id))
            it.refuse("wsp.buffer.fault", receive, "WSAEFAULT, though its buffers are valid");
    }
}

void blocking(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const bool blocked = account.count(receive, EventType::Blocked) != 0;
        if (blocked && receive.overlapped())
            it.refuse("wsp.complete.pending", receive, "an overlapped call blocked its thread");
        if (blocked && account.socket.nonblocking)
            it.refuse("wsp.call.would-block", receive, "a call on a nonblocking socket blocked its thread");
        const bool wouldBlock = receive.refused && account.statusAt(*receive.refused) == Status::WsaEwouldblock;
        if (!receive.overlapped() && !receive.has(flag::Oob) && lay(account, receive) && (wouldBlock || blocked) &&
            receive.room() != 0 && !receive.has(flag::WaitAll))
            it.refuse("wsp.call.buffered-data-returned", receive, "data had arrived, and it was not returned");
        // An urgent byte that is not there is said at once, by whatever call.
        if (wouldBlock && !receive.overlapped() && !account.socket.nonblocking && !receive.has(flag::Oob))
            it.refuse("wsp.call.blocks-until-data", receive, "a blocking call was told that it would block");
    }
}

void statuses(const Case &it)
{
    const Account &account = it.account;
    for (const Receive &receive : account.receives) {
        const std::optional<std::size_t> at = receive.decided();
        if (!at)
            continue;
        const Status status = account.statusAt(*at);
        const std::string name(nameOf(status));
        if (familyOf(status) == StatusFamily::Nt || status == Status::WsaIoPending || status == Status::WsaIoIncomplete)
            it.refuse("wsp.complete.error-return", receive, name + " is no outcome of a receive");
        if (status == Status::WsaEmsgsize && account.socket.stream())
            it.refuse("wsp.stream.fills-until", receive, "WSAEMSGSIZE on a byte stream");
        if (status == Status::WsaEmsgsize && account.socket.inParts())
            it.refuse("wsp.message.partial-output", receive, "WSAEMSGSIZE, though the rest could have followed");
        if (receive.refused && status == Status::Success)
            it.refuse("wsp.complete.error-return", receive, "it was refused with 0");
        if (status == Status::WsaEnotconn)
            it.refuse("wsp.socket.not-connected", receive, "WSAENOTCONN on a connected socket");
        if (receive.completed) {
            const std::uint16_t flags = trace::flagsOf(account.events[*receive.completed].event.b);
            const int settable = receive.flags | (account.socket.inParts() ? flag::Partial : 0);
            if (flags != trace::flagsLeftAlone && (flags & ~settable) != 0)
                it.refuse("wsp.complete.immediate", receive, "it came back with flags that nothing here can set");
            if (account.events[*receive.completed].event.a > receive.room())
                it.refuse("wsp.buffer.in-order", receive, "it got more bytes than its buffers hold");
        }
    }
}

} // namespace recvscope::checker
