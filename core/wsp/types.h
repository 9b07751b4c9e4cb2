// The arguments of WSPRecv and its neighbours, with the field's names. Numbers come from the published headers.

#pragma once

#include "base/ids.h"
#include "base/status.h"

#include <atomic>
#include <cstdint>

namespace recvscope::wsp {

class Event;

/// A socket descriptor of the provider; a value that may be stale, then calls say WSAENOTSOCK.
enum class SocketHandle : std::uint64_t { Invalid = ~0ULL };

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

/// WSAOVERLAPPED. Must stay valid until completion, and serve one outstanding receive at a time.
/// The engine publishes flags, error, bytes, and the status last (release), so that a reader that sees a final status
/// sees the rest.
struct Overlapped {
    static constexpr std::uint32_t inProgress = 0x103; ///< WSS_OPERATION_IN_PROGRESS

    std::atomic<std::uint32_t> internal{0};     ///< status: inProgress, then an NTSTATUS
    std::atomic<std::uint32_t> internalHigh{0}; ///< bytes
    std::atomic<std::uint32_t> offset{0};       ///< output flags
    std::atomic<std::uint32_t> offsetHigh{0};   ///< Winsock error
    Event *hEvent = nullptr;                    ///< not owned; null: no event
    std::atomic<std::uint32_t> operation{0};    ///< the engine's: the receive that uses it, for the trace
};

/// @param error Success or the Winsock error @param flags as an immediate completion would have put them
using CompletionRoutine = void (*)(Status error, std::uint32_t bytes, Overlapped *overlapped, std::uint32_t flags);

inline constexpr int socketError = -1; ///< SOCKET_ERROR

} // namespace recvscope::wsp
