#include "trace/span_lane.h"

#include "trace/growth.h"
#include "trace/pyramid.h"

#include <algorithm>

namespace recvscope::trace {

void SpanLane::open(OperationId operation, Nanoseconds begin)
{
    // A call that another thread recorded may be seen after later ones: those go on behind it.
    std::vector<Entry> later;
    while (size() > 0 && m_begins[size() - 1] > begin) {
        const std::uint32_t last = size() - 1;
        later.push_back({m_begins[last], m_operations[last], m_durations[last], m_how[last]});
        m_begins.removeLast();
        m_operations.pop_back();
        m_durations.pop_back();
        m_how.pop_back();
    }
    m_changedFrom = std::min(m_changedFrom, size());
    append({begin, operation.value, isLong, 0});
    std::for_each(later.rbegin(), later.rend(), [this](const Entry &entry) { append(entry); });
    ++m_open;
}

void SpanLane::append(const Entry &entry)
{
    m_begins.append(entry.begin);
    pushTightly(m_operations, entry.operation);
    pushTightly(m_durations, entry.duration);
    pushTightly(m_how, entry.how);
}

std::uint32_t SpanLane::indexOf(OperationId operation, Nanoseconds begin) const
{
    std::uint32_t index = m_begins.before(begin);
    while (m_operations[index] != operation.value)
        ++index;
    return index;
}

void SpanLane::setPending(OperationId operation, Nanoseconds begin)
{
    const std::uint32_t index = indexOf(operation, begin);
    m_how[index] = static_cast<std::uint8_t>(m_how[index] | WasPending);
    m_changedFrom = std::min(m_changedFrom, index);
}

void SpanLane::close(OperationId operation, Nanoseconds begin, Nanoseconds end, Status status, bool isEnd)
{
    static_assert(static_cast<unsigned>(Status::NtNoSuchDevice) <= StatusBits);
    const std::uint32_t index = indexOf(operation, begin);
    m_how[index] = static_cast<std::uint8_t>((m_how[index] & WasPending) | static_cast<unsigned>(status) |
                                             (isEnd ? unsigned{IsEnd} : 0U));
    if (end - begin < isLong)
        m_durations[index] = static_cast<std::uint32_t>(end - begin);
    else
        m_longEnds.emplace(operation, end);
    m_changedFrom = std::min(m_changedFrom, index);
    --m_open;
    addEnd(end, (m_how[index] & WasPending) != 0);
}

void SpanLane::addEnd(Nanoseconds end, bool wasPending)
{
    std::vector<std::pair<Nanoseconds, bool>> later;
    while (m_ends.size() > 0 && m_ends[m_ends.size() - 1] > end) {
        later.emplace_back(m_ends[m_ends.size() - 1], m_endWasPending.back());
        m_ends.removeLast();
        m_endWasPending.pop_back();
    }
    m_endsChangedFrom = std::min(m_endsChangedFrom, m_ends.size());
    later.emplace_back(end, wasPending);
    for (; !later.empty(); later.pop_back()) {
        m_ends.append(later.back().first);
        m_endWasPending.push_back(later.back().second);
    }
}

Nanoseconds SpanLane::endOf(std::uint32_t index) const
{
    if (m_durations[index] != isLong)
        return m_begins[index] + m_durations[index];
    const auto end = m_longEnds.find({m_operations[index]});
    return end == m_longEnds.end() ? notYet : end->second;
}

bool SpanLane::failed(std::uint32_t index) const
{
    return (m_how[index] & StatusBits) != 0 && (m_how[index] & IsEnd) == 0;
}

void SpanLane::settle()
{
    if (m_changedFrom < size())
        settleBegins(m_changedFrom / blockSize);
    if (m_endsChangedFrom < m_ends.size())
        settleEnds(m_endsChangedFrom / blockSize);
    m_changedFrom = size();
    m_endsChangedFrom = m_ends.size();
}

void SpanLane::settleBegins(std::uint32_t block)
{
    Before running = upTo(block * blockSize);
    m_before.resize(block);
    if (m_largestEnd.empty())
        m_largestEnd.emplace_back();
    m_largestEnd[0].resize(block);
    for (std::uint32_t i = block * blockSize; i < size();) {
        pushTightly(m_before, running);
        Nanoseconds here = 0;
        for (const std::uint32_t stop = std::min(size(), i + blockSize); i < stop; ++i) {
            include(running, i);
            here = std::max(here, endOf(i));
        }
        pushTightly(m_largestEnd[0], here);
    }
    extendPyramid(m_largestEnd, block, [](Nanoseconds &of, Nanoseconds one) { of = std::max(of, one); });
}

void SpanLane::settleEnds(std::uint32_t block)
{
    std::uint32_t pending = pendingEnds(block * blockSize);
    m_pendingEnds.resize(block);
    for (std::uint32_t i = block * blockSize; i < m_ends.size(); ++i) {
        if (i % blockSize == 0)
            pushTightly(m_pendingEnds, pending);
        pending += m_endWasPending[i] ? 1U : 0U;
    }
}

void SpanLane::include(Before &before, std::uint32_t index) const
{
    const Nanoseconds end = endOf(index);
    const bool larger = end > before.end;
    before.longest = larger ? index : before.longest;
    before.end = larger ? end : before.end;
    before.pending += m_how[index] & WasPending ? 1U : 0U;
    before.failed += failed(index) ? 1U : 0U;
}

/// The counts, and the span with the largest end, of the first @p index spans.
SpanLane::Before SpanLane::upTo(std::uint32_t index) const
{
    if (index == 0)
        return {};
    std::uint32_t i = (index - 1) / blockSize * blockSize;
    Before before = m_before[i / blockSize];
    for (; i < index; ++i)
        include(before, i);
    return before;
}

/// The same, when it is known for the first @p from.
SpanLane::Before SpanLane::advanced(Before before, std::uint32_t from, std::uint32_t index) const
{
    if (index - from > blockSize)
        return upTo(index);
    for (; from < index; ++from)
        include(before, from);
    return before;
}

/// How many of the first @p index ends belong to spans that were pending.
std::uint32_t SpanLane::pendingEnds(std::uint32_t index) const
{
    if (index == 0)
        return 0;
    std::uint32_t i = (index - 1) / blockSize * blockSize;
    std::uint32_t pending = m_pendingEnds[i / blockSize];
    for (; i < index; ++i)
        pending += m_endWasPending[i] ? 1U : 0U;
    return pending;
}

Span SpanLane::span(std::uint32_t index) const
{
    const Nanoseconds end = endOf(index);
    Span span;
    span.begin = m_begins[index];
    span.end = end == notYet ? 0 : end;
    span.operation = {m_operations[index]};
    span.status = static_cast<Status>(m_how[index] & StatusBits);
    span.wasPending = (m_how[index] & WasPending) != 0;
    span.isEnd = (m_how[index] & IsEnd) != 0;
    return span;
}

std::vector<Span> SpanLane::spans(Nanoseconds begin, Nanoseconds end, Nanoseconds now, std::size_t limit) const
{
    if (size() == 0 || end < begin)
        return {};
    const std::uint32_t stop = m_begins.before(end + 1);
    const std::size_t count = std::size_t{stop} - m_ends.before(begin) - (begin > now ? m_open : 0);
    std::vector<Span> found;
    if (count > limit || count == 0)
        return found;
    found.reserve(count);
    const std::size_t top = m_largestEnd.size() - 1;
    for (std::uint32_t place = 0; place < m_largestEnd[top].size(); ++place)
        collect(top, place, stop, begin, found);
    if (begin > now)
        std::erase_if(found, [](const Span &one) { return one.end == 0; });
    return found;
}

void SpanLane::collect(std::size_t level, std::uint32_t place, std::uint32_t stop, Nanoseconds begin,
                       std::vector<Span> &found) const
{
    if (m_largestEnd[level][place] < begin)
        return;
    std::uint32_t first = place * blockSize;
    if (level == 0) {
        for (; first < std::min(stop, (place + 1) * blockSize); ++first)
            if (endOf(first) >= begin)
                found.push_back(span(first));
        return;
    }
    std::uint64_t spansBelow = blockSize;
    for (std::size_t i = 1; i < level; ++i)
        spansBelow *= blockSize;
    const auto end = std::min<std::size_t>(m_largestEnd[level - 1].size(), std::size_t{first} + blockSize);
    for (; first < end && first * spansBelow < stop; ++first)
        collect(level - 1, first, stop, begin, found);
}

std::vector<Column> SpanLane::columns(std::span<const Nanoseconds> edges, Nanoseconds now) const
{
    std::vector<Column> columns(edges.size() - 1);
    std::vector<std::uint32_t> begun(edges.size()), ended(edges.size());
    m_begins.before(edges, begun);
    m_ends.before(edges, ended);

    Before before = upTo(begun[0]);
    std::uint32_t pendingEnded = pendingEnds(ended[0]);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Before after = advanced(before, begun[i], begun[i + 1]);
        Column &column = columns[i];
        const std::uint32_t open = edges[i] > now ? m_open : 0;
        column.spans = begun[i + 1] - ended[i] - open;
        column.began = begun[i + 1] - begun[i];
        column.failed = after.failed - before.failed;
        if (column.spans > 0) {
            column.pending = after.pending > pendingEnded;
            column.some = {m_operations[after.longest]};
        }
        before = after;
        if (ended[i + 1] - ended[i] > blockSize)
            pendingEnded = pendingEnds(ended[i + 1]);
        else
            for (std::uint32_t end = ended[i]; end < ended[i + 1]; ++end)
                pendingEnded += m_endWasPending[end] ? 1U : 0U;
    }
    return columns;
}

std::size_t SpanLane::memoryUsed() const
{
    const std::size_t bytes = m_begins.memoryUsed() + m_ends.memoryUsed() + bytesHeld(m_operations) +
                              bytesHeld(m_durations) + bytesHeld(m_how) + m_longEnds.size() * 48 +
                              m_endWasPending.capacity() / 8 + bytesHeld(m_before) + bytesHeld(m_pendingEnds);
    return bytes + bytesHeldBy(m_largestEnd);
}

} // namespace recvscope::trace
