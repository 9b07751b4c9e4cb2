// Outside peers for the tests of live sessions, and a watch that tests can wait on.

#pragma once

#include "net/socket.h"
#include "session/live.h"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::session {

inline LiveSettings listenOn(net::AddressFamily family = net::AddressFamily::IPv4)
{
    LiveSettings settings;
    settings.address = net::Address::loopback(family);
    return settings;
}

/// The session, or a test failure.
inline std::unique_ptr<Live> started(LiveSettings settings)
{
    Result<std::unique_ptr<Live>> live = startLive(std::move(settings));
    if (!live) {
        ADD_FAILURE() << live.error().message();
        return nullptr;
    }
    return std::move(*live);
}

inline net::Socket connectedTo(const net::Address &address)
{
    Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp, address.family());
    if (!socket || !socket->connect(address)) {
        ADD_FAILURE() << "cannot connect to " << address.text();
        return {};
    }
    return std::move(*socket);
}

inline void send(net::Socket &socket, std::string_view text)
{
    Result<std::size_t> sent = socket.send(std::as_bytes(std::span(text)));
    ASSERT_TRUE(sent) << sent.error().message();
    ASSERT_EQ(*sent, text.size());
}

/// Keeps what a session tells, and lets a test wait for it.
class Witness {
public:
    struct Seen {
        SocketId socket;
        Status status;
        std::string bytes;
        std::vector<std::uint32_t> sizes;
        bool overlapped;
        bool wasPending;
    };

    [[nodiscard]] LiveWatch watch()
    {
        return {[this](const Connection &connection) { tell([&] { m_opened.push_back(connection); }); },
                [this](const LiveReceive &receive) {
                    std::string bytes;
                    for (const std::string_view part : receive.contents)
                        bytes += part;
                    tell([&] {
                        m_seen.push_back({receive.socket, receive.status, bytes, receive.sizes, receive.overlapped,
                                          receive.wasPending});
                    });
                },
                [this](const Connection &connection) { tell([&] { m_closed.push_back(connection); }); }};
    }

    void waitForOpened(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_news.wait(lock, [&] { return m_opened.size() >= count; });
    }
    void waitForClosed(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_news.wait(lock, [&] { return m_closed.size() >= count; });
    }
    /// Until so many receives have ended. @return all of them
    std::vector<Seen> waitForReceives(std::size_t count)
    {
        std::unique_lock lock(m_mutex);
        m_news.wait(lock, [&] { return m_seen.size() >= count; });
        return m_seen;
    }
    /// Everything that socket brought so far.
    std::string bytesOf(SocketId socket)
    {
        const std::lock_guard lock(m_mutex);
        std::string bytes;
        for (const Seen &one : m_seen)
            if (one.socket == socket)
                bytes += one.bytes;
        return bytes;
    }

private:
    template <class Change>
    void tell(Change change)
    {
        {
            const std::lock_guard lock(m_mutex);
            change();
        }
        m_news.notify_all();
    }

    std::mutex m_mutex;
    std::condition_variable m_news;
    std::vector<Connection> m_opened, m_closed;
    std::vector<Seen> m_seen;
};

} // namespace recvscope::session
