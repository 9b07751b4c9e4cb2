// The part of write() that WskReceive's interface has, and what stands beside both.

#include "scenario/braces.h"
#include "scenario/write_arguments.h"

#include <algorithm>

namespace recvscope::scenario {

namespace {

std::string irqlText(std::uint8_t irql)
{
    const auto named =
        std::find_if(irqlNames.begin(), irqlNames.end(), [&](const auto &each) { return each.second == irql; });
    return named != irqlNames.end() ? std::string(named->first) : std::to_string(irql);
}

std::string answerText(const IndicationAnswer &answer)
{
    Braces braces;
    switch (answer.kind) {
    case IndicationAnswer::Kind::NotAccepted:
        return "not-accepted";
    case IndicationAnswer::Kind::AcceptAll:
        braces.add("accept", "all");
        break;
    case IndicationAnswer::Kind::AcceptPart:
        braces.add("accept", std::to_string(answer.bytes));
        break;
    case IndicationAnswer::Kind::Retain:
        braces.name("retain", answer.name);
        break;
    }
    if (!answer.calls.empty())
        braces.add("do", callsText(answer.calls));
    return braces.text();
}

template <class Connect>
std::string connectText(const Connect &connect)
{
    return Braces()
        .name("socket", connect.socket)
        .name("irp", connect.irp)
        .name("op", connect.op)
        .name("on", connect.on)
        .text();
}

} // namespace

std::string arguments(const WskReceive &receive)
{
    Braces braces;
    braces.name("socket", receive.socket).name("op", receive.op).name("irp", receive.irp);
    if (!receive.mdl.empty())
        braces.add("mdl", brackets(receive.mdl, bufferText));
    if (receive.offset != 0)
        braces.add("offset", std::to_string(receive.offset));
    if (receive.length)
        braces.add("length", std::to_string(*receive.length));
    if (receive.flags != 0)
        braces.add("flags", flagsText(receive.flags, FlagSet::Wsk));
    if (receive.irql != 0)
        braces.add("irql", irqlText(receive.irql));
    braces.name("on", receive.on);
    if (!receive.onComplete.empty())
        braces.add("on-complete", callsText(receive.onComplete));
    return braces.text();
}

std::string arguments(const WskSend &send)
{
    return Braces()
        .name("socket", send.socket)
        .add("data", dataText(send.data))
        .name("irp", send.irp)
        .name("op", send.op)
        .name("on", send.on)
        .text();
}

std::string arguments(const WskConnect &connect)
{
    return connectText(connect);
}
std::string arguments(const WskSocketConnect &connect)
{
    return connectText(connect);
}

std::string arguments(const WskAccept &accept)
{
    return Braces()
        .name("socket", accept.socket)
        .name("as", accept.as)
        .name("irp", accept.irp)
        .name("op", accept.op)
        .name("on", accept.on)
        .text();
}

std::string arguments(const WskCancel &cancel)
{
    return Braces().name("irp", cancel.irp).text();
}

std::string arguments(const WskEvent &event)
{
    Braces braces;
    braces.name("socket", event.socket);
    if (event.receive)
        braces.add("receive", *event.receive ? "enable" : "disable");
    if (event.disconnect)
        braces.add("disconnect", *event.disconnect ? "enable" : "disable");
    braces.name("irp", event.irp);
    if (!event.onIndicate.empty())
        braces.add("on-indicate", brackets(event.onIndicate, answerText));
    if (event.descriptor != 0)
        braces.add("descriptor", std::to_string(event.descriptor));
    return braces.name("op", event.op).name("on", event.on).text();
}

std::string arguments(const WskRelease &release)
{
    Braces braces;
    braces.name("socket", release.socket).name("indication", release.indication);
    if (release.node != 0)
        braces.add("node", std::to_string(release.node));
    return braces.name("op", release.op).name("on", release.on).text();
}

std::string arguments(const WskDisconnect &disconnect)
{
    Braces braces;
    braces.name("socket", disconnect.socket);
    if (disconnect.abortive)
        braces.add("abortive", "true");
    braces.name("irp", disconnect.irp);
    if (disconnect.data)
        braces.add("data", dataText(*disconnect.data));
    return braces.name("op", disconnect.op).name("on", disconnect.on).text();
}

std::string arguments(const WskClose &close)
{
    return connectText(close);
}

std::string arguments(const MdlUnlock &unlock)
{
    return Braces().name("of", unlock.of).text();
}
std::string arguments(const MdlFree &free)
{
    return Braces().name("of", free.of).text();
}
std::string arguments(const IrpTouch &touch)
{
    return Braces().name("irp", touch.irp).text();
}
std::string arguments(const IrpReuse &reuse)
{
    return Braces().name("irp", reuse.irp).text();
}

std::string arguments(const NativeRecv &recv)
{
    Braces braces;
    braces.name("socket", recv.socket).name("op", recv.op).add("buffers", brackets(recv.buffers, bufferText));
    if (recv.flags != 0)
        braces.add("flags", flagsText(recv.flags, FlagSet::Native));
    return braces.name("on", recv.on).text();
}

std::string arguments(const Provoke &provoke)
{
    return Braces().add("race", "receive-event").name("socket", provoke.socket).text();
}

std::string indicatedText(const Indicated &indicated)
{
    return Braces().name("socket", indicated.socket).add("count", std::to_string(indicated.count)).text();
}
std::string discardedText(const Discarded &discarded)
{
    return Braces().name("socket", discarded.socket).add("bytes", std::to_string(discarded.bytes)).text();
}
std::string callsText(const Calls &calls)
{
    return Braces().name("of", calls.op).add("count", std::to_string(calls.count)).text();
}

} // namespace recvscope::scenario
