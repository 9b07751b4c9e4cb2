#include "trace/level_lane.h"

#include "trace/growth.h"

#include <algorithm>

namespace recvscope::trace {

void LevelLane::Totals::apply(std::uint32_t point)
{
    const std::uint64_t bytes = point & ((std::uint32_t{1} << changeShift) - 1);
    switch (static_cast<Change>(point >> changeShift)) {
    case Change::Sent:
        sent += bytes;
        break;
    case Change::Received:
        received += bytes;
        sent = std::max(sent, received);
        break;
    case Change::Peeked:
        sent = std::max(sent, received + bytes);
        break;
    }
}

void LevelLane::Range::include(std::uint64_t level)
{
    low = std::min(low, level);
    high = std::max(high, level);
}

void LevelLane::Range::include(const Range &range)
{
    low = std::min(low, range.low);
    high = std::max(high, range.high);
}

void LevelLane::add(Nanoseconds time, Change change, std::uint64_t bytes)
{
    std::vector<std::pair<Nanoseconds, std::uint32_t>> later;
    while (m_times.size() > 0 && m_times[m_times.size() - 1] > time) {
        later.emplace_back(m_times[m_times.size() - 1], m_points.back());
        m_times.removeLast();
        m_points.pop_back();
    }
    m_changedFrom = std::min(m_changedFrom, m_times.size());
    const auto append = [this](Nanoseconds at, std::uint32_t point) {
        m_times.append(at);
        pushTightly(m_points, point);
    };
    constexpr std::uint64_t most = (std::uint32_t{1} << changeShift) - 1;
    do { // a transfer of a gigabyte and more is several points at one time
        const std::uint64_t part = std::min(bytes, most);
        append(time, static_cast<std::uint32_t>(part) | static_cast<std::uint32_t>(change) << changeShift);
        bytes -= part;
    } while (bytes > 0);
    for (; !later.empty(); later.pop_back())
        append(later.back().first, later.back().second);
}

void LevelLane::settle()
{
    const auto size = static_cast<std::uint32_t>(m_points.size());
    if (m_changedFrom >= size)
        return;
    if (m_ranges.empty())
        m_ranges.emplace_back();
    const std::uint32_t block = m_changedFrom / blockSize;
    Totals totals = upTo(block * blockSize);
    m_before.resize(block);
    m_ranges[0].resize(block);
    for (std::uint32_t i = block * blockSize; i < size;) {
        pushTightly(m_before, totals);
        Range range;
        for (const std::uint32_t stop = std::min(size, i + blockSize); i < stop; ++i) {
            totals.apply(m_points[i]);
            range.include(totals.level());
        }
        pushTightly(m_ranges[0], range);
    }
    extendPyramid(m_ranges, m_changedFrom / blockSize, [](Range &of, const Range &one) { of.include(one); });
    m_changedFrom = size;
}

LevelLane::Totals LevelLane::upTo(std::uint32_t index) const
{
    if (index % blockSize == 0 && index / blockSize < m_before.size())
        return m_before[index / blockSize];
    if (index == 0)
        return {};
    std::uint32_t i = (index - 1) / blockSize * blockSize;
    Totals totals = m_before[i / blockSize];
    for (; i < index; ++i)
        totals.apply(m_points[i]);
    return totals;
}

/// Takes @p totals from before point @p first to before point @p end.
/// @return the levels after each of the points between.
LevelLane::Range LevelLane::pass(Totals &totals, std::uint32_t first, std::uint32_t end) const
{
    Range range;
    const auto visit = [&](std::uint32_t to) {
        for (; first < to; ++first) {
            totals.apply(m_points[first]);
            range.include(totals.level());
        }
    };
    const std::uint32_t firstWhole = (first + blockSize - 1) / blockSize;
    const std::uint32_t lastWhole = end / blockSize;
    if (firstWhole < lastWhole) {
        visit(firstWhole * blockSize);
        range.include(wholeBlocks(firstWhole, lastWhole));
        first = lastWhole * blockSize;
        totals = upTo(first);
    }
    visit(end);
    return range;
}

LevelLane::Range LevelLane::wholeBlocks(std::uint32_t first, std::uint32_t end) const
{
    Range range;
    for (std::size_t level = 0; first < end; ++level, first /= pyramidWidth, end /= pyramidWidth) {
        const std::vector<Range> &blocks = m_ranges[level];
        const bool top = level + 1 == m_ranges.size();
        while (first < end && (top || first % pyramidWidth != 0))
            range.include(blocks[first++]);
        while (first < end && end % pyramidWidth != 0)
            range.include(blocks[--end]);
    }
    return range;
}

std::vector<LevelColumn> LevelLane::columns(std::span<const Nanoseconds> edges) const
{
    std::vector<LevelColumn> columns(edges.size() - 1);
    std::vector<std::uint32_t> points(edges.size());
    m_times.before(edges, points);
    Totals totals = upTo(points[0]);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Range levels;
        levels.include(totals.level());
        levels.include(pass(totals, points[i], points[i + 1]));
        columns[i] = {levels.low, levels.high, totals.level(), totals.sent, totals.received};
    }
    return columns;
}

std::size_t LevelLane::memoryUsed() const
{
    return m_times.memoryUsed() + bytesHeld(m_points) + bytesHeld(m_before) + bytesHeldBy(m_ranges);
}

} // namespace recvscope::trace
