// A scenario as a plain value: sockets, threads, policy and the steps that one runner executes in order.
//
// Threads: a value; whoever holds it may read it.

#pragma once

#include "base/rules.h"
#include "net/address.h"
#include "net/kind.h"
#include "net/protocol.h"
#include "scenario/steps.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace recvscope::scenario {

/// `protocol:` XP1 bits that a socket has, or has not, whatever its transport's own are.
struct Profile {
    std::uint32_t set = 0;
    std::uint32_t cleared = 0;

    friend bool operator==(const Profile &, const Profile &) = default;
};

/// The switches of engine::Policy, with its defaults: what the page says.
struct PolicyChoices {
    bool overlappedOnPlainSocketAllowed = false;
    bool overlappedPeekAllowed = false;
    bool closeAbortsWithConnAborted = false;
    bool resetDiscardsData = false;
    bool tooLargeCountReported = false;
    bool routinesNewestFirst = false;
    std::uint32_t maxOutstanding = 1'000'000;
    bool reenableWhenCompleted = false;    ///< a silent receive event callback: when WskReceive has completed
    bool pendingResetForcedClosed = false; ///< a WskReceive pending at a reset: STATUS_FILE_FORCED_CLOSED

    friend bool operator==(const PolicyChoices &, const PolicyChoices &) = default;
};

/// Whose interface a socket is used through.
enum class Face : std::uint8_t { Wsp, Wsk, Native };
[[nodiscard]] std::string_view nameOf(Face face); ///< "wsp", "wsk", "native"

/// What a WSK socket was made as.
enum class Category : std::uint8_t { Connection, Stream, Datagram, Listening };
[[nodiscard]] std::string_view nameOf(Category category); ///< "connection"

struct SocketDeclaration {
    std::string name;
    Place place;
    net::SocketKind kind = net::SocketKind::Tcp;
    net::AddressFamily family = net::AddressFamily::IPv4; ///< of tcp and udp
    bool overlapped = true;                               ///< made with WSA_FLAG_OVERLAPPED
    bool nonblocking = false;
    bool connected = true;                      ///< to its scripted peer; false: it has none
    bool invalid = false;                       ///< `handle: invalid`: a descriptor that is no socket
    std::optional<std::uint32_t> receiveBuffer; ///< SO_RCVBUF, set before connecting
    std::optional<Profile> profile;
    bool oobInline = false; ///< SO_OOBINLINE
    // In milliseconds; 0: as the system has it.
    std::uint32_t keepAlive = 0;      ///< TCP: an idle connection is probed after it, and broken after as much again
    std::uint32_t userTimeout = 0;    ///< TCP: so long may sent data stay unacknowledged
    std::uint32_t receiveTimeout = 0; ///< SO_RCVTIMEO: so long does a blocking receive wait
    Face face = Face::Wsp;
    Category category = Category::Connection; ///< of face Wsk
    std::optional<PolicyChoices> policy;      ///< of this socket alone; absent: the scenario's

    friend bool operator==(const SocketDeclaration &, const SocketDeclaration &) = default;
};

/// The bits that the socket goes by.
[[nodiscard]] net::Protocol protocolOf(const SocketDeclaration &socket);

enum class LessonTrack : std::uint8_t { Streams, Messages, Completion, Kernel, Compare, Museum };
[[nodiscard]] std::string_view nameOf(LessonTrack track); ///< "streams"

struct Lesson {
    std::uint32_t number = 0;
    LessonTrack track = LessonTrack::Streams;
    std::string about; ///< one line for the list; may be empty
    std::vector<RuleId> explains;

    friend bool operator==(const Lesson &, const Lesson &) = default;
};

/// What a machine must have to run it; where it has not, the run says so and ends with exit code 3.
enum class Need : std::uint8_t { IPv6, UnixSockets, SeqPacket, Linux, Windows };
[[nodiscard]] std::string_view nameOf(Need need); ///< "ipv6", "unix", "seqpacket", "linux", "windows"

struct Scenario {
    std::string file; ///< where it was read from, as it was named; no part of what it says
    std::string title;
    std::optional<Lesson> lesson;
    bool repeatable = true; ///< false: its point is chance
    std::vector<Need> needs;
    PolicyChoices policy;
    std::vector<SocketDeclaration> sockets;
    std::vector<std::string> peers;   ///< further ones, each a datagram socket that speaks to any
    std::vector<std::string> threads; ///< besides "main"
    std::vector<Step> steps;          ///< StepId n is steps[n - 1]

    [[nodiscard]] const SocketDeclaration *socket(std::string_view name) const;
    /// It comes from socket.accept, and does not exist before.
    [[nodiscard]] bool comesFromAccepting(std::string_view socket) const;
    /// wsk.socket-connect makes it.
    [[nodiscard]] bool comesFromConnecting(std::string_view socket) const;

    /// Says the same; where it was read from does not count.
    friend bool operator==(const Scenario &, const Scenario &);
};

/// Something is queued to a thread of it: a completion routine, or an APC.
[[nodiscard]] bool queuesToThreads(const Scenario &scenario);

/// The thread of calls without `on`.
inline constexpr std::string_view mainThread = "main";

} // namespace recvscope::scenario
