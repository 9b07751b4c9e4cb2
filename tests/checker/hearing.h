// Whom a datagram socket hears: anybody, or the one peer that it is connected to
// (wsp.socket.connected-datagram-filter).
//
// Threads: a value.

#pragma once

#include "account.h"

#include <string>

namespace recvscope::checker {

class Hearing {
public:
    explicit Hearing(const SocketSetup &socket) : m_socket(socket), m_everybody(!socket.connected) {}

    /// @return true when with this event the socket was connected, and hears nobody else from here on.
    bool pass(const Told &told)
    {
        if (told.event.type == trace::EventType::PeerChosen)
            m_sender = told.event.a == 0 ? std::string() : std::string(told.bytes);
        if (told.event.type != trace::EventType::SocketConnected || m_socket.connected)
            return false;
        m_everybody = false;
        return true;
    }
    [[nodiscard]] bool hears(const std::string &sender) const
    {
        return m_everybody || sender == (m_socket.connected ? std::string() : m_socket.connectsTo);
    }
    /// Whose the sends are that follow; empty: its own peer's.
    [[nodiscard]] const std::string &sender() const { return m_sender; }

private:
    const SocketSetup &m_socket;
    bool m_everybody;
    std::string m_sender;
};

} // namespace recvscope::checker
