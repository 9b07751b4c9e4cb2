#include "native/provider.h"

#include "engine/journal.h"
#include "engine/request.h"
#include "native/names.h"
#include "net/interrupt.h"
#include "net/system_receive.h"

#include <algorithm>
#include <condition_variable>
#include <utility>

namespace recvscope::native {

using trace::EventType;
using trace::Provenance;

namespace {

/// A thread that waits in the kernel.
struct BlockedThread {
    std::thread::id thread = std::this_thread::get_id();
    net::ThreadInterrupt interrupt;
    std::uint64_t room = 0;
    bool peek = false;
    bool waitAll = false;
    bool interrupted = false; ///< it is to come out
};

engine::Journal::Words measured(RuleId rule, std::uint32_t a = 0, std::uint32_t b = 0)
{
    return {rule, a, b, Provenance::Measured};
}

} // namespace

/// One socket. Its lock is left while a call waits in the kernel, so the order of its events is that of its story.
struct Provider::Connection {
    using Lock = std::unique_lock<std::mutex>;

    Connection(net::Socket adopted, trace::Recorder *recorder, const SocketTraits &traits)
        : socket(std::move(adopted)),
          journal(recorder, traits.id),
          nonblocking(traits.nonblocking),
          stream(net::isStreamBelow(socket.kind()))
    {
    }

    [[nodiscard]] bool waitsForAll(const engine::Request &request) const { return request.flags.waitAll && stream; }
    [[nodiscard]] net::SystemReceived ask(const engine::Request &request, bool wait) const
    {
        return net::receiveBySystem(socket, request.buffers,
                                    {.peek = request.flags.peek, .waitAll = request.flags.waitAll, .wait = wait});
    }
    [[nodiscard]] bool allThere(const engine::Request &request) const
    {
        return socket.available() >= engine::roomOf(request.buffers) || socket.endArrived();
    }

    [[nodiscard]] BlockedThread *find(std::thread::id thread) const;
    /// Signals it until it has left the kernel.
    void getOut(Lock &lock, BlockedThread &one);
    net::SystemReceived waitInKernel(Lock &lock, const engine::Request &request, const Provider &provider);
    /// @param waited it blocked before
    Received tell(const engine::Request &request, const net::SystemReceived &answer, bool waited);
    /// Why it returned 0.
    [[nodiscard]] RuleId ruleOfZero(const engine::Request &request) const;
    void addWaiting(engine::SocketView &view, std::uint64_t arrived) const;

    mutable std::mutex mutex;
    std::condition_variable left; ///< a thread has left the kernel
    net::Socket socket;
    const engine::Journal journal;
    const bool nonblocking;
    const bool stream;
    bool open = true;
    bool failed = false; ///< the system told an error, and will not again; only to name what follows
    std::uint64_t taken = 0;
    std::vector<BlockedThread *> blocked;
};

Provider::Provider(ProviderSettings settings) : m_settings(std::move(settings)) {}

Provider::~Provider()
{
    closeAll();
}

SocketHandle Provider::adopt(net::Socket socket, const SocketTraits &traits)
{
    // It fails for no open socket; the receives of one that is not say so.
    static_cast<void>(socket.setNonblocking(traits.nonblocking));
    const std::lock_guard lock(m_mutex);
    m_connections.push_back(std::make_shared<Connection>(std::move(socket), m_settings.recorder, traits));
    return static_cast<SocketHandle>(m_connections.size() - 1);
}

std::shared_ptr<Provider::Connection> Provider::find(SocketHandle socket) const
{
    const std::lock_guard lock(m_mutex);
    const auto index = static_cast<std::uint64_t>(socket);
    return index < m_connections.size() ? m_connections[index] : nullptr;
}

OperationId Provider::number(CallTag tag)
{
    if (tag.operation)
        return tag.operation;
    const std::lock_guard lock(m_mutex);
    return OperationId{++m_operations};
}

void Provider::tellChanged() const
{
    if (m_settings.changed)
        m_settings.changed();
}

Received Provider::receive(SocketHandle socket, std::span<const net::Slice> slices, std::uint32_t flags, CallTag tag)
{
    const std::shared_ptr<Connection> connection = find(socket);
    if (!connection)
        return {Status::WsaEnotsock};
    engine::Request request;
    request.operation = number(tag);
    request.step = tag.step;
    request.buffers = slices;
    request.flags.peek = (flags & flag::Peek) != 0;
    request.flags.waitAll = (flags & flag::WaitAll) != 0;

    Connection &here = *connection;
    Connection::Lock lock(here.mutex);
    if (!here.open)
        return {Status::WsaEnotsock};
    const unsigned traits = trace::CallNative | (here.nonblocking ? unsigned{trace::CallNonblocking} : 0U);
    here.journal.called(request, {RuleId::EngineNativeAsked, RuleId::None, static_cast<std::uint16_t>(flags),
                                  static_cast<std::uint16_t>(traits)});

    // Asked without waiting the system gives a part of what is to come whole, so then it is asked only for all of it.
    const bool maybeAtOnce = here.nonblocking || !here.waitsForAll(request) || here.allThere(request);
    net::SystemReceived answer;
    if (maybeAtOnce) {
        answer = here.ask(request, false);
        if (answer.nothingThere())
            here.journal.write(
                EventType::KernelEmpty, request.operation, request.step,
                measured(here.nonblocking ? RuleId::EngineNativeWouldBlock : RuleId::EngineNativeBlocks));
    }
    const bool waits = !here.nonblocking && (!maybeAtOnce || answer.nothingThere());
    if (waits)
        answer = here.waitInKernel(lock, request, *this);
    const Received received = here.tell(request, answer, waits);
    lock.unlock();
    tellChanged();
    return received;
}

net::SystemReceived Provider::Connection::waitInKernel(Lock &lock, const engine::Request &request,
                                                       const Provider &provider)
{
    BlockedThread self;
    self.room = engine::roomOf(request.buffers);
    self.peek = request.flags.peek;
    self.waitAll = waitsForAll(request);
    blocked.push_back(&self);
    const bool forTheRest = self.waitAll && socket.available() > 0; // there is something, and it wants more
    journal.write(EventType::Blocked, request.operation, request.step,
                  measured(forTheRest ? RuleId::EngineNativeWaitall : RuleId::EngineNativeBlocks));
    net::SystemReceived answer;
    do {
        lock.unlock();
        provider.tellChanged();
        answer = ask(request, true);
        lock.lock();
    } while (answer.interrupted() && !self.interrupted); // a signal that was not for this call
    blocked.erase(std::find(blocked.begin(), blocked.end(), &self));
    left.notify_all();
    return answer;
}

RuleId Provider::Connection::ruleOfZero(const engine::Request &request) const
{
    if (!stream)
        return socket.kind() == net::SocketKind::Udp ? RuleId::EngineNativeBytes : RuleId::EngineNativeZeroOfMessages;
    if (engine::roomOf(request.buffers) == 0)
        return RuleId::EngineNativeNoRoom;
    return failed ? RuleId::EngineNativeErrorOnce : RuleId::EngineNativeEnd;
}

Received Provider::Connection::tell(const engine::Request &request, const net::SystemReceived &answer, bool waited)
{
    const auto write = [&](EventType type, const engine::Journal::Words &words) {
        journal.write(type, request.operation, request.step, words);
    };
    if (answer.result < 0) {
        const Status status = nearestStatus(answer.systemCode);
        const RuleId rule = ruleOfError(answer.systemCode);
        const std::uint32_t failure = trace::packOutcome(status, 0);
        if (answer.nothingThere() && !waited) { // the call fails, and nothing was started
            write(EventType::Refused, measured(rule, static_cast<std::uint32_t>(status)));
        } else {
            write(EventType::KernelError, measured(rule, static_cast<std::uint32_t>(status)));
            write(EventType::Completed, measured(rule, 0, failure));
        }
        write(EventType::Returned, measured(rule, trace::leftAlone, trace::packOutcome(status, trace::flagsLeftAlone)));
        failed = failed || endsStream(answer.systemCode);
        return {status};
    }

    const auto bytes = static_cast<std::size_t>(answer.result);
    RuleId rule = request.flags.peek     ? RuleId::EngineNativePeek
                  : waitsForAll(request) ? RuleId::EngineNativeWaitall
                                         : RuleId::EngineNativeBytes;
    if (bytes == 0 && answer.lost == 0)
        rule = ruleOfZero(request);
    if (answer.lost > 0)
        rule = RuleId::EngineNativeMessageCut;
    if (!request.flags.peek)
        taken += bytes + answer.lost;
    const bool atEnd = bytes == 0 && answer.lost == 0 && rule != RuleId::EngineNativeNoRoom &&
                       (stream || (rule == RuleId::EngineNativeZeroOfMessages && socket.endArrived()));
    if (bytes > 0 || (!stream && !atEnd))
        journal.received(request.operation, request.step,
                         {request.buffers, bytes, RuleId::EngineNativeScatter, RuleId::EngineNativeScatter});
    if (answer.lost > 0)
        write(EventType::MessageLost, measured(rule, static_cast<std::uint32_t>(answer.lost)));
    if (atEnd)
        write(EventType::KernelEnd, measured(rule));
    const auto told = static_cast<std::uint32_t>(bytes);
    const std::uint32_t outcome = trace::packOutcome(Status::Success, answer.cut ? flag::Truncated : std::uint16_t{0});
    write(EventType::Completed, measured(rule, told, outcome));
    write(EventType::Returned, measured(rule, told, outcome));
    return {Status::Success, bytes, answer.cut ? flag::Truncated : 0U};
}

std::vector<std::shared_ptr<Provider::Connection>> Provider::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_connections;
}

BlockedThread *Provider::Connection::find(std::thread::id thread) const
{
    const auto found =
        std::find_if(blocked.begin(), blocked.end(), [&](const auto *one) { return one->thread == thread; });
    return found == blocked.end() ? nullptr : *found;
}

void Provider::Connection::getOut(Lock &lock, BlockedThread &one)
{
    one.interrupted = true;
    one.interrupt.interruptUntil(lock, left,
                                 [&] { return std::find(blocked.begin(), blocked.end(), &one) == blocked.end(); });
}

bool Provider::blocked(std::thread::id thread) const
{
    const auto connections = all();
    return std::any_of(connections.begin(), connections.end(), [&](const auto &connection) {
        const std::lock_guard lock(connection->mutex);
        return connection->find(thread) != nullptr;
    });
}

bool Provider::interrupt(std::thread::id thread)
{
    for (const auto &connection : all()) {
        Connection::Lock lock(connection->mutex);
        if (BlockedThread *one = connection->find(thread)) {
            connection->getOut(lock, *one);
            return true;
        }
    }
    return false;
}

engine::SocketView Provider::state(SocketHandle socket) const
{
    engine::SocketView view;
    const std::shared_ptr<Connection> connection = find(socket);
    if (!connection)
        return view;
    const std::lock_guard lock(connection->mutex);
    if (!connection->open)
        return view;
    view.open = true;
    view.available = view.unread = connection->socket.available();
    view.taken = view.read = connection->taken;
    view.blocked = connection->blocked.size();
    // Before readable: what arrives in between is seen there, and nothing is taken for read that is not.
    const std::uint64_t arrived = net::arrivedSoFar(connection->socket);
    view.urgent = connection->socket.urgent();
    view.readable = connection->socket.readable();
    view.endArrived = connection->socket.endArrived();
    view.hungUp = connection->socket.hungUp();
    connection->addWaiting(view, arrived);
    return view;
}

net::Address Provider::localAddress(SocketHandle socket) const
{
    const std::shared_ptr<Connection> connection = find(socket);
    if (!connection)
        return {};
    const std::lock_guard lock(connection->mutex);
    return connection->socket.localAddress();
}

/// What calls that wait for all of it do with a part: one has read it already, and only the system knows how much; one
/// that peeks leaves it and waits on. With all of it, the call is about to return.
void Provider::Connection::addWaiting(engine::SocketView &view, std::uint64_t arrived) const
{
    for (const BlockedThread *one : blocked) {
        if (!one->waitAll)
            continue;
        if (one->peek && view.unread < one->room) {
            view.read += view.unread;
            view.unread = 0;
            view.readable = false;
        }
        const std::uint64_t known = taken + view.available;
        const std::uint64_t inCall = arrived > known ? arrived - known : 0;
        if (!one->peek && inCall < one->room)
            view.read += inCall;
    }
}

bool Provider::close(SocketHandle socket, StepId step)
{
    const std::shared_ptr<Connection> connection = find(socket);
    if (!connection)
        return false;
    Connection::Lock lock(connection->mutex);
    if (!connection->open)
        return false;
    connection->open = false;
    while (!connection->blocked.empty())
        connection->getOut(lock, *connection->blocked.front());
    connection->journal.write(EventType::SocketClosed, {}, step, measured(RuleId::None));
    connection->socket.close();
    lock.unlock();
    tellChanged();
    return true;
}

void Provider::closeAll()
{
    std::size_t count = 0;
    {
        const std::lock_guard lock(m_mutex);
        count = m_connections.size();
    }
    for (std::size_t i = 0; i < count; ++i)
        close(static_cast<SocketHandle>(i));
}

} // namespace recvscope::native
