// The timeline's lanes, as rules and not as objects: which lane is the n-th, and which of them can be seen. Ten
// thousand lanes cost what is visible.
//
// Values; any thread.

#pragma once

#include "base/ids.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace recvscope::gui {

struct Lane {
    enum class Kind : unsigned char {
        Peer,     ///< what the peer did
        Kernel,   ///< bytes the kernel holds
        Receive,  ///< one receive
        Callback, ///< what the receive event callback of a WSK socket did, and whether the socket is due to be closed
        Strand,   ///< the receives of a socket one behind the other, to be compared with another socket's
        Packed,   ///< all receives of a socket in one raster
        Program,  ///< the program's calls, on any socket
    };
    Kind kind = Kind::Program;
    SocketId socket;
    OperationId receive;
    bool first = false; ///< of its socket

    friend bool operator==(const Lane &, const Lane &) = default;
};

/// Receives of one socket get a lane each up to so many in the whole trace: then lanes do not move about in panning.
inline constexpr std::size_t steadyReceives = 64;
/// With more of them, up to so many that touch the view.
inline constexpr std::size_t visibleReceives = 24;
/// With more sockets than this each has one packed lane, but the selected one.
inline constexpr std::size_t openSockets = 12;

/// The lanes of one socket.
struct SocketLanes {
    SocketId socket;
    bool compact = false;                             ///< one packed lane and nothing else
    std::optional<std::vector<OperationId>> receives; ///< a lane each; nothing: packed
    bool callback = false;                            ///< a WSK socket with something to tell of its callback
    bool strand = false;                              ///< compared: what its peer did, and all receives in one lane

    /// Peer and kernel, and maybe the callback: they stand before the receives.
    [[nodiscard]] std::size_t before() const { return (strand ? 1U : 2U) + (callback ? 1U : 0U); }
    [[nodiscard]] std::size_t count() const
    {
        return compact ? 1 : before() + (receives && !strand ? receives->size() : 1);
    }
    friend bool operator==(const SocketLanes &, const SocketLanes &) = default;
};

class LaneLayout {
public:
    LaneLayout() = default;
    explicit LaneLayout(std::vector<SocketLanes> sockets);

    [[nodiscard]] std::size_t count() const { return m_first.empty() ? 0 : m_first.back() + 1; } ///< with Program's
    [[nodiscard]] Lane lane(std::size_t index) const;                                            ///< index < count()
    [[nodiscard]] std::size_t socketCount() const { return m_sockets.size(); }

    friend bool operator==(const LaneLayout &, const LaneLayout &) = default;

private:
    std::vector<SocketLanes> m_sockets;
    std::vector<std::size_t> m_first; ///< index of each socket's first lane; one more: that of the Program lane
};

/// Which lanes a panel of some height shows, and where. Pixels are device-independent, from the panel's top.
struct LaneView {
    static constexpr double tallest = 44, lowest = 24;

    double height = 0; ///< of the room for lanes
    double scroll = 0; ///< pixels that are scrolled away at the top
    std::size_t lanes = 0;

    /// A lane's height: less where that makes all lanes fit.
    [[nodiscard]] double pitch() const;
    [[nodiscard]] double contentHeight() const { return pitch() * static_cast<double>(lanes); }
    [[nodiscard]] double highestScroll() const;
    [[nodiscard]] double top(std::size_t lane) const { return pitch() * static_cast<double>(lane) - scroll; }
    [[nodiscard]] std::size_t first() const; ///< the first lane of which something can be seen
    [[nodiscard]] std::size_t last() const;  ///< one beyond the last
    [[nodiscard]] std::optional<std::size_t> laneAt(double y) const;
};

} // namespace recvscope::gui
