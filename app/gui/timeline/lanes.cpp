#include "gui/timeline/lanes.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace recvscope::gui {

LaneLayout::LaneLayout(std::vector<SocketLanes> sockets) : m_sockets(std::move(sockets))
{
    m_first.reserve(m_sockets.size() + 1);
    std::size_t next = 0;
    for (const SocketLanes &socket : m_sockets) {
        m_first.push_back(next);
        next += socket.count();
    }
    m_first.push_back(next);
}

Lane LaneLayout::lane(std::size_t index) const
{
    if (index == m_first.back())
        return {Lane::Kind::Program, {}, {}, true};
    const auto after = std::upper_bound(m_first.begin(), m_first.end(), index);
    const auto number = static_cast<std::size_t>(after - m_first.begin()) - 1;
    const SocketLanes &socket = m_sockets[number];
    const std::size_t within = index - m_first[number];
    if (socket.compact)
        return {Lane::Kind::Packed, socket.socket, {}, true};
    if (within == 0)
        return {Lane::Kind::Peer, socket.socket, {}, true};
    if (within == 1 && !socket.strand)
        return {Lane::Kind::Kernel, socket.socket, {}, false};
    if (within + 1 == socket.before() && socket.callback)
        return {Lane::Kind::Callback, socket.socket, {}, false};
    if (socket.strand)
        return {Lane::Kind::Strand, socket.socket, {}, false};
    if (!socket.receives)
        return {Lane::Kind::Packed, socket.socket, {}, false};
    return {Lane::Kind::Receive, socket.socket, (*socket.receives)[within - socket.before()], false};
}

double LaneView::pitch() const
{
    if (lanes == 0)
        return tallest;
    // Whole pixels, so that every lane's edges are as crisp as its neighbour's.
    return std::clamp(std::floor(height / static_cast<double>(lanes)), lowest, tallest);
}

double LaneView::highestScroll() const
{
    return std::max(0.0, contentHeight() - height);
}

std::size_t LaneView::first() const
{
    return std::min(lanes, static_cast<std::size_t>(std::max(0.0, std::floor(scroll / pitch()))));
}

std::size_t LaneView::last() const
{
    return std::min(lanes, static_cast<std::size_t>(std::max(0.0, std::ceil((scroll + height) / pitch()))));
}

std::optional<std::size_t> LaneView::laneAt(double y) const
{
    const double at = (y + scroll) / pitch();
    if (y < 0 || y > height || at < 0 || at >= static_cast<double>(lanes))
        return {};
    return static_cast<std::size_t>(at);
}

} // namespace recvscope::gui
