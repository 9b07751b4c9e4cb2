// The provider's sockets: handles to queues. Queues are made once and used again, so a stale handle is safe.
//
// Threads: find() from any thread without a lock; make() and give() lock.

#pragma once

#include "engine/provider_types.h"
#include "engine/receive_queue.h"

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace recvscope::engine {

class SocketTable {
public:
    static constexpr std::size_t capacity = 1U << 16;

    explicit SocketTable(QueueContext &context) : m_context(context), m_queues(capacity) {}
    ~SocketTable();

    struct Place {
        ReceiveQueue *queue = nullptr; ///< null: no such handle
        std::uint32_t generation = 0;
    };
    [[nodiscard]] Place find(SocketHandle handle) const
    {
        const auto number = static_cast<std::uint64_t>(handle);
        const auto index = number & 0xFFFF'FFFF;
        if (index >= capacity)
            return {};
        return {m_queues[index].load(std::memory_order_acquire), static_cast<std::uint32_t>(number >> 32)};
    }
    [[nodiscard]] ReceiveQueue *at(std::uint64_t token) const
    {
        return token < capacity ? m_queues[token].load(std::memory_order_acquire) : nullptr;
    }

    /// @return an empty queue's number, or capacity when all are in use.
    [[nodiscard]] std::size_t take();
    void giveBack(SocketHandle handle);
    [[nodiscard]] static SocketHandle handle(std::size_t index, std::uint32_t generation)
    {
        return static_cast<SocketHandle>(std::uint64_t{generation} << 32 | index);
    }

    /// Every queue that was ever made.
    template <class Function>
    void forEach(Function function) const
    {
        const std::size_t made = m_made.load(std::memory_order_acquire);
        for (std::size_t i = 0; i < made; ++i)
            function(i, *m_queues[i].load(std::memory_order_acquire));
    }

private:
    QueueContext &m_context;
    std::vector<std::atomic<ReceiveQueue *>> m_queues;
    std::atomic<std::size_t> m_made{0};
    std::mutex m_mutex; ///< guards m_free and growth
    std::vector<std::size_t> m_free;
};

} // namespace recvscope::engine
