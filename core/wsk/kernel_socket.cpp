#include "wsk/kernel_socket.h"

#include "wsk/irql.h"

#include <algorithm>
#include <utility>

namespace recvscope::wsk {

using engine::Answer;

Indication::Indication(std::vector<std::byte> bytes, std::uint32_t descriptor, std::uint32_t number)
    : m_bytes(std::move(bytes)), m_number(number)
{
    for (std::size_t at = 0; at < m_bytes.size(); at += descriptor) {
        const auto size = static_cast<std::uint32_t>(std::min<std::size_t>(descriptor, m_bytes.size() - at));
        m_mdls.emplace_back(m_bytes.data() + at, size);
        DataIndication &node = m_nodes.emplace_back();
        node.buffer = {&m_mdls.back(), 0, size};
        if (m_nodes.size() > 1)
            m_nodes[m_nodes.size() - 2].next = &node;
    }
}

void KernelSocket::setDispatch(ClientDispatch dispatch, std::uint32_t descriptor)
{
    const std::lock_guard lock(m_mutex);
    m_dispatch = std::move(dispatch);
    m_descriptor = descriptor;
}

std::uint32_t KernelSocket::descriptor() const
{
    const std::lock_guard lock(m_mutex);
    return m_descriptor;
}

std::unique_ptr<Indication> KernelSocket::release(const DataIndication *list)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_kept.find(list);
    if (found == m_kept.end())
        return nullptr;
    std::unique_ptr<Indication> kept = std::move(found->second);
    m_kept.erase(found);
    return kept;
}

std::size_t KernelSocket::retained() const
{
    const std::lock_guard lock(m_mutex);
    return m_kept.size() - m_kept.count(m_running);
}

Answer KernelSocket::indicated(std::vector<std::byte> bytes)
{
    const RaisedIrql dispatch(dispatchLevel);
    std::unique_lock lock(m_mutex);
    auto indication = std::make_unique<Indication>(std::move(bytes), m_descriptor, ++m_indications);
    const auto callback = m_dispatch.receiveEvent;
    // Kept already while the callback runs: it may give the list back from another thread before it has returned.
    DataIndication *const list = indication->list();
    const std::size_t size = indication->size();
    m_kept.emplace(list, std::move(indication));
    m_running = list;
    lock.unlock();

    std::size_t accepted = size;
    const Status status = callback ? callback(atDispatchLevel, list, size, &accepted) : Status::NtDataNotAccepted;
    lock.lock();
    m_running = nullptr;
    if (status == Status::NtPending)
        return {Answer::Kind::Kept, size, status};
    m_kept.erase(list);
    if (status == Status::NtDataNotAccepted) // the accepted count is ignored
        return {Answer::Kind::NotAccepted, 0, status};
    return {Answer::Kind::Accepted, accepted, Status::Success};
}

void KernelSocket::lost()
{
    const RaisedIrql dispatch(dispatchLevel);
    std::unique_lock lock(m_mutex);
    const auto callback = m_dispatch.receiveEvent;
    lock.unlock();
    std::size_t none = 0;
    if (callback)
        (void)callback(atDispatchLevel, nullptr, 0, &none);
}

void KernelSocket::disconnected(bool abortively)
{
    const RaisedIrql dispatch(dispatchLevel);
    std::unique_lock lock(m_mutex);
    const auto callback = m_dispatch.disconnectEvent;
    lock.unlock();
    if (callback)
        (void)callback(abortively ? abortive : 0);
}

} // namespace recvscope::wsk
