#include "trace/time_column.h"

#include "trace/growth.h"

#include <algorithm>
#include <limits>

namespace recvscope::trace {

Nanoseconds TimeColumn::operator[](std::uint32_t index) const
{
    const std::uint32_t block = index / blockSize;
    if (m_distances[block * blockSize] == tooFar)
        return m_wide.at(block)[index % blockSize];
    return m_firsts[0][block] + m_distances[index];
}

void TimeColumn::append(Nanoseconds time)
{
    const std::uint32_t index = size();
    const std::uint32_t block = index / blockSize;
    if (index % blockSize == 0) {
        appendFirst(block, time);
        pushTightly(m_distances, std::uint32_t{0});
        return;
    }
    if (m_distances[block * blockSize] != tooFar) {
        const Nanoseconds distance = time - m_firsts[0][block];
        if (distance < tooFar) {
            pushTightly(m_distances, static_cast<std::uint32_t>(distance));
            return;
        }
        widen(block);
    }
    m_wide.at(block)[index % blockSize] = time;
    pushTightly(m_distances, std::uint32_t{0});
}

void TimeColumn::appendFirst(std::uint32_t place, Nanoseconds time)
{
    for (std::size_t level = 0;; ++level, place /= blockSize) {
        if (level == m_firsts.size()) {
            m_firsts.emplace_back();
            if (level > 0) // it begins when the one below has its seventeenth
                pushTightly(m_firsts[level], m_firsts[level - 1].front());
        }
        pushTightly(m_firsts[level], time);
        if (place == 0 || place % blockSize != 0)
            return;
    }
}

void TimeColumn::widen(std::uint32_t block)
{
    Wide wide{};
    for (std::uint32_t index = block * blockSize; index < size(); ++index)
        wide[index % blockSize] = (*this)[index];
    m_wide.emplace(block, wide);
    m_distances[block * blockSize] = tooFar;
}

void TimeColumn::removeLast()
{
    const std::uint32_t index = size() - 1;
    m_distances.pop_back();
    if (index % blockSize != 0)
        return;
    std::uint32_t place = index / blockSize;
    m_wide.erase(place);
    for (std::size_t level = 0;; ++level, place /= blockSize) {
        m_firsts[level].pop_back();
        if (place == 0 || place % blockSize != 0)
            break;
    }
    while (!m_firsts.empty() && m_firsts.back().size() < (m_firsts.size() > 1 ? 2U : 1U))
        m_firsts.pop_back();
}

namespace {

/// How many of ascending keys are smaller: without branches, which nothing could predict.
template <class T>
std::uint32_t countSmaller(const T *keys, std::uint32_t count, T than)
{
    std::uint32_t first = 0;
    while (count > 1) {
        const std::uint32_t half = count / 2;
        first += keys[first + half - 1] < than ? half : 0;
        count -= half;
    }
    return first + (count == 1 && keys[first] < than ? 1U : 0U);
}

} // namespace

std::uint32_t TimeColumn::beforeInBlock(std::uint32_t block, Nanoseconds time) const
{
    const std::uint32_t first = block * blockSize;
    const std::uint32_t count = std::min(blockSize, size() - first);
    if (m_distances[first] == tooFar)
        return countSmaller(m_wide.at(block).data(), count, time);
    const auto distance = static_cast<std::uint32_t>(std::min<Nanoseconds>(time - m_firsts[0][block], tooFar));
    if (count == blockSize) { // all at once, since a processor compares several together
        std::uint32_t smaller = 0;
        for (std::uint32_t i = 0; i < blockSize; ++i)
            smaller += m_distances[first + i] < distance ? 1U : 0U;
        return smaller;
    }
    return countSmaller(m_distances.data() + first, count, distance);
}

std::uint32_t TimeColumn::before(Nanoseconds time) const
{
    std::uint32_t count = 0;
    search({&time, 1}, {&count, 1});
    return count;
}

void TimeColumn::before(std::span<const Nanoseconds> times, std::span<std::uint32_t> counts) const
{
    if (times.empty())
        return;
    const std::uint32_t first = before(times.front()), last = before(times.back());
    constexpr std::size_t worthSearching = 128; // times of the column for each moment
    if (last - first > worthSearching * times.size())
        search(times, counts);
    else
        walk(first, times, counts);
}

/// For moments that lie close together: goes on from each to the next one. @p count: what is before the first moment.
void TimeColumn::walk(std::uint32_t count, std::span<const Nanoseconds> times, std::span<std::uint32_t> counts) const
{
    const std::vector<Nanoseconds> nothing;
    const std::vector<Nanoseconds> &firsts = m_firsts.empty() ? nothing : m_firsts[0];
    const auto at = [this](std::uint32_t index) {
        return index < size() ? (*this)[index] : std::numeric_limits<Nanoseconds>::max();
    };
    std::uint32_t block = count / blockSize;
    Nanoseconds next = at(count);
    for (std::size_t i = 0; i < times.size(); ++i) {
        if (times[i] > next) {
            while (block + 1 < firsts.size() && firsts[block + 1] < times[i])
                ++block;
            count = block * blockSize + beforeInBlock(block, times[i]);
            next = at(count);
        }
        counts[i] = count;
    }
}

/// For moments that lie far apart. Level by level over all of them rather than moment by moment: their memory accesses
/// then overlap.
void TimeColumn::search(std::span<const Nanoseconds> times, std::span<std::uint32_t> counts) const
{
    // A count holds the last block that begins before its moment, or `none`.
    constexpr std::uint32_t none = ~std::uint32_t{0};
    std::fill(counts.begin(), counts.end(), 0U);
    for (std::size_t level = m_firsts.size(); level-- > 0;) {
        const std::vector<Nanoseconds> &keys = m_firsts[level];
        for (std::size_t i = 0; i < times.size(); ++i) {
            if (counts[i] == none)
                continue;
            const std::uint32_t first = counts[i] * blockSize;
            const std::uint32_t size = std::min(blockSize, static_cast<std::uint32_t>(keys.size()) - first);
            const std::uint32_t smaller = countSmaller(keys.data() + first, size, times[i]);
            counts[i] = smaller == 0 ? none : first + smaller - 1;
        }
    }
    for (std::size_t i = 0; i < times.size(); ++i)
        counts[i] = counts[i] == none || size() == 0 ? 0 : counts[i] * blockSize + beforeInBlock(counts[i], times[i]);
}

std::size_t TimeColumn::memoryUsed() const
{
    return bytesHeld(m_distances) + bytesHeldBy(m_firsts) + m_wide.size() * (sizeof(Wide) + 32);
}

} // namespace recvscope::trace
