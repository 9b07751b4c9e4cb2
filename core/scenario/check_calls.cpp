#include "scenario/checker.h"

#include "scenario/words.h"

namespace recvscope::scenario {

// -- the peer

/// @return true when the socket's peer can still act.
bool Checker::peerActs(const std::string &socketName, bool afterItsEnd)
{
    const SocketDeclaration *declared = socket(socketName);
    if (declared == nullptr)
        return false;
    if (declared->invalid || (!declared->connected && !m_reach.story(socketName).accepted)) {
        refuse("socket", "'" + socketName + "' has no peer: it is not connected.");
        return false;
    }
    const SocketStory &story = m_reach.story(socketName);
    if (story.goneLine > 0)
        refuse("socket", "the peer of '" + socketName + "' was closed in line " + std::to_string(story.goneLine) +
                             " already; nothing can follow.");
    else if (story.cutLine > 0)
        refuse("socket", "the link to the peer of '" + socketName + "' was cut in line " +
                             std::to_string(story.cutLine) + "; nothing that the peer does can follow.");
    else if (story.finishedLine > 0 && !afterItsEnd)
        refuse("socket", "the peer of '" + socketName + "' finished sending in line " +
                             std::to_string(story.finishedLine) + "; after that it can only be closed or reset.");
    return !m_error;
}

void Checker::visit(const PeerSend &send)
{
    if (!send.from.empty()) {
        sentFromFurther(send);
        return;
    }
    if (!peerActs(send.socket, false))
        return;
    const bool stream = net::isStream(m_scenario.socket(send.socket)->kind);
    if (stream && sizeOf(send.data) == 0)
        refuse("data",
               "on a byte stream sending nothing does nothing; an empty message needs a udp, seqpacket or framed "
               "socket.");
    else if (!stream && !send.fragments.empty())
        refuse("fragments", "fragments cut a byte stream; a message is sent in one piece.");
    else if (send.part && m_scenario.socket(send.socket)->kind != net::SocketKind::Framed)
        refuse("part", "messages are sent in parts on a socket of kind framed alone.");
    cutBelow(send);
}

void Checker::visit(const PeerSendOob &send)
{
    if (peerActs(send.socket, false) && m_scenario.socket(send.socket)->kind != net::SocketKind::Tcp)
        refuse("socket", "urgent data is TCP's: '" + send.socket + "' is a " +
                             std::string(net::nameOf(m_scenario.socket(send.socket)->kind)) + " socket.");
}

void Checker::visit(const PeerShutdown &shutdown)
{
    if (peerActs(shutdown.socket, false))
        needsConnection(shutdown.socket, "shuts down");
}

void Checker::visit(const PeerReset &reset)
{
    if (peerActs(reset.socket, true))
        needsConnection(reset.socket, "resets");
}

void Checker::visit(const PeerLink &link)
{
    if (peerActs(link.socket, true) && m_scenario.socket(link.socket)->kind != net::SocketKind::Tcp)
        refuse("socket", "only TCP notices a dead link: '" + link.socket + "' is a " +
                             std::string(net::nameOf(m_scenario.socket(link.socket)->kind)) + " socket.");
}

/// Nobody hears of it where there is no connection.
void Checker::needsConnection(const std::string &socketName, std::string_view does)
{
    if (m_scenario.socket(socketName)->kind == net::SocketKind::Udp)
        refuse("socket", "'" + socketName + "' is a udp socket: it has no connection that its peer " +
                             std::string(does) + ", and nothing would arrive.");
}

// -- WSPRecv and its neighbours

/// A call waits for its thread, and is remembered on it until it is known to end.
void Checker::handOver(const std::string &on, const std::string &op)
{
    if (m_within != nullptr) {
        if (!on.empty())
            refuse("on", "what runs inside a routine or a callback runs on its thread: leave 'on' out.");
        return;
    }
    thread(on, "on");
    const std::string name = on.empty() ? std::string(mainThread) : on;
    if (m_exited.contains(name))
        refuse("on", "'" + name + "' has exited and makes no more calls.");
    auto &handed = m_threads[name];
    if (const std::string never = whyNeverReturns(handed); !never.empty())
        refuse("on", "'" + name + "' cannot make this call: it is blocked in an earlier one. " + never +
                         " Make one of the two on another thread (on: t1).");
    m_used.insert(name);
    if (!op.empty())
        handed.push_back(op);
}

/// Why one of these calls can never return as things stand; those that can are forgotten, since that stays so.
std::string Checker::whyNeverReturns(std::vector<std::string> &calls)
{
    for (const std::string &op : calls) {
        if (!m_reach.mayBlock(*m_calls.at(op).action))
            continue;
        if (std::string never = m_reach.whyNever(op); !never.empty())
            return never;
    }
    calls.clear();
    return {};
}

void Checker::visit(const WspRecv &recv)
{
    if (faced(recv.socket, Face::Wsp, "wsp.recv", "socket") == nullptr)
        return;
    handOver(recv.on, recv.op);
    if (!recv.overlapped.empty())
        m_overlapped.insert(recv.overlapped);
    if (!recv.event.empty())
        m_events[recv.event].push_back(recv.op);
    visitWithin(recv.onComplete, recv.on);
    visitWithin(recv.blockingHook, recv.on);
}

void Checker::visit(const WspResult &result)
{
    if (!result.of.empty()) {
        const Action *action = operation(result.of, "of");
        const auto *recv = action == nullptr ? nullptr : std::get_if<WspRecv>(action);
        if (action != nullptr && (recv == nullptr || recv->overlapped.empty()))
            refuse("of", "'" + result.of + "' has no overlapped structure that could be asked.");
    } else if (!m_overlapped.contains(result.overlapped)) {
        refuse("overlapped", "no earlier receive was given the structure '" + result.overlapped + "'.",
               nearestWord(result.overlapped, std::vector<std::string>(m_overlapped.begin(), m_overlapped.end())));
    }
    handOver(result.on, result.op);
}

void Checker::visit(const WspShutdown &shutdown)
{
    (void)faced(shutdown.socket, Face::Wsp, "wsp.shutdown", "socket");
    handOver(shutdown.on, shutdown.op);
}

void Checker::visit(const WspClose &close)
{
    (void)faced(close.socket, Face::Wsp, "wsp.close", "socket");
    handOver(close.on, close.op);
}

void Checker::visit(const WspSend &send)
{
    (void)faced(send.socket, Face::Wsp, "wsp.send", "socket");
    handOver(send.on, send.op);
    if (!send.overlapped.empty())
        m_overlapped.insert(send.overlapped);
    visitWithin(send.onComplete, send.on);
}

void Checker::visit(const WspCancelBlocking &cancel)
{
    thread(cancel.thread, "thread");
}

} // namespace recvscope::scenario
