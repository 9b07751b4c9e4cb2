#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

/// The IRP tells how a WskReceive stands. Refused ones complete theirs as well.
Standing kernelStandingOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    if (receive.irp) {
        const trace::CallReturn &irp = *receive.irp;
        const QString information = u"Information %1"_s.arg(grouped(irp.bytes.value_or(0)));
        const QString words = u"IRP completed: %1, %2"_s.arg(kernelStatus(irp.status), information);
        if (irp.status != Status::Success)
            return {Sign::Cross, Tone::Failure, words, false, kernelStatus(irp.status)};
        if (sawTheEnd(socket, receive))
            return {Sign::EndCap, Tone::Caution, words + u" = the end"_s, false, u"0 = the end"_s};
        const bool atOnce =
            receive.state == trace::ReceiveState::AtOnce || receive.state == trace::ReceiveState::Called;
        return {atOnce ? Sign::Diamond : Sign::Dot, Tone::Good, words, false, information};
    }
    if (receive.state == trace::ReceiveState::Failed) // without an IRP there is none to complete
        return {Sign::Cross, Tone::Failure,
                u"refused with %1"_s.arg(receive.returned ? kernelStatus(receive.returned->status) : QString()), false,
                u"refused"_s};
    if (receive.state == trace::ReceiveState::Called)
        return {std::nullopt, Tone::Dim, u"inside the call"_s, false};
    return {std::nullopt, Tone::Caution,
            receive.isDrain() ? u"IRP pending: it drains until an end or a cancel"_s
                              : u"IRP pending: no status and no count yet"_s,
            true, receive.isDrain() ? u"pending: drains"_s : u"IRP pending"_s};
}

} // namespace

Standing standingOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    if (receive.isWsk())
        return kernelStandingOf(socket, receive);
    const std::optional<trace::CallReturn> &outcome = receive.completed ? receive.completed : receive.returned;
    switch (receive.state) {
    case trace::ReceiveState::Called:
        return {std::nullopt, Tone::Dim, u"inside the call"_s, false};
    case trace::ReceiveState::Blocked:
        return {std::nullopt, Tone::Caution, u"blocked: its thread waits in the call"_s, true, u"blocked"_s};
    case trace::ReceiveState::Pending:
        if (!receive.returned)
            return {std::nullopt, Tone::Caution, u"queued: the call is about to return"_s, true, u"queued"_s};
        return {std::nullopt, Tone::Caution, u"pending: the program goes on meanwhile"_s, true, u"pending"_s};
    case trace::ReceiveState::Failed: {
        if (outcome && outcome->status == Status::WsaEdiscon) // told again: still an end, and no failure
            return {Sign::EndCap, Tone::Caution, u"WSAEDISCON = the end"_s, false};
        const QString name = outcome ? statusName(outcome->status) : QString();
        return {Sign::Cross, Tone::Failure,
                outcome ? u"refused with %1: nothing was started"_s.arg(name) : u"refused: nothing was started"_s,
                false, outcome ? u"refused: "_s + name : u"refused"_s};
    }
    case trace::ReceiveState::AtOnce:
    case trace::ReceiveState::Later:
        break;
    }
    if (outcome && outcome->status == Status::WsaEdiscon)
        return {Sign::EndCap, Tone::Caution, u"WSAEDISCON = the end"_s, false};
    if (outcome && outcome->status != Status::Success)
        return {Sign::Cross, Tone::Failure, u"failed with %1"_s.arg(statusName(outcome->status)), false};
    if (sawTheEnd(socket, receive))
        return {Sign::EndCap, Tone::Caution, u"0 = the end"_s, false};
    const QString bytes = byteCount(outcome ? outcome->bytes.value_or(receive.placed) : receive.placed);
    if (receive.state == trace::ReceiveState::AtOnce)
        return {Sign::Diamond, Tone::Good, u"complete within the call: "_s + bytes, false};
    return {Sign::Dot, Tone::Good, u"completed with "_s + bytes, false};
}

std::vector<Stretch> stretchesOf(const Draft &draft, std::span<const trace::Run> runs, bool withText)
{
    std::vector<Stretch> stretches;
    stretches.reserve(runs.size());
    for (const trace::Run &run : runs) {
        const bool urgent = run.send < draft.socket->sends.size() && draft.socket->sends[run.send].urgent;
        stretches.push_back({sendNumber(*draft.socket, run.send), run.length,
                             withText ? trace::bytesOf(draft.story, *draft.socket, run) : std::string(),
                             CellState::Filled, urgent});
    }
    return stretches;
}

} // namespace recvscope::gui::stage
