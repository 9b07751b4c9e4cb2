#include "wsk/mdl.h"

#include <algorithm>

namespace recvscope::wsk {

void PageUses::add(const void *packet, Mdl *chain)
{
    const std::lock_guard lock(m_mutex);
    std::vector<const Mdl *> &mdls = m_uses[packet];
    for (const Mdl *each = chain; each != nullptr; each = each->next)
        mdls.push_back(each);
}

void PageUses::remove(const void *packet)
{
    const std::lock_guard lock(m_mutex);
    m_uses.erase(packet);
}

void PageUses::takenAway(const Mdl *mdl, PageEnd how)
{
    std::vector<const void *> packets;
    TakeAway takeAway;
    {
        const std::lock_guard lock(m_mutex);
        takeAway = m_takeAway;
        for (const auto &[packet, mdls] : m_uses)
            if (std::find(mdls.begin(), mdls.end(), mdl) != mdls.end())
                packets.push_back(packet);
    }
    for (const void *packet : packets)
        if (takeAway)
            takeAway(packet, how);
}

void PageUses::cut()
{
    const std::lock_guard lock(m_mutex);
    m_takeAway = nullptr;
}

Mdl::~Mdl()
{
    if (const auto uses = m_uses.lock())
        uses->takenAway(this, PageEnd::Freed);
}

void Mdl::unlock()
{
    m_locked = false;
    if (const auto uses = m_uses.lock())
        uses->takenAway(this, PageEnd::Unlocked);
}

} // namespace recvscope::wsk
