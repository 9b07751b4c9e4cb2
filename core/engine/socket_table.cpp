#include "engine/socket_table.h"

namespace recvscope::engine {

SocketTable::~SocketTable()
{
    forEach([](std::size_t, const ReceiveQueue &queue) { delete &queue; });
}

std::size_t SocketTable::take()
{
    const std::lock_guard lock(m_mutex);
    if (!m_free.empty()) {
        const std::size_t index = m_free.back();
        m_free.pop_back();
        return index;
    }
    const std::size_t index = m_made.load(std::memory_order_relaxed);
    if (index == capacity)
        return capacity;
    m_queues[index].store(std::make_unique<ReceiveQueue>(m_context, index).release(), std::memory_order_release);
    m_made.store(index + 1, std::memory_order_release);
    return index;
}

void SocketTable::giveBack(SocketHandle handle)
{
    const std::lock_guard lock(m_mutex);
    m_free.push_back(static_cast<std::uint64_t>(handle) & 0xFFFF'FFFF);
}

} // namespace recvscope::engine
