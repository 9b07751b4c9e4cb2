#include "gui/inspector/code_text.h"

#include "gui/inspector/kernel_texts.h"
#include "gui/words.h"
#include "net/kind.h"

#include <QStringList>

#include <algorithm>

namespace recvscope::gui::inspector {

using trace::ReceiveState;
using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t buffersWritten = 4;

struct Call {
    const trace::ReceiveMoment &receive;
    QString socket;
    bool overlapped = false;
    bool nonblocking = false;
    std::size_t buffers = 0;
    bool stream = true;

    /// What 0 bytes mean to a receive with success.
    [[nodiscard]] QString zero() const
    {
        const bool room = std::any_of(receive.buffers.begin(), receive.buffers.end(),
                                      [](const trace::BufferMoment &buffer) { return buffer.size > 0; });
        if (!stream)
            return u"an empty message"_s;
        return room ? u"the end"_s : u"there was no room"_s;
    }
};

/// A scenario's name where it can be an identifier, else s.
QString identifier(const std::string &name)
{
    const QString text = QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    const bool usable = !text.isEmpty() && !text.front().isDigit() &&
                        std::all_of(text.begin(), text.end(),
                                    [](QChar c) { return c == u'_' || (c.unicode() < 0x80 && c.isLetterOrNumber()); });
    return usable ? text : u"s"_s;
}

/// "{4, a}, {16, b}" in the order the structure has them.
QString bufferList(const trace::ReceiveMoment &receive, bool sizeFirst)
{
    QStringList parts;
    for (std::size_t i = 0; i < std::min(receive.buffers.size(), buffersWritten); ++i) {
        const QString name(QLatin1Char(static_cast<char>('a' + i)));
        const QString size = QString::number(receive.buffers[i].size);
        parts << (sizeFirst ? u"{%1, %2}"_s.arg(size, name) : u"{%1, %2}"_s.arg(name, size));
    }
    if (receive.buffers.size() > buffersWritten)
        parts << u"/* … */"_s;
    return parts.join(u", "_s);
}

QString outcomeComment(const trace::CallReturn &outcome)
{
    if (outcome.status != Status::Success)
        return u"// %1 (%2)"_s.arg(statusName(outcome.status), statusNumber(outcome.status));
    return u"// got = %1, flags = %2"_s.arg(outcome.bytes ? grouped(*outcome.bytes) : u"left alone"_s,
                                            outcome.flags ? receiveFlags(*outcome.flags) : u"left alone"_s);
}

const std::optional<trace::CallReturn> &outcomeOf(const trace::ReceiveMoment &receive)
{
    return receive.completed ? receive.completed : receive.returned;
}

bool hasRoutine(const trace::ReceiveMoment &receive)
{
    return (receive.traits & trace::CallHasRoutine) != 0;
}

QStringList winsockCall(const Call &call)
{
    const QString last = hasRoutine(call.receive) ? u"done"_s : u"NULL"_s;
    const QString second = u"    &flags, %1, %2);"_s.arg(call.overlapped ? u"&ov"_s : u"NULL"_s, last);
    return {u"int rc = WSARecv(%1, bufs, %2, &got,"_s.arg(call.socket).arg(call.buffers), second};
}

/// The routine alone tells of the completion, and it runs in an alertable wait.
QStringList winsockRoutine(const Call &call)
{
    const trace::ReceiveMoment &receive = call.receive;
    QStringList lines{u"WSAOVERLAPPED ov = {};"_s};
    lines << winsockCall(call);
    if (!receive.returned)
        return lines << u"// inside the call"_s;
    if (receive.returned->status != Status::Success && receive.returned->status != Status::WsaIoPending)
        return lines << u"// rc = SOCKET_ERROR, and the error"_s << outcomeComment(*receive.returned)
                     << u"// nothing was started: done never runs"_s;
    lines << u"// done() runs in the next"_s << u"// alertable wait of this thread:"_s << u"SleepEx(INFINITE, TRUE);"_s;
    if (receive.completed)
        lines << u"// done(error, got, &ov, flags):"_s << outcomeComment(*receive.completed);
    return lines;
}

QStringList winsockOverlapped(const Call &call)
{
    const trace::ReceiveMoment &receive = call.receive;
    if (hasRoutine(receive))
        return winsockRoutine(call);
    const bool event = (receive.traits & trace::CallHasEvent) != 0;
    QStringList lines{event ? u"WSAOVERLAPPED ov = {.hEvent = ev};"_s : u"WSAOVERLAPPED ov = {};"_s};
    lines << winsockCall(call);
    if (!receive.returned)
        return lines << u"// inside the call"_s;
    if (receive.returned->status == Status::Success)
        return lines << u"if (rc == 0)"_s << u"    use(bufs, got);"_s << outcomeComment(*receive.returned);
    if (receive.returned->status != Status::WsaIoPending)
        return lines << u"// rc = SOCKET_ERROR, and the error"_s << outcomeComment(*receive.returned)
                     << u"// nothing was started: do not wait"_s;
    lines << u"if (rc == SOCKET_ERROR &&"_s << u"    WSAGetLastError()"_s << u"      == WSA_IO_PENDING)"_s
          << (event ? u"  wait(ev); // got, flags: not yet"_s : u"  goOn(); // got, flags: not yet"_s);
    if (receive.completed)
        lines << u"WSAGetOverlappedResult(%1, &ov,"_s.arg(call.socket) << u"    &got, TRUE, &flags);"_s
              << outcomeComment(*receive.completed);
    return lines;
}

QStringList winsockPlain(const Call &call)
{
    const trace::ReceiveMoment &receive = call.receive;
    QStringList lines = winsockCall(call);
    if (!receive.returned)
        return lines << (receive.state == ReceiveState::Blocked ? u"// blocks until something arrives"_s
                                                                : u"// inside the call"_s);
    lines << outcomeComment(*receive.returned);
    if (receive.returned->status != Status::Success)
        return lines << u"if (rc == SOCKET_ERROR)"_s << u"    report(WSAGetLastError());"_s;
    if (receive.returned->bytes == 0 && call.zero() == u"the end"_s)
        return lines << u"if (rc == 0 && got == 0)"_s << u"    closesocket(%1); // the end"_s.arg(call.socket);
    if (receive.returned->bytes == 0)
        lines << u"// 0: "_s + call.zero();
    return lines << u"if (rc == 0)"_s << u"    use(bufs, got);"_s;
}

/// The nearest system's name of what went wrong.
QString posixError(Status status)
{
    switch (status) {
    case Status::WsaEwouldblock:
        return u"EAGAIN"_s;
    case Status::WsaEconnreset:
        return u"ECONNRESET"_s;
    case Status::WsaEconnaborted:
        return u"ECONNABORTED"_s;
    case Status::WsaEnotconn:
        return u"ENOTCONN"_s;
    case Status::WsaEnotsock:
        return u"ENOTSOCK"_s;
    case Status::WsaEfault:
        return u"EFAULT"_s;
    case Status::WsaEinval:
        return u"EINVAL"_s;
    case Status::WsaEintr:
        return u"EINTR"_s;
    case Status::WsaEtimedout:
        return u"ETIMEDOUT"_s;
    case Status::WsaEopnotsupp:
        return u"EOPNOTSUPP"_s;
    default:
        return {};
    }
}

QString posixFlags(const trace::ReceiveMoment &receive, bool wait)
{
    QStringList flags;
    constexpr std::uint16_t oob = 0x1;
    constexpr std::uint16_t peek = 0x2;
    constexpr std::uint16_t waitAll = 0x8;
    if (receive.isWsk()) {
        if ((receive.flagsIn & peek) != 0) // where it is WSK_FLAG_WAITALL
            flags << u"MSG_WAITALL"_s;
        if (receive.isDrain())
            flags << u"MSG_TRUNC"_s; // a stream's bytes are thrown away
        return flags.isEmpty() ? u"0"_s : flags.join(u" | "_s);
    }
    if ((receive.flagsIn & oob) != 0)
        flags << u"MSG_OOB"_s;
    if ((receive.flagsIn & peek) != 0)
        flags << u"MSG_PEEK"_s;
    if ((receive.flagsIn & waitAll) != 0)
        flags << u"MSG_WAITALL"_s;
    if (!wait)
        flags << u"MSG_DONTWAIT"_s;
    return flags.isEmpty() ? u"0"_s : flags.join(u" | "_s);
}

QString posixOutcome(const Call &call, const trace::CallReturn &outcome)
{
    if (outcome.status == Status::Success)
        return outcome.bytes == 0 ? u"// got = 0: "_s + call.zero()
                                  : u"// got = %1"_s.arg(grouped(outcome.bytes.value_or(0)));
    const QString error = posixError(outcome.status);
    return error.isEmpty() ? u"// got = -1 (Winsock: %1)"_s.arg(statusName(outcome.status))
                           : u"// got = -1, errno = %1"_s.arg(error);
}

QString winsock(const Call &call)
{
    QStringList lines{
        u"WSABUF bufs[%1] = {%2};"_s.arg(std::max<std::size_t>(call.buffers, 1)).arg(bufferList(call.receive, true)),
        u"DWORD got, flags = %1;"_s.arg(receiveFlags(call.receive.flagsIn))};
    lines << (call.overlapped ? winsockOverlapped(call) : winsockPlain(call));
    return lines.join(u'\n');
}

QString posix(const Call &call)
{
    const trace::ReceiveMoment &receive = call.receive;
    const bool waits = !call.overlapped && !call.nonblocking;
    QStringList lines{
        u"iovec bufs[%1] = {%2};"_s.arg(std::max<std::size_t>(call.buffers, 1)).arg(bufferList(receive, false)),
        u"msghdr m{.msg_iov = bufs,"_s, u"         .msg_iovlen = %1};"_s.arg(call.buffers),
        u"ssize_t got = recvmsg(%1, &m,"_s.arg(call.socket), u"    %1);"_s.arg(posixFlags(receive, waits))};
    if (receive.returned &&
        (receive.returned->status == Status::WsaIoPending || receive.returned->status == Status::NtPending)) {
        lines << u"if (got < 0 && errno == EAGAIN) {"_s << u"    poll(&fd, 1, -1); // it is ready,"_s
              << u"    // not complete: receive again"_s << u"    got = recvmsg(%1, &m,"_s.arg(call.socket)
              << u"        %1);"_s.arg(posixFlags(receive, false)) << u"}"_s;
        if (receive.completed)
            lines << posixOutcome(call, *receive.completed);
    } else if (const auto &outcome = outcomeOf(receive)) {
        lines << posixOutcome(call, *outcome);
    } else {
        lines << (receive.state == ReceiveState::Blocked ? u"// blocks until something arrives"_s
                                                         : u"// inside the call"_s);
    }
    return lines.join(u'\n');
}

} // namespace

QString codeOf(CodeFace face, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    const Call call{receive,
                    identifier(socket.name),
                    (receive.traits & trace::CallOverlapped) != 0,
                    (receive.traits & trace::CallNonblocking) != 0,
                    receive.buffers.size(),
                    net::isStream(static_cast<net::SocketKind>(socket.kind)) || socket.actsAsStream};
    if (face == CodeFace::Posix)
        return posix(call);
    return receive.isWsk() ? kernelCode(call.socket, receive) : winsock(call);
}

} // namespace recvscope::gui::inspector
