#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

Standing standingOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
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
