// A growing table of objects that never move, so that readers need no lock.
//
// Threads: one thread at a time sets slots; any thread reads them at any time.

#pragma once

#include <array>
#include <atomic>
#include <bit>
#include <cstddef>
#include <memory>

namespace recvscope::trace {

/// @tparam owns whether it deletes what was set
template <class T, bool owns = true>
class Slots {
public:
    Slots() = default;
    Slots(const Slots &) = delete;
    Slots &operator=(const Slots &) = delete;

    ~Slots()
    {
        for (std::size_t s = 0; s < segmentCount; ++s) {
            Slot *segment = m_segments[s].load(std::memory_order_relaxed);
            for (std::size_t i = 0; owns && segment && i < firstSize << s; ++i)
                delete segment[i].load(std::memory_order_relaxed);
            delete[] segment;
        }
    }

    /// @return the object in that slot, or null when none was set yet.
    [[nodiscard]] T *get(std::size_t index) const
    {
        const Place place(index);
        const Slot *segment = m_segments[place.segment].load(std::memory_order_acquire);
        return segment ? segment[place.offset].load(std::memory_order_acquire) : nullptr;
    }

    /// Fills an empty slot; @p index < capacity().
    void set(std::size_t index, std::unique_ptr<T> object) requires owns { put(index, object.release()); }
    void set(std::size_t index, T *object) requires(!owns) { put(index, object); }

    [[nodiscard]] static constexpr std::size_t capacity() { return (firstSize << segmentCount) - firstSize; }

private:
    using Slot = std::atomic<T *>;
    static constexpr std::size_t firstSize = 8;
    static constexpr std::size_t segmentCount = 24;

    void put(std::size_t index, T *object)
    {
        const Place place(index);
        Slot *segment = m_segments[place.segment].load(std::memory_order_relaxed);
        if (!segment) {
            segment = new Slot[firstSize << place.segment]();
            m_segments[place.segment].store(segment, std::memory_order_release);
        }
        segment[place.offset].store(object, std::memory_order_release);
    }

    /// Segments double: 8, 16, 32, ... slots.
    struct Place {
        explicit Place(std::size_t index)
            : segment(static_cast<std::size_t>(std::bit_width(index / firstSize + 1)) - 1),
              offset(index + firstSize - (firstSize << segment))
        {
        }
        std::size_t segment;
        std::size_t offset;
    };

    std::array<std::atomic<Slot *>, segmentCount> m_segments{};
};

} // namespace recvscope::trace
