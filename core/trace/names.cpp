#include "trace/names.h"

namespace recvscope::trace {

void Names::give(std::uint32_t number, std::string_view name)
{
    const std::lock_guard lock(m_mutex);
    m_kept.emplace_back(name);
    if (!m_pages.get(number / pageSize))
        m_pages.set(number / pageSize, std::make_unique<Page>());
    m_pages.get(number / pageSize)->names[number % pageSize].store(&m_kept.back(), std::memory_order_release);
}

const std::string *Names::of(std::uint32_t number) const
{
    const Page *page = m_pages.get(number / pageSize);
    return page ? page->names[number % pageSize].load(std::memory_order_acquire) : nullptr;
}

} // namespace recvscope::trace
