#include "session/call.h"

#include <algorithm>
#include <cstddef>

namespace recvscope::session {

namespace {

/// An address in the first page, which no system maps: memory that may not be written, without asking the system for
/// it.
char *forbidden()
{
    return reinterpret_cast<char *>(std::uintptr_t{64}); // NOLINT(performance-no-int-to-ptr): that is its point
}

} // namespace

ReceiveMemory::ReceiveMemory(const std::vector<scenario::Buffer> &buffers, std::uint32_t flagsIn, std::uint32_t offset)
    : flags(flagsIn), m_offset(offset)
{
    for (const scenario::Buffer &buffer : scenario::writtenOut(buffers)) {
        m_memory.push_back(buffer.invalid ? nullptr : std::make_unique<char[]>(buffer.size));
        m_descriptors.push_back({buffer.size, buffer.invalid ? forbidden() : m_memory.back().get()});
    }
    m_array = m_descriptors;
}

std::vector<std::string> ReceiveMemory::contents(std::uint64_t total) const
{
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < m_memory.size(); ++i) {
        const std::uint32_t skipped = i == 0 ? std::min<std::uint32_t>(m_offset, m_descriptors[i].len) : 0;
        const std::uint64_t here = m_memory[i] ? std::min<std::uint64_t>(total, m_descriptors[i].len - skipped) : 0;
        texts.emplace_back(here == 0 ? "" : m_memory[i].get() + skipped, here);
        total -= here;
    }
    return texts;
}

void NamedIrp::tellCall()
{
    Call &told = *call; // what the routine does may give the packet to another one
    told.irpTold = {ioStatus.status, ioStatus.information, ++m_order, m_recorder.track().now()};
    for (const Deed &deed : told.onComplete)
        deed.make();
    ++told.irpCompletions;
}

std::string Call::title() const
{
    const std::string where = line == 0 ? "" : "line " + std::to_string(line);
    if (name.empty())
        return "the " + verb + (where.empty() ? "" : " of " + where);
    return name + (where.empty() ? "" : " (" + where + ")");
}

} // namespace recvscope::session
