// One counter a socket: the order of its events, whoever records them.
//
// Threads: next() may be called from any thread.

#pragma once

#include "base/ids.h"

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

namespace recvscope::trace {

class Sequences {
public:
    Sequences() = default;
    Sequences(const Sequences &) = delete;
    Sequences &operator=(const Sequences &) = delete;

    ~Sequences()
    {
        for (std::atomic<Block *> &block : m_blocks)
            delete block.load(std::memory_order_relaxed);
    }

    /// The first of @p count numbers in a row; 1 the first time.
    [[nodiscard]] std::uint32_t next(SocketId socket, std::uint32_t count = 1)
    {
        std::atomic<Block *> &place = m_blocks[socket.value / blockSize];
        Block *block = place.load(std::memory_order_acquire);
        if (!block) [[unlikely]]
            block = make(place);
        // Relaxed: whoever needs an order between two events has a lock or a system call between them already.
        return (*block)[socket.value % blockSize].fetch_add(count, std::memory_order_relaxed) + 1;
    }

private:
    static constexpr std::size_t blockSize = 256;
    using Block = std::array<std::atomic<std::uint32_t>, blockSize>;

    static Block *make(std::atomic<Block *> &place)
    {
        auto made = std::make_unique<Block>();
        Block *existing = nullptr;
        return place.compare_exchange_strong(existing, made.get(), std::memory_order_acq_rel) ? made.release()
                                                                                              : existing;
    }

    std::array<std::atomic<Block *>, 65536 / blockSize> m_blocks{};
};

} // namespace recvscope::trace
