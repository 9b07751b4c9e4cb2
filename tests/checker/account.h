// What a trace tells of one socket, in the socket's own order, and of each receive made on it.
//
// Threads: a value; it reads the snapshot it was made of, which must outlive it.

#pragma once

#include "setup.h"
#include "trace/store.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace recvscope::checker {

namespace flag {
inline constexpr std::uint16_t Oob = 0x1;
inline constexpr std::uint16_t Peek = 0x2;
inline constexpr std::uint16_t WaitAll = 0x8;
inline constexpr std::uint16_t PushImmediate = 0x20;
inline constexpr std::uint16_t Partial = 0x8000;
} // namespace flag

/// Of WskReceive, which has its own numbers.
namespace wskflag {
inline constexpr std::uint16_t WaitAll = 0x2;
inline constexpr std::uint16_t Drain = 0x4;
} // namespace wskflag

/// An event with the bytes that were kept with it.
struct Told {
    trace::Event event;
    std::string_view bytes;
    trace::EventRef ref; ///< its place among what its thread recorded
};

/// What WSK_BUF said.
struct Chain {
    std::uint32_t offset = 0;
    std::uint32_t length = 0;
    std::vector<std::uint32_t> descriptors;

    /// The offset lies in the first of them, and they hold offset and length; an empty one has no place for any but 0.
    [[nodiscard]] bool wellFormed() const;
};

/// One call of WSPRecv or WskReceive. What happened to it are places in Account::events, counted from 0.
struct Receive {
    OperationId id;
    std::string name;
    std::uint16_t flags = 0;
    std::uint16_t traits = 0;
    std::vector<std::uint32_t> sizes; ///< of its buffers
    std::size_t calledAt = 0;
    std::uint16_t track = 0; ///< of the thread that called
    StepId step;
    std::vector<std::size_t> events; ///< all of it, in order
    std::optional<std::size_t> refused, completed, returned;
    std::optional<Chain> chain; ///< of WskReceive: none was given without
    std::uint32_t irql = 0;
    std::optional<std::size_t> queued, irpCompleted;

    [[nodiscard]] bool has(std::uint16_t wanted) const { return (flags & wanted) != 0; }
    [[nodiscard]] bool drains() const { return has(wskflag::Drain); } ///< of WskReceive
    [[nodiscard]] std::uint32_t length() const { return chain ? chain->length : 0; }
    [[nodiscard]] bool overlapped() const { return (traits & trace::CallOverlapped) != 0; }
    [[nodiscard]] bool hasRoutine() const { return (traits & trace::CallHasRoutine) != 0; }
    [[nodiscard]] bool nonblocking() const { return (traits & trace::CallNonblocking) != 0; }
    [[nodiscard]] std::uint64_t room() const;
    /// Where its fate was decided: refused or completed, whichever came first.
    [[nodiscard]] std::optional<std::size_t> decided() const;
};

class Account {
public:
    std::string name;
    SocketId id; ///< none: the calls that named no socket
    SocketSetup socket;
    std::vector<Told> events;
    std::vector<Receive> receives;    ///< in the order of their calls
    std::vector<Nanoseconds> cancels; ///< when WSPCancelBlockingCall was called, for whatever thread

    [[nodiscard]] const Receive *receive(OperationId operation) const;
    [[nodiscard]] Status statusAt(std::size_t place) const; ///< of a Refused, Completed, Returned or ResultReturned
    /// How many events of that type the receive has.
    [[nodiscard]] std::size_t count(const Receive &receive, trace::EventType type) const;
    /// WSPCancelBlockingCall was called between the receive's call and that place.
    [[nodiscard]] bool cancelledBefore(const Receive &receive, std::size_t place) const;
    /// What ends receives from our side is recorded after what it ends: nothing but endings stands between.
    /// @return the type of what follows: SocketClosed or SocketShutDown (of the receive direction), or nothing.
    [[nodiscard]] std::optional<trace::EventType> endedBy(std::size_t place) const;
    /// An event of that type stands before the place.
    [[nodiscard]] bool before(std::size_t place, trace::EventType type) const;
    /// The receive direction was shut down before the place.
    [[nodiscard]] bool shutDownBefore(std::size_t place) const;
    /// Something of an earlier step lay there at that place for sure: a step ends when what it sent has arrived, and
    /// KernelHolds, asked at its end, says what lies there. Of a message that has begun nothing is said.
    [[nodiscard]] bool layAt(std::size_t place) const;
    /// Nobody who called before it was waiting still.
    [[nodiscard]] bool firstInLine(const Receive &receive, std::size_t place) const;
    /// The receive event callback was running.
    [[nodiscard]] bool indicatingAt(std::size_t place) const;
    /// The connection was broken off before the place, by the peer or by our side: of WSK.
    [[nodiscard]] bool brokenBefore(std::size_t place) const;
    [[nodiscard]] bool abortedHereBefore(std::size_t place) const;
    /// The peer had ended the connection in the middle of a message.
    [[nodiscard]] bool tornBefore(std::size_t place) const;
};

/// One for each socket of the trace, and one for the calls on what is no socket.
[[nodiscard]] std::vector<Account> accountsOf(const trace::Snapshot &snapshot, const Setup &setup);

} // namespace recvscope::checker
