#include "session/live_log.h"

#include <utility>

namespace recvscope::session {

void LiveLog::add(LiveEntry entry)
{
    const std::lock_guard lock(m_mutex);
    if (m_full)
        return;
    if (m_entries.size() == maxEntries || m_data + entry.data.size() > maxData || entry.data.size() > maxChunk ||
        m_buffers + entry.buffers.size() > maxBuffers) {
        m_full = true;
        return;
    }
    m_data += entry.data.size();
    m_buffers += entry.buffers.size();
    m_entries.push_back(std::move(entry));
}

std::vector<LiveEntry> LiveLog::entries() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries;
}

} // namespace recvscope::session
