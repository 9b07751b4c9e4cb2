#include "scenario/reach.h"

#include <algorithm>

namespace recvscope::scenario {

namespace {

constexpr std::uint32_t pushImmediate = 0x20; // a hint: it changes nothing here

} // namespace

std::uint64_t Reach::capacity(const SocketDeclaration &socket)
{
    // Kernels take twice the receive buffer that was asked for, and no less than 2304 bytes. Without one, TCP's own
    // first size is the language's limit; for unix sockets the sender's buffer counts instead.
    constexpr std::uint64_t smallest = 2304;
    constexpr std::uint64_t tcpDefault = 128 * 1024;
    constexpr std::uint64_t unixDefault = 256 * 1024;
    if (!net::isTcpBelow(socket.kind))
        return unixDefault;
    return socket.receiveBuffer ? std::max(smallest, std::uint64_t{2} * *socket.receiveBuffer) : tcpDefault;
}

bool Reach::blocks(const WspRecv &recv) const
{
    const SocketDeclaration *socket = m_scenario.socket(recv.socket);
    return socket != nullptr && recv.overlapped.empty() && !socket->nonblocking;
}

/// Anything that might be refused, or that takes nothing, is not plain: nothing is claimed of it.
bool Reach::isPlain(const WspRecv &recv) const
{
    if (!recv.blockingHook.empty())
        return false; // it may cancel its own call
    const SocketDeclaration *socket = m_scenario.socket(recv.socket);
    const bool goodSocket =
        socket != nullptr && !socket->invalid && socket->connected && net::isStream(socket->kind) && !socket->profile;
    const bool goodBuffers = roomIn(recv.buffers) > 0 && std::none_of(recv.buffers.begin(), recv.buffers.end(),
                                                                      [](const Buffer &each) { return each.invalid; });
    if (!goodSocket || !goodBuffers || (recv.flags & ~pushImmediate) != 0)
        return false;
    if (m_scenario.policy.maxOutstanding != PolicyChoices().maxOutstanding)
        return false;
    const auto story = m_stories.find(recv.socket);
    if (story != m_stories.end() && (story->second.closed || story->second.receiveShutDown))
        return false;
    if (recv.overlapped.empty())
        return !socket->nonblocking && socket->receiveTimeout == 0;
    return socket->overlapped && !m_overlapped.contains(recv.overlapped);
}

std::string Reach::whyNever(const Receive &receive, const std::string &name) const
{
    if (!receive.plain || receive.cancels != m_cancels)
        return {};
    const auto found = m_stories.find(receive.socket);
    const SocketStory story = found == m_stories.end() ? SocketStory() : found->second;
    if (story.finishedLine > 0 || story.goneLine > 0 || story.cutLine > 0 || story.closed || story.receiveShutDown)
        return {};
    if (story.sent >= receive.needs)
        return {};
    if (story.sent == 0)
        return name + " can never complete here: nothing was sent to " + receive.socket +
               " before this step, "
               "and nothing ended it.";
    return name + " can never complete here: only " + std::to_string(story.sent) + " bytes were sent to " +
           receive.socket + " before this step, and " + std::to_string(receive.needs - 1) +
           " receives stand before it that take at least one each.";
}

std::string Reach::whyNever(const std::string &op) const
{
    const auto result = m_results.find(op);
    const auto receive = m_receives.find(result == m_results.end() ? op : result->second);
    return receive == m_receives.end() ? std::string() : whyNever(receive->second, op);
}

void Reach::pass(const Step &step)
{
    if (const auto *send = std::get_if<PeerSend>(&step.action)) {
        m_stories[send->socket].sent += sizeOf(send->data);
    } else if (const auto *urgent = std::get_if<PeerSendOob>(&step.action)) {
        const SocketDeclaration *declared = m_scenario.socket(urgent->socket); // null: refused already
        if (declared != nullptr && declared->oobInline)
            ++m_stories[urgent->socket].sent;
    } else if (const auto *accept = std::get_if<SocketAccept>(&step.action)) {
        m_stories[accept->as].accepted = true;
    } else if (const auto *shutdown = std::get_if<PeerShutdown>(&step.action)) {
        m_stories[shutdown->socket].finishedLine = std::max(step.place.line, 1U);
    } else if (const auto *reset = std::get_if<PeerReset>(&step.action)) {
        m_stories[reset->socket].goneLine = std::max(step.place.line, 1U);
        m_stories[reset->socket].peerReset = true;
    } else if (const auto *close = std::get_if<PeerClose>(&step.action)) {
        m_stories[close->socket].goneLine = std::max(step.place.line, 1U);
    } else if (const auto *link = std::get_if<PeerLink>(&step.action)) {
        m_stories[link->socket].cutLine = std::max(step.place.line, 1U);
    } else if (const auto *recv = std::get_if<WspRecv>(&step.action)) {
        // Calls of other threads race with one another and with these: of those only "nothing was sent" is certain.
        Receive receive{recv->socket, 1, isPlain(*recv), m_cancels};
        if (receive.plain && recv->on.empty())
            receive.needs = ++m_stories[recv->socket].waitingFor;
        m_receives[recv->op] = receive;
        if (!recv->overlapped.empty())
            m_overlapped[recv->overlapped] = recv->op;
    } else if (const auto *result = std::get_if<WspResult>(&step.action)) {
        const auto given = m_overlapped.find(result->overlapped);
        if (result->wait && !result->op.empty())
            m_results[result->op] = given == m_overlapped.end() ? result->of : given->second;
    } else if (const auto *wspShutdown = std::get_if<WspShutdown>(&step.action)) {
        m_stories[wspShutdown->socket].receiveShutDown |= wspShutdown->how != net::Direction::Send;
    } else if (const auto *wspClose = std::get_if<WspClose>(&step.action)) {
        m_stories[wspClose->socket].closed = true;
    } else if (std::holds_alternative<WspCancelBlocking>(step.action) ||
               std::holds_alternative<ThreadExit>(step.action) || std::holds_alternative<Fault>(step.action)) {
        // Whose receives it ended is not certain, so of every receive before it nothing is.
        ++m_cancels;
        for (auto &[socket, story] : m_stories)
            story.waitingFor = 0;
    }
}

} // namespace recvscope::scenario
