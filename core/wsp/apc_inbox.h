// How another process queues to a thread of this one: over a socket that both share.
//
// Threads: made before it is used; take() on the reactor's thread; send() in any process that has the other end.

#pragma once

#include "net/socket.h"
#include "wsp/thread.h"

#include <cstdint>
#include <optional>

namespace recvscope::wsp {

class ApcInbox {
public:
    /// @param toRun is what runs on the thread: a process can hand over a value, never an address
    ApcInbox(net::Socket receivingEnd, ThreadId target, UserApc toRun)
        : m_receiving(std::move(receivingEnd)), m_thread(std::move(target)), m_function(toRun)
    {
    }

    [[nodiscard]] const net::Socket &receiving() const { return m_receiving; }
    [[nodiscard]] const ThreadId &thread() const { return m_thread; }
    [[nodiscard]] UserApc function() const { return m_function; }

    /// The next context value that came; nothing: none, or something that is no such message.
    [[nodiscard]] std::optional<std::uint32_t> take();
    /// Tells who sent it whether it is queued.
    void answer(bool queued);

    /// WPUQueueApc as another process calls it. Returns when it has heard what became of the context.
    /// @return false when it was not queued: the thread has exited
    [[nodiscard]] static Result<bool> sendFromAnotherProcess(const net::Socket &shared, std::uint32_t context);

private:
    net::Socket m_receiving;
    const ThreadId m_thread;
    const UserApc m_function;
};

} // namespace recvscope::wsp
