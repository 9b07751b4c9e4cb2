// The arguments of WSPRecv and its neighbours, with the field's names. Numbers come from the published headers.

#pragma once

#include "base/ids.h"
#include "base/status.h"
#include "engine/provider_types.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

namespace recvscope::wsp {

class Event;

/// A socket descriptor of the provider; a value that may be stale, then calls say WSAENOTSOCK.
using engine::SocketHandle;

/// WSABUF.
struct Wsabuf {
    std::uint32_t len = 0;
    char *buf = nullptr;
};

/// Winsock's receive flags: a type of its own, never passed to a system call as it is.
namespace msg {
inline constexpr std::uint32_t Oob = 0x1;
inline constexpr std::uint32_t Peek = 0x2;
inline constexpr std::uint32_t WaitAll = 0x8;
inline constexpr std::uint32_t PushImmediate = 0x20;
inline constexpr std::uint32_t Partial = 0x8000;
} // namespace msg

/// WSAOVERLAPPED. Must stay valid until completion, and serve one outstanding receive at a time; a structure that is
/// destroyed earlier is named, and not written to any more (wsp.indicate.overlapped-stays-valid).
/// The engine publishes flags, error, bytes, and the status last (release), so that a reader that sees a final status
/// sees the rest.
struct Overlapped {
    static constexpr std::uint32_t inProgress = 0x103; ///< WSS_OPERATION_IN_PROGRESS

    std::atomic<std::uint32_t> internal{0};     ///< status: inProgress, then an NTSTATUS
    std::atomic<std::uint32_t> internalHigh{0}; ///< bytes
    std::atomic<std::uint32_t> offset{0};       ///< output flags
    std::atomic<std::uint32_t> offsetHigh{0};   ///< Winsock error
    /// Not owned; null: no event. With a routine it is never looked at, and may be anything.
    Event *hEvent = nullptr;

    // -- the engine's

    std::atomic<std::uint32_t> operation{0}; ///< the receive that uses it, for the trace
    std::atomic<bool> hasRoutine{false};     ///< its completion goes to a routine
    std::atomic<bool> started{false};        ///< a call has begun to use it: a refused one leaves it as it was

    /// Knows whether the structure is still there.
    class Lifeline {
    public:
        explicit Lifeline(Overlapped *structure) : m_structure(structure) {}
        /// Runs @p use with the structure, which stays for so long. @return false when it is gone.
        template <class Use>
        bool with(Use use)
        {
            const std::lock_guard lock(m_mutex);
            if (m_structure != nullptr)
                use(*m_structure);
            return m_structure != nullptr;
        }
        [[nodiscard]] Overlapped *structure() const
        {
            const std::lock_guard lock(m_mutex);
            return m_structure;
        }
        /// Its receive has completed, wherever the structure is by then.
        void end() { m_ended.store(true, std::memory_order_release); }
        [[nodiscard]] bool ended() const { return m_ended.load(std::memory_order_acquire); }
        void cut()
        {
            const std::lock_guard lock(m_mutex);
            m_structure = nullptr;
        }

    private:
        mutable std::mutex m_mutex;
        Overlapped *m_structure;
        std::atomic<bool> m_ended = false;
    };
    [[nodiscard]] const std::shared_ptr<Lifeline> &lifeline()
    {
        if (!m_lifeline)
            m_lifeline = std::make_shared<Lifeline>(this);
        return m_lifeline;
    }

    Overlapped() = default;
    Overlapped(const Overlapped &) = delete;
    Overlapped &operator=(const Overlapped &) = delete;
    ~Overlapped()
    {
        if (m_lifeline)
            m_lifeline->cut();
    }

private:
    std::shared_ptr<Lifeline> m_lifeline; ///< made when a receive first needs it
};

/// @param error Success or the Winsock error @param flags as an immediate completion would have put them
using CompletionRoutine = void (*)(Status error, std::uint32_t bytes, Overlapped *overlapped, std::uint32_t flags);

inline constexpr int socketError = -1; ///< SOCKET_ERROR

} // namespace recvscope::wsp
