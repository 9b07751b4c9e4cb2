// The calls of WskReceive's interface, their IRPs, descriptors and indications, and the platform's own receive.

#include "scenario/checker.h"

#include "scenario/flags.h"
#include "scenario/words.h"

#include <algorithm>

namespace recvscope::scenario {

namespace {

std::vector<std::string> listed(const std::set<std::string> &names)
{
    return {names.begin(), names.end()};
}

std::vector<std::string> listed(const std::map<std::string, std::string> &named)
{
    std::vector<std::string> names;
    for (const auto &[name, socket] : named)
        names.push_back(name);
    return names;
}

} // namespace

// -- sockets

/// The socket when it is used through that interface, else a refusal.
const SocketDeclaration *Checker::faced(const std::string &socketName, Face face, std::string_view verb,
                                        std::string_view word)
{
    const SocketDeclaration *declared = socket(socketName, word);
    if (declared == nullptr || declared->face == face)
        return declared;
    refuse(word, "'" + socketName + "' is a socket of face " + std::string(nameOf(declared->face)) + ": " +
                     std::string(verb) + " needs one of face " + std::string(nameOf(face)) + ".");
    return nullptr;
}

/// The same, and it is one that has a connection, or may get one.
const SocketDeclaration *Checker::wskConnection(const std::string &socketName, std::string_view verb,
                                                std::string_view word)
{
    const SocketDeclaration *declared = faced(socketName, Face::Wsk, verb, word);
    if (declared == nullptr || declared->category == Category::Connection || declared->category == Category::Stream)
        return declared;
    refuse(word, "'" + socketName + "' is of category " + std::string(nameOf(declared->category)) + ": " +
                     std::string(verb) + " is for connection-oriented and stream sockets.");
    return nullptr;
}

/// The same, and it has no peer yet and can get one from a step.
void Checker::unconnected(const std::string &socketName, std::string_view verb, std::string_view word)
{
    const SocketDeclaration *declared = wskConnection(socketName, verb, word);
    if (declared == nullptr)
        return;
    if (declared->connected)
        refuse(word, "'" + socketName + "' has its peer from the start; say 'connected: false' to connect it here.");
    else if (declared->kind != net::SocketKind::Tcp)
        refuse(word, "a step connects sockets of kind tcp alone, and '" + socketName + "' is of kind " +
                         std::string(net::nameOf(declared->kind)) + ".");
    else if (m_reach.story(socketName).accepted)
        refuse(word, "'" + socketName + "' is connected already; each connection is a socket of its own.");
    else if (m_reach.story(socketName).closed)
        refuse(word, "'" + socketName + "' was closed by an earlier step.");
}

void Checker::visit(const WskConnect &connect)
{
    unconnected(connect.socket, "wsk.connect", "socket");
    giveIrp(connect.irp);
    handOver(connect.on, connect.op);
}

void Checker::visit(const WskSocketConnect &connect)
{
    unconnected(connect.socket, "wsk.socket-connect", "socket");
    giveIrp(connect.irp);
    handOver(connect.on, connect.op);
}

void Checker::visit(const WskAccept &accept)
{
    const SocketDeclaration *declared = faced(accept.socket, Face::Wsk, "wsk.accept", "socket");
    if (declared != nullptr && declared->category != Category::Listening)
        refuse("socket", "'" + accept.socket + "' does not listen; say 'category: listening'.");
    else if (declared != nullptr && m_reach.story(accept.socket).closed)
        refuse("socket", "'" + accept.socket + "' was closed by an earlier step.");
    unconnected(accept.as, "what comes from wsk.accept", "as");
    giveIrp(accept.irp);
    handOver(accept.on, accept.op);
}

// -- IRPs and descriptors

void Checker::giveIrp(const std::string &irp)
{
    if (!irp.empty())
        m_irps.insert(irp);
}

/// It was given to an earlier call; what runs inside a routine or a callback may run after any.
void Checker::givenIrp(const std::string &irp)
{
    if (m_irps.contains(irp) || (m_within != nullptr && m_allIrps.contains(irp)))
        return;
    refuse("irp", "no earlier call was given the IRP '" + irp + "'.", nearestWord(irp, listed(m_irps)));
}

void Checker::visit(const WskCancel &cancel)
{
    givenIrp(cancel.irp);
}
void Checker::visit(const IrpTouch &touch)
{
    givenIrp(touch.irp);
}
void Checker::visit(const IrpReuse &reuse)
{
    givenIrp(reuse.irp);
}

void Checker::chainOf(const std::string &op)
{
    const Action *action = operation(op, "of");
    const auto *receive = action == nullptr ? nullptr : std::get_if<WskReceive>(action);
    if (action != nullptr && receive == nullptr)
        refuse("of", "'" + op + "' is no wsk.receive: it has no chain of descriptors.");
    else if (receive != nullptr && receive->mdl.empty())
        refuse("of", "'" + op + "' was given no chain of descriptors (mdl).");
}

void Checker::visit(const MdlUnlock &unlock)
{
    chainOf(unlock.of);
}
void Checker::visit(const MdlFree &free)
{
    chainOf(free.of);
}

// -- calls

void Checker::visit(const WskReceive &receive)
{
    if (faced(receive.socket, Face::Wsk, "wsk.receive", "socket") == nullptr)
        return;
    giveIrp(receive.irp);
    if ((receive.flags & wskFlagDrain) != 0)
        m_drained.insert(receive.socket);
    handOver(receive.on, receive.op);
    visitWithin(receive.onComplete, {});
}

void Checker::visit(const WskSend &send)
{
    (void)wskConnection(send.socket, "wsk.send", "socket");
    giveIrp(send.irp);
    handOver(send.on, send.op);
}

void Checker::visit(const WskEvent &event)
{
    if (wskConnection(event.socket, "wsk.event", "socket") == nullptr)
        return;
    giveIrp(event.irp);
    if (event.receive == true)
        m_callbacks.insert(event.socket);
    for (const IndicationAnswer &answer : event.onIndicate)
        if (answer.kind == IndicationAnswer::Kind::Retain)
            m_indications[answer.name] = event.socket;
    handOver(event.on, event.op);
    for (const IndicationAnswer &answer : event.onIndicate)
        visitWithin(answer.calls, {});
}

void Checker::visit(const WskRelease &release)
{
    if (wskConnection(release.socket, "wsk.release", "socket") == nullptr)
        return;
    const auto &known = m_within != nullptr ? m_allIndications : m_indications;
    const auto kept = known.find(release.indication);
    if (kept == known.end())
        refuse("indication", "no earlier wsk.event keeps an indication as '" + release.indication + "' (retain).",
               nearestWord(release.indication, listed(known)));
    else if (kept->second != release.socket)
        refuse("indication", "'" + release.indication + "' is an indication of '" + kept->second + "', not of '" +
                                 release.socket + "'.");
    handOver(release.on, release.op);
}

void Checker::visit(const WskDisconnect &disconnect)
{
    const SocketDeclaration *declared = wskConnection(disconnect.socket, "wsk.disconnect", "socket");
    if (declared != nullptr && disconnect.abortive && declared->kind != net::SocketKind::Tcp)
        refuse("abortive", "only TCP disconnects abortively: '" + disconnect.socket + "' is a " +
                               std::string(net::nameOf(declared->kind)) + " socket.");
    giveIrp(disconnect.irp);
    handOver(disconnect.on, disconnect.op);
}

void Checker::visit(const WskClose &close)
{
    (void)faced(close.socket, Face::Wsk, "wsk.close", "socket");
    giveIrp(close.irp);
    handOver(close.on, close.op);
}

void Checker::visit(const NativeRecv &recv)
{
    if (faced(recv.socket, Face::Native, "native.recv", "socket") != nullptr)
        handOver(recv.on, recv.op);
}

void Checker::visit(const Provoke &provoke)
{
    if (wskConnection(provoke.socket, "provoke", "socket") != nullptr && !m_callbacks.contains(provoke.socket))
        refuse("socket", "the receive event callback of '" + provoke.socket +
                             "' is enabled by no earlier step (wsk.event), so nothing can race with it.");
}

/// What fails must be there; the calls of another interface would go on as if nothing were.
void Checker::visit(const Fault &fault)
{
    const auto has = [&](Face face) {
        return std::any_of(m_scenario.sockets.begin(), m_scenario.sockets.end(),
                           [face](const SocketDeclaration &socket) { return socket.face == face; });
    };
    if (fault.what == Fault::What::IrpStatus && !has(Face::Wsk))
        refuse("irp-status", "no socket is of face wsk, so no WskReceive can fail.");
    if (fault.what == Fault::What::Callback && !has(Face::Wsp))
        refuse("callback", "a provider that processes a callback refuses WSPRecv's calls alone, and no socket of this "
                           "scenario has that interface.");
    if (fault.what == Fault::What::Network && !has(Face::Wsp) && !has(Face::Wsk))
        refuse("network", "the network of the system itself cannot fail on purpose, and no socket of this scenario has "
                          "another interface.");
}

// -- what is waited for

void Checker::await(const Indicated &indicated)
{
    if (faced(indicated.socket, Face::Wsk, "an indication", "indicated") == nullptr || indicated.count == 0)
        return;
    const SocketStory &story = m_reach.story(indicated.socket);
    if (!m_callbacks.contains(indicated.socket))
        refuse("indicated", "this wait can never end: the receive event callback of '" + indicated.socket +
                                "' is enabled by no earlier step (wsk.event).");
    else if (story.sent == 0 && story.finishedLine == 0 && story.goneLine == 0 && story.cutLine == 0 && !story.closed)
        refuse("indicated", "this wait can never end: nothing was sent to '" + indicated.socket +
                                "' before this step, and nothing ended it.");
}

void Checker::await(const Discarded &discarded)
{
    if (faced(discarded.socket, Face::Wsk, "a drain", "discarded") == nullptr || discarded.bytes == 0)
        return;
    const SocketStory &story = m_reach.story(discarded.socket);
    if (!m_drained.contains(discarded.socket))
        refuse("discarded", "this wait can never end: no earlier receive drains '" + discarded.socket +
                                "' (flags: WSK_FLAG_DRAIN).");
    else if (discarded.bytes > story.sent)
        refuse("discarded", "this wait can never end: only " + std::to_string(story.sent) + " bytes were sent to '" +
                                discarded.socket + "' before this step, not " + std::to_string(discarded.bytes) + ".");
}

} // namespace recvscope::scenario
