#include "trace/story.h"

#include "trace/event_merge.h"
#include "trace/growth.h"
#include "trace/story_walk.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace recvscope::trace {

namespace {

// Story time counts whole microseconds: sums are exact, whatever the order in which a trace was extended.
constexpr std::uint64_t leadIn = 400'000;
constexpr std::uint64_t shortestGap = 150'000;
constexpr std::uint64_t perDoubling = 50'000;
constexpr std::uint64_t longestGap = 1'200'000;

/// 0.15 s for nothing, 0.05 s more for each doubling of the true gap beyond a microsecond, at most 1.2 s.
std::uint64_t toldGap(Nanoseconds gap)
{
    const std::uint64_t value = std::min<std::uint64_t>(gap, std::uint64_t{1} << 50) + 1024;
    const std::uint64_t whole = static_cast<std::uint64_t>(std::bit_width(value)) - 1;
    const std::uint64_t fraction = ((value << 10) >> whole) & 1023; // linear between two powers: no edge is felt
    const std::uint64_t doublings = ((whole - 10) << 10) + fraction;
    return std::min(shortestGap + doublings * perDoubling / 1024, longestGap);
}

} // namespace

void Story::Teller::tell(const Event &event)
{
    if (!isStop(event.type))
        return;
    ticks += lastStop == noStop ? leadIn : toldGap(event.time - lastStop);
    lastStop = event.time;
}

void Story::extend(Snapshot snapshot)
{
    m_snapshot = std::move(snapshot);
    ++m_extensions;
    m_merged.resize(m_snapshot.trackCount(), 0);
    m_codeOf.resize(m_snapshot.trackCount(), 0);

    Nanoseconds earliest = ~Nanoseconds{0};
    for (std::uint16_t track = 0; track < m_snapshot.trackCount(); ++track)
        if (m_merged[track] < m_snapshot.trackSize(track))
            earliest = std::min(earliest, m_snapshot.event({track, m_merged[track]}).time);
    rollBackTo(firstAt(earliest));

    m_unchanged = size();
    for (EventMerge merge(m_snapshot, m_merged); !merge.atEnd(); merge.next())
        append(merge.ref().track, merge.event());
}

void Story::append(std::uint16_t track, const Event &event)
{
    if (size() % blockEvents == 0)
        pushTightly(m_blocks, {event.time, m_end.lastStop, m_end.ticks, static_cast<std::uint32_t>(m_starts.size())});
    const std::size_t first = m_blocks.back().firstStart;
    std::size_t code = m_codeOf[track];
    if (first + code >= m_starts.size() || m_starts[first + code].track != track) {
        code = m_starts.size() - first;
        m_codeOf[track] = static_cast<std::uint8_t>(code);
        pushTightly(m_starts, {m_merged[track], track});
    }
    pushTightly(m_codes, static_cast<std::uint8_t>(code));
    ++m_merged[track];
    m_end.tell(event);
    if (event.type == EventType::FaceGiven && event.socket) {
        if (m_faces.size() <= event.socket.value)
            m_faces.resize(event.socket.value + std::size_t{1}, Interface::Wsp);
        m_faces[event.socket.value] = static_cast<Interface>(event.a);
    }
}

void Story::rollBackTo(std::uint32_t newSize)
{
    if (newSize >= size())
        return;
    const std::uint32_t block = newSize / blockEvents;
    Teller end{m_blocks[block].stopBefore, m_blocks[block].ticksBefore};
    std::size_t starts = 0;
    for (StoryWalk walk(*this, block * blockEvents); !walk.atEnd(); walk.next()) {
        if (walk.index() < newSize) {
            end = walk.m_teller;
            starts = std::max<std::size_t>(starts, m_codes[walk.index()] + std::size_t{1});
        } else {
            --m_merged[walk.ref().track];
        }
    }
    m_end = end;
    m_starts.resize(m_blocks[block].firstStart + starts);
    m_blocks.resize(newSize % blockEvents == 0 ? block : block + 1);
    m_codes.resize(newSize);
}

EventRef Story::ref(std::uint32_t index) const
{
    const std::uint32_t first = index - index % blockEvents;
    const std::uint8_t code = m_codes[index];
    const Start &start = m_starts[m_blocks[index / blockEvents].firstStart + code];
    const auto before = std::count(m_codes.begin() + first, m_codes.begin() + index, code);
    return {start.track, start.index + static_cast<std::uint32_t>(before)};
}

double Story::moment(std::uint32_t index, TimeAxis axis) const
{
    if (axis == TimeAxis::Clock)
        return clockSeconds(event(index).time);
    return StoryWalk(*this, index).moment(axis);
}

double Story::length(TimeAxis axis) const
{
    if (size() == 0)
        return 0;
    return axis == TimeAxis::Story ? seconds(m_end.ticks) : clockSeconds(event(size() - 1).time);
}

/// The last block that may hold the last event not after @p second.
std::uint32_t Story::blockOf(double second, TimeAxis axis) const
{
    const auto startsBy = [&](const Block &block) {
        return (axis == TimeAxis::Story ? seconds(block.ticksBefore) : clockSeconds(block.begin)) <= second;
    };
    const auto after = std::partition_point(m_blocks.begin(), m_blocks.end(), startsBy);
    return static_cast<std::uint32_t>(std::max<std::ptrdiff_t>(after - m_blocks.begin() - 1, 0));
}

Playhead Story::at(double second, TimeAxis axis) const
{
    if (size() == 0 || !(second >= 0))
        return {};
    const std::uint32_t from = blockOf(second, axis) * blockEvents;
    double before = from == 0 ? 0 : moment(from - 1, axis);
    for (StoryWalk walk(*this, from); !walk.atEnd(); walk.next()) {
        const double here = walk.moment(axis);
        if (here > second)
            return {walk.index(), std::clamp((second - before) / (here - before), 0.0, std::nextafter(1.0, 0.0))};
        before = here;
    }
    return {size(), 0};
}

double Story::second(Playhead playhead, TimeAxis axis) const
{
    if (size() == 0)
        return 0;
    if (playhead.event >= size())
        return length(axis);
    const double from = playhead.event == 0 ? 0 : moment(playhead.event - 1, axis);
    return playhead.exact() ? from : from + playhead.toNext * (moment(playhead.event, axis) - from);
}

std::uint32_t Story::firstAt(Nanoseconds time) const
{
    const auto notBefore =
        std::partition_point(m_blocks.begin(), m_blocks.end(), [&](const Block &block) { return block.begin < time; });
    if (notBefore == m_blocks.begin())
        return 0;
    StoryWalk walk(*this, static_cast<std::uint32_t>(notBefore - m_blocks.begin() - 1) * blockEvents);
    while (!walk.atEnd() && walk.event().time < time)
        walk.next();
    return walk.index();
}

std::optional<std::uint32_t> Story::indexOf(EventRef wanted) const
{
    if (wanted.track >= m_snapshot.trackCount() || wanted.index >= m_snapshot.trackSize(wanted.track))
        return {};
    const Nanoseconds time = m_snapshot.event(wanted).time;
    for (StoryWalk walk(*this, firstAt(time)); !walk.atEnd() && walk.event().time == time; walk.next())
        if (walk.ref() == wanted)
            return walk.index();
    return {};
}

std::uint32_t Story::stepForward(std::uint32_t from) const
{
    for (std::uint32_t next = from + 1; next < size(); ++next)
        if (isStop(event(next).type))
            return next;
    return size();
}

std::uint32_t Story::stepBack(std::uint32_t from) const
{
    for (std::uint32_t next = std::min(from, size()); next-- > 1;)
        if (isStop(event(next).type))
            return next;
    return 0;
}

std::optional<std::uint32_t> Story::told(Playhead playhead) const
{
    for (std::uint32_t index = std::min(playhead.event, size()); index-- > 0;)
        if (isStop(event(index).type))
            return index;
    return {};
}

std::size_t Story::memoryUsed() const
{
    return bytesHeld(m_codes) + bytesHeld(m_blocks) + bytesHeld(m_starts) + bytesHeld(m_merged) + bytesHeld(m_codeOf);
}

} // namespace recvscope::trace
