// What Listen and Connect are asked to do, and what they report, in the window's own terms.
//
// Threads: values.

#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <QString>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace recvscope::gui {

/// How the application receives; may be changed while it runs.
struct LiveReceiving {
    std::vector<std::uint32_t> buffers{8, 8}; ///< bytes each
    bool overlapped = true;
    std::uint32_t inFlight = 1;       ///< overlapped receives kept outstanding
    std::uint64_t bytesPerSecond = 0; ///< 0: as fast as it can

    friend bool operator==(const LiveReceiving &, const LiveReceiving &) = default;
};

struct LiveOptions {
    bool connects = false;
    QString host = QStringLiteral("127.0.0.1"); ///< "::1" and the like without brackets
    std::uint16_t port = 7000;
    LiveReceiving receiving;
    std::size_t memoryLimit = std::size_t{512} << 20; ///< cap of the trace, bytes

    friend bool operator==(const LiveOptions &, const LiveOptions &) = default;
};

struct LiveConnection {
    SocketId socket;
    QString peer;
    std::uint64_t bytes = 0;
    std::uint64_t receives = 0;
    bool open = true;
    QString end; ///< how it ended, in words

    friend bool operator==(const LiveConnection &, const LiveConnection &) = default;
};

struct LiveStatus {
    enum class Phase : std::uint8_t { Off, Starting, Running, Stopping, Stopped };
    Phase phase = Phase::Off;
    bool connects = false;
    QString where;   ///< the address, with the port the system chose
    QString trouble; ///< a sentence when it could not start
    std::vector<LiveConnection> connections;
    std::size_t memoryLimit = 0;
    std::uint64_t notKept = 0; ///< events that were counted, not kept, since the trace is full

    friend bool operator==(const LiveStatus &, const LiveStatus &) = default;
};

/// "127.0.0.1:7000", "[::1]:7000".
[[nodiscard]] QString addressText(const QString &host, std::uint16_t port);
/// Whether only programs on this machine can reach it. What is no address counts as not.
[[nodiscard]] bool reachedFromThisMachineAlone(const QString &host);

/// Reads "8, 8", "4096", "4 KiB, 64", "3 x 16".
[[nodiscard]] Result<std::vector<std::uint32_t>> parseBuffers(const QString &text);
[[nodiscard]] QString buffersText(const std::vector<std::uint32_t> &buffers);

/// "as fast as it can", "10 B/s", "1 MiB/s".
[[nodiscard]] QString consumeText(std::uint64_t bytesPerSecond);
/// The speeds worth offering, ascending; the last is 0, as fast as it can.
[[nodiscard]] const std::vector<std::uint64_t> &consumeSpeeds();

} // namespace recvscope::gui
