#include "session/live_connection.h"

#include "net/kind.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace recvscope::session {

void SharedBehaviour::set(LiveBehaviour behaviour)
{
    const std::lock_guard lock(m_mutex);
    m_behaviour = std::move(behaviour);
    m_version.fetch_add(1, std::memory_order_release);
}

LiveBehaviour SharedBehaviour::get() const
{
    const std::lock_guard lock(m_mutex);
    return m_behaviour;
}

/// One receive's memory; used again for later ones while the buffers stay the same.
struct LiveConnection::Receive {
    Receive(const std::vector<std::uint32_t> &bufferSizes, std::uint64_t behaviourVersion)
        : sizes(bufferSizes), version(behaviourVersion)
    {
        for (const std::uint32_t size : sizes) {
            memory.push_back(std::make_unique_for_overwrite<char[]>(size));
            descriptors.push_back({size, memory.back().get()});
        }
        overlapped.hEvent = &event;
    }

    [[nodiscard]] std::vector<std::string_view> contents(std::uint32_t total) const
    {
        std::vector<std::string_view> parts;
        for (const wsp::Wsabuf &buffer : descriptors) {
            const std::uint32_t here = std::min(total, buffer.len);
            parts.emplace_back(buffer.buf, here);
            total -= here;
        }
        return parts;
    }

    std::vector<std::uint32_t> sizes;
    std::uint64_t version;
    std::vector<std::unique_ptr<char[]>> memory;
    std::vector<wsp::Wsabuf> descriptors;
    wsp::Event event;
    wsp::Overlapped overlapped;
    std::uint32_t bytes = 0; ///< the call's own outputs
    std::uint32_t flags = 0;
    std::uint64_t number = 0;
};

LiveConnection::LiveConnection(LiveContext &context, net::Socket socket, SocketId id, net::Address peer, bool accepted)
    : m_context(context), m_id(id)
{
    m_summary.socket = id;
    m_summary.peer = std::move(peer);
    const net::AddressFamily family = m_summary.peer.family();
    m_context.recorder->nameSocket(id, m_summary.peer.text());
    wsp::SocketTraits traits;
    traits.id = id;
    const std::size_t receiveBuffer = socket.receiveBufferSize();
    m_handle = m_context.provider->adopt(std::move(socket), traits);
    m_thread = std::thread([this, family, accepted, receiveBuffer] { live(family, accepted, receiveBuffer); });
}

LiveConnection::~LiveConnection()
{
    stop();
    join();
}

void LiveConnection::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_stopping || m_ended)
            return;
        m_stopping = true;
    }
    m_news.notify_all();
    // Ends a blocked receive, and every pending one.
    Status ignored = Status::Success;
    m_context.provider->closeSocket(m_handle, &ignored);
}

void LiveConnection::behaviourChanged()
{
    {
        // A waiter has either not looked at the version yet, or waits already.
        const std::lock_guard lock(m_mutex);
    }
    m_news.notify_all();
}

Connection LiveConnection::summary() const
{
    const std::lock_guard lock(m_mutex);
    return m_summary;
}

bool LiveConnection::ended() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended;
}

void LiveConnection::join()
{
    if (m_thread.joinable())
        m_thread.join();
}

void LiveConnection::live(net::AddressFamily family, bool accepted, std::size_t receiveBuffer)
{
    m_context.recorder->nameThread("connection " + std::to_string(m_id.value));
    record(trace::EventType::SocketOpened, static_cast<std::uint32_t>(net::SocketKind::Tcp),
           trace::packOpened(true, receiveBuffer));
    record(accepted ? trace::EventType::SocketAccepted : trace::EventType::SocketConnected);
    m_context.log->add({LiveEntry::Kind::Opened, m_id, family, 0, false, {}, Status::Success, {}});
    if (m_context.watch.opened) {
        const std::lock_guard lock(m_context.watching);
        m_context.watch.opened(summary());
    }

    receiveUntilEnd();

    Status ignored = Status::Success;
    m_context.provider->closeSocket(m_handle, &ignored);
    m_spare.clear();
    {
        const std::lock_guard lock(m_mutex);
        m_summary.open = false;
    }
    if (m_context.watch.closed) {
        const std::lock_guard lock(m_context.watching);
        m_context.watch.closed(summary());
    }
    {
        const std::lock_guard lock(m_mutex);
        m_ended = true;
    }
    m_context.ended();
}

void LiveConnection::receiveUntilEnd()
{
    while (!m_over) {
        renew();
        if (!waitForPace()) {
            // Stopped between two receives: closing the socket has ended those that wait.
            seenStop();
            break;
        }
        // Blocking calls begin when the overlapped ones have ended: they would only queue behind them.
        if (m_behaviour.overlapped && m_flying.size() < m_behaviour.outstanding)
            postOverlapped();
        else if (!m_flying.empty())
            finishOldest();
        else
            receiveBlocking();
    }
    while (!m_flying.empty())
        finishOldest();
}

void LiveConnection::renew()
{
    if (m_version == m_context.behaviour->version())
        return;
    m_version = m_context.behaviour->version();
    m_behaviour = m_context.behaviour->get();
    m_spare.clear();
    m_pace = Pace();
}

bool LiveConnection::waitForPace()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        if (m_stopping)
            return false;
        const Nanoseconds pause = m_pace.pause(m_context.recorder->clock().now());
        if (pause == 0)
            return true;
        const auto changed = [this] { return m_stopping || m_version != m_context.behaviour->version(); };
        if (m_news.wait_for(lock, std::chrono::nanoseconds(pause), changed) && !m_stopping) {
            lock.unlock();
            renew();
            lock.lock();
        }
    }
}

void LiveConnection::receiveBlocking()
{
    std::unique_ptr<Receive> receive = takeReceive();
    Status error = Status::Success;
    const int result = m_context.provider->recv(m_handle, receive->descriptors.data(),
                                                static_cast<std::uint32_t>(receive->descriptors.size()),
                                                &receive->bytes, &receive->flags, nullptr, nullptr, nullptr, &error);
    seen(*receive, false, false, result == 0 ? Status::Success : error, result == 0 ? receive->bytes : 0);
    giveBack(std::move(receive));
}

void LiveConnection::postOverlapped()
{
    std::unique_ptr<Receive> receive = takeReceive();
    Status error = Status::Success;
    const int result = m_context.provider->recv(
        m_handle, receive->descriptors.data(), static_cast<std::uint32_t>(receive->descriptors.size()), &receive->bytes,
        &receive->flags, &receive->overlapped, nullptr, nullptr, &error);
    if (result != 0 && error == Status::WsaIoPending) {
        if (!m_context.log->full())
            m_context.log->add(
                {LiveEntry::Kind::Posted, m_id, {}, receive->number, true, receive->sizes, Status::Success, {}});
        m_flying.push_back(std::move(receive));
        return;
    }
    // It did not join the queue, so those before it have left it: their bytes come first.
    while (!m_flying.empty())
        finishOldest();
    seen(*receive, true, false, result == 0 ? Status::Success : error, result == 0 ? receive->bytes : 0);
    giveBack(std::move(receive));
}

void LiveConnection::finishOldest()
{
    std::unique_ptr<Receive> receive = std::move(m_flying.front());
    m_flying.pop_front();
    receive->event.wait();
    const Status status =
        statusNumbered(StatusFamily::Winsock, receive->overlapped.offsetHigh.load(std::memory_order_acquire))
            .value_or(Status::WsaEinval);
    seen(*receive, true, true, status, receive->overlapped.internalHigh.load(std::memory_order_relaxed));
    giveBack(std::move(receive));
}

void LiveConnection::seen(const Receive &receive, bool overlapped, bool wasPending, Status status, std::uint32_t bytes)
{
    const bool taken = status != Status::Success && stopping();
    if (taken)
        seenStop();
    log(receive, overlapped, wasPending, status, bytes);
    if (bytes > 0)
        m_pace.took(bytes, m_context.recorder->clock().now(), m_behaviour.bytesPerSecond);
    else if (!taken)
        m_over = true;
    {
        const std::lock_guard lock(m_mutex);
        m_summary.bytes += bytes;
        m_summary.receives += bytes > 0 ? 1U : 0U;
        if (!taken && bytes == 0)
            m_summary.endStatus = status;
    }
    if (!m_context.watch.received)
        return;
    LiveReceive told{m_id,
                     receive.number,
                     overlapped,
                     wasPending,
                     taken ? Status::WsaOperationAborted : status,
                     bytes,
                     receive.sizes,
                     receive.contents(bytes)};
    const std::lock_guard lock(m_context.watching);
    m_context.watch.received(told);
}

void LiveConnection::seenStop()
{
    m_over = true;
    if (!std::exchange(m_closedByUs, true))
        m_context.log->add({LiveEntry::Kind::Closed, m_id, {}, 0, false, {}, Status::Success, {}});
    const std::lock_guard lock(m_mutex);
    m_summary.endStatus = Status::WsaOperationAborted;
}

void LiveConnection::log(const Receive &receive, bool overlapped, bool wasPending, Status status, std::uint32_t bytes)
{
    if (m_context.log->full())
        return;
    // A call that our own close ended, or that came after it, is not worth telling again.
    if (m_closedByUs && !wasPending)
        return;
    LiveEntry entry{
        wasPending ? LiveEntry::Kind::Completed : LiveEntry::Kind::AtOnce, m_id,   {}, receive.number, overlapped,
        wasPending ? std::vector<std::uint32_t>() : receive.sizes,         status, {}};
    for (const std::string_view part : receive.contents(bytes))
        entry.data += part;
    m_context.log->add(std::move(entry));
}

bool LiveConnection::stopping() const
{
    const std::lock_guard lock(m_mutex);
    return m_stopping;
}

std::unique_ptr<LiveConnection::Receive> LiveConnection::takeReceive()
{
    std::unique_ptr<Receive> receive;
    if (m_spare.empty()) {
        receive = std::make_unique<Receive>(m_behaviour.buffers, m_version);
    } else {
        receive = std::move(m_spare.back());
        m_spare.pop_back();
    }
    receive->number = ++m_number;
    receive->flags = 0;
    return receive;
}

void LiveConnection::giveBack(std::unique_ptr<Receive> receive)
{
    if (receive->version == m_version)
        m_spare.push_back(std::move(receive));
}

void LiveConnection::record(trace::EventType type, std::uint32_t a, std::uint32_t b)
{
    trace::Track &track = m_context.recorder->track();
    trace::Event event;
    event.time = track.now();
    event.socket = m_id;
    event.socketSequence = m_context.recorder->nextSequence(m_id);
    event.type = type;
    event.a = a;
    event.b = b;
    track.record(event);
}

} // namespace recvscope::session
