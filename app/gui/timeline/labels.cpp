#include "gui/timeline/labels.h"

#include "gui/plots/ruler.h"

namespace recvscope::gui {

namespace {

QString time(double seconds)
{
    return QString::fromStdString(timeText(seconds));
}

QString duration(double seconds)
{
    return QString::fromStdString(durationText(seconds));
}

/// What came out of it, or empty while that is open.
QString outcome(bool ended, bool end, Status status, std::uint64_t bytes)
{
    if (!ended)
        return {};
    if (end)
        return status == Status::Success ? QStringLiteral("0 = the end")
                                         : QStringLiteral("%1 = the end").arg(statusText(status));
    return status == Status::Success ? bytesInWords(bytes) : statusText(status);
}

QString callName(trace::EventType type, bool wsk)
{
    switch (type) {
    case trace::EventType::CallbackSet:
        return QStringLiteral("WskControlSocket");
    case trace::EventType::DisconnectAsked:
        return QStringLiteral("WskDisconnect");
    case trace::EventType::CloseAsked:
        return QStringLiteral("WskCloseSocket");
    case trace::EventType::ResultAsked:
        return QStringLiteral("WSPGetOverlappedResult");
    case trace::EventType::CancelAsked:
        return wsk ? QStringLiteral("IoCancelIrp") : QStringLiteral("cancel");
    case trace::EventType::WaitBegan:
        return QStringLiteral("wait");
    case trace::EventType::SocketShutDown:
        return QStringLiteral("WSPShutdown");
    case trace::EventType::SocketClosed:
        return QStringLiteral("WSPCloseSocket");
    default:
        return wsk ? QStringLiteral("WskReceive") : QStringLiteral("WSPRecv");
    }
}

} // namespace

namespace {

/// A drain gets no bytes: what it threw away is what there is to tell.
QStringList drainLabels(const ReceiveMark &mark)
{
    const QString away = QStringLiteral("%1 thrown away").arg(bytesInWords(mark.drained));
    if (!mark.ended)
        return {QStringLiteral("drains: %1").arg(away), QStringLiteral("drains")};
    const QString result = mark.end                         ? QStringLiteral("the end")
                           : mark.status == Status::Success ? QStringLiteral("STATUS_SUCCESS")
                                                            : statusText(mark.status);
    return {QStringLiteral("drains: %1, then %2").arg(away, result), away, QStringLiteral("drain")};
}

} // namespace

QStringList receiveLabels(const ReceiveMark &mark, const QString &behind)
{
    if (mark.drain && !mark.refused)
        return drainLabels(mark);
    const QString result = outcome(mark.ended.has_value(), mark.end, mark.status, mark.bytes);
    if (!mark.pending) {
        if (!mark.ended)
            return {QStringLiteral("in the call")};
        if (mark.refused)
            return {QStringLiteral("refused: %1").arg(result), result};
        return {QStringLiteral("%1 at once").arg(result), result};
    }
    const QString waits = mark.blocked ? QStringLiteral("blocked") : QStringLiteral("pending");
    if (!mark.ended)
        return {QStringLiteral("still %1").arg(waits), waits};
    const QString lasted = duration(mark.ended->clock - mark.called.clock);
    if (mark.end || mark.failed())
        return {QStringLiteral("%1 %2, then %3").arg(waits, lasted, result), result};
    if (!behind.isEmpty())
        return {QStringLiteral("%1 behind %2, then %3").arg(waits, behind, result),
                QStringLiteral("behind %1, then %2").arg(behind, result), result};
    return {QStringLiteral("%1 %2, then %3").arg(waits, lasted, result), QStringLiteral("%1 %2").arg(waits, lasted),
            lasted};
}

Unlike unlikeOf(const ReceiveMark &one, const ReceiveMark &other)
{
    const auto outcome = [](const ReceiveMark &mark) {
        Outcome told;
        told.face = mark.face;
        if (mark.pending || mark.ended)
            told.waits = mark.blocked ? Waits::Blocks : mark.pending ? Waits::Pending : Waits::AtOnce;
        if (mark.ended) {
            told.status = mark.status;
            told.bytes = mark.bytes;
            told.refused = mark.refused && !mark.irp;
            told.toldBy = told.refused ? QStringLiteral("the return")
                          : mark.irp   ? QStringLiteral("the IRP")
                                       : QString();
        }
        return told;
    };
    return differenceOf(outcome(one), outcome(other)).most();
}

QStringList spanLabels(const trace::Span &span)
{
    const bool ended = span.end != 0;
    if (!ended)
        return {QStringLiteral("still pending"), QStringLiteral("pending")};
    const QString lasted = duration(static_cast<double>(span.end - span.begin) * 1e-9);
    if (span.isEnd || span.status != Status::Success) {
        const QString result = outcome(true, span.isEnd, span.status, 0);
        return {QStringLiteral("pending %1, then %2").arg(lasted, result), result};
    }
    return span.wasPending ? QStringList{QStringLiteral("pending %1").arg(lasted), lasted}
                           : QStringList{QStringLiteral("at once"), QString()};
}

QStringList peerLabels(const PeerMark &mark)
{
    switch (mark.kind) {
    case PeerMark::Kind::Send:
    case PeerMark::Kind::Observed:
        return {bytesText(mark.bytes)};
    case PeerMark::Kind::Urgent:
        return {QStringLiteral("%1 urgent").arg(bytesText(mark.bytes)), bytesText(mark.bytes)};
    case PeerMark::Kind::HalfClose:
        return {QStringLiteral("half close"), QStringLiteral("half")};
    case PeerMark::Kind::Reset:
        return {QStringLiteral("reset")};
    case PeerMark::Kind::Close:
        return {QStringLiteral("close")};
    case PeerMark::Kind::LinkCut:
        return {QStringLiteral("link cut"), QStringLiteral("cut")};
    }
    return {};
}

QString receiveTip(const ReceiveMark &mark, const QString &name, const QString &behind)
{
    QString text =
        QStringLiteral("%1: %2\ncalled at %3").arg(name, receiveLabels(mark, behind).front(), time(mark.called.clock));
    if (mark.ended)
        text +=
            QStringLiteral(", %1 at %2")
                .arg(mark.refused ? QStringLiteral("refused") : QStringLiteral("completed"), time(mark.ended->clock));
    if (mark.routineQueued)
        text += QStringLiteral("\nits routine was queued at %1").arg(time(mark.routineQueued->clock));
    if (mark.routineBegan)
        text += QStringLiteral(" and ran at %1").arg(time(mark.routineBegan->clock));
    if (mark.routineBegan && mark.routineInjected)
        text += QStringLiteral(", in an order made on purpose");
    if (mark.injected)
        text += QStringLiteral("\ninjected on purpose");
    return text;
}

QString peerTip(const PeerMark &mark)
{
    const QString at = QString::fromStdString(timeText(mark.place.clock));
    switch (mark.kind) {
    case PeerMark::Kind::Send:
        return QStringLiteral("send %1: %2, at %3").arg(mark.send + 1).arg(bytesInWords(mark.bytes), at);
    case PeerMark::Kind::Urgent:
        return QStringLiteral("urgent send %1, at %2").arg(mark.send + 1).arg(at);
    case PeerMark::Kind::Observed:
        return QStringLiteral("%1 observed at %2: what an outside peer sent is known by what arrives")
            .arg(bytesInWords(mark.bytes), at);
    case PeerMark::Kind::HalfClose:
        return QStringLiteral("the peer closes its half (FIN), at %1").arg(at);
    case PeerMark::Kind::Reset:
        return QStringLiteral("the peer resets (RST), at %1").arg(at);
    case PeerMark::Kind::Close:
        return QStringLiteral("the peer closes, at %1").arg(at);
    case PeerMark::Kind::LinkCut:
        return QStringLiteral("the link is cut, at %1: nothing passes from then on, and neither side is told").arg(at);
    }
    return {};
}

QString callTip(const CallMark &mark, const QString &receive)
{
    const QString name = callName(mark.type, mark.wsk);
    return QStringLiteral("%1\nat %2")
        .arg(receive.isEmpty() ? name : QStringLiteral("%1 · %2").arg(name, receive), time(mark.place.clock));
}

QString notKnown()
{
    return QStringLiteral("not known: an outside peer's bytes are seen when they are received");
}

QString statusText(Status status)
{
    const std::string_view name = nameOf(status);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace recvscope::gui
