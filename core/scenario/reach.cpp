#include "scenario/reach.h"

#include <algorithm>
#include <limits>

namespace recvscope::scenario {

namespace {

constexpr std::uint32_t pushImmediate = 0x20; // a hint: it changes nothing here
constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

/// It takes away receives of other steps.
bool ends(const Action &action)
{
    return std::holds_alternative<WskCancel>(action) || std::holds_alternative<WskClose>(action) ||
           std::holds_alternative<WskDisconnect>(action) || std::holds_alternative<WspClose>(action) ||
           std::holds_alternative<WspShutdown>(action) || std::holds_alternative<WspCancelBlocking>(action);
}

bool endsWithin(const Action &action)
{
    const auto lists = callsWithin(action);
    return std::any_of(lists.begin(), lists.end(), [](const std::vector<Step> *calls) {
        return std::any_of(calls->begin(), calls->end(),
                           [](const Step &step) { return ends(step.action) || endsWithin(step.action); });
    });
}

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

bool Reach::mayBlock(const Action &call) const
{
    if (const auto *recv = std::get_if<WspRecv>(&call))
        return blocks(*recv);
    if (const auto *result = std::get_if<WspResult>(&call))
        return result->wait;
    if (const auto *native = std::get_if<NativeRecv>(&call)) {
        const SocketDeclaration *socket = m_scenario.socket(native->socket);
        return socket != nullptr && !socket->nonblocking;
    }
    return !std::holds_alternative<WskReceive>(call); // its IRP tells of the end
}

/// A byte stream whose peer is there, and which nothing has closed; what its policy refuses is not known here.
bool Reach::isOpenStream(const SocketDeclaration *socket) const
{
    if (socket == nullptr || socket->invalid || !net::isStream(socket->kind) || socket->profile || m_down)
        return false;
    if (socket->policy.value_or(m_scenario.policy).maxOutstanding != PolicyChoices().maxOutstanding)
        return false;
    const auto found = m_stories.find(socket->name);
    const SocketStory story = found == m_stories.end() ? SocketStory() : found->second;
    return (socket->connected || (story.accepted && socket->face == Face::Wsk)) && !story.closed &&
           !story.receiveShutDown;
}

/// Anything that might be refused, or that takes nothing, is not plain: nothing is claimed of it.
bool Reach::isPlain(const WspRecv &recv) const
{
    if (!recv.blockingHook.empty())
        return false; // it may cancel its own call
    const SocketDeclaration *socket = m_scenario.socket(recv.socket);
    const bool goodBuffers = roomIn(recv.buffers) > 0 && std::none_of(recv.buffers.begin(), recv.buffers.end(),
                                                                      [](const Buffer &each) { return each.invalid; });
    if (!isOpenStream(socket) || !goodBuffers || (recv.flags & ~pushImmediate) != 0)
        return false;
    if (recv.overlapped.empty())
        return !socket->nonblocking && socket->receiveTimeout == 0;
    return socket->overlapped && !m_overlapped.contains(recv.overlapped);
}

std::string Reach::whyNever(const Receive &receive, const std::string &name) const
{
    if (!receive.plain || receive.cancels != m_cancels || m_anyMayEnd)
        return {};
    const auto found = m_stories.find(receive.socket);
    const SocketStory story = found == m_stories.end() ? SocketStory() : found->second;
    if (story.finishedLine > 0 || story.goneLine > 0 || story.cutLine > 0 || story.closed || story.receiveShutDown)
        return {};
    if (story.sent >= receive.needs)
        return {};
    if (receive.drains)
        return name +
               " can never complete here: a drain takes whatever comes and completes only when something ends it "
               "(wsk.cancel, peer.shutdown, peer.reset, wsk.disconnect, wsk.close).";
    if (story.sent == 0)
        return name + " can never complete here: nothing was sent to " + receive.socket +
               " before this step, "
               "and nothing ended it.";
    if (receive.needs == never)
        return name + " can never complete here: a drain stands before it that takes whatever comes.";
    if (receive.own > 1)
        return name + " can never complete here: only " + std::to_string(story.sent) + " bytes were sent to " +
               receive.socket + " before this step, and it waits for " + std::to_string(receive.own) + " of its own.";
    return name + " can never complete here: only " + std::to_string(story.sent) + " bytes were sent to " +
           receive.socket + " before this step, and the receives before it take at least " +
           std::to_string(receive.needs - 1) + ".";
}

std::string Reach::whyNever(const std::string &op) const
{
    const auto result = m_results.find(op);
    const auto receive = m_receives.find(result == m_results.end() ? op : result->second);
    return receive == m_receives.end() ? std::string() : whyNever(receive->second, op);
}

/// @p inOrder: nothing races with it, so that what was received for before goes first.
void Reach::add(const std::string &op, Receive receive, bool inOrder)
{
    receive.cancels = m_cancels;
    receive.needs = receive.own;
    if (receive.plain && inOrder) {
        std::uint64_t &waitingFor = m_stories[receive.socket].waitingFor;
        waitingFor = receive.drains || waitingFor > never - receive.own ? never : waitingFor + receive.own;
        receive.needs = waitingFor;
    }
    m_receives[op] = receive;
}

/// Whose receives ended is not certain, so of every receive before it nothing is.
void Reach::mayHaveEndedAny()
{
    ++m_cancels;
    for (auto &[socket, story] : m_stories)
        story.waitingFor = 0;
}

void Reach::pass(const Step &step)
{
    m_anyMayEnd = m_anyMayEnd || endsWithin(step.action);
    passWsk(step);
    passBeside(step);
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
        add(recv->op, {recv->socket, 0, isPlain(*recv)}, recv->on.empty());
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
               std::holds_alternative<ThreadExit>(step.action)) {
        mayHaveEndedAny();
    }
}

} // namespace recvscope::scenario
