// Goes through a story event by event: cheaper than asking the story for each by its index.
//
// Threads: as the story it walks, which must not be extended meanwhile.

#pragma once

#include "trace/story.h"

#include <array>

namespace recvscope::trace {

class StoryWalk {
public:
    /// Stands on event @p index, or at the end.
    StoryWalk(const Story &story, std::uint32_t index) : m_story(story), m_index(index - index % Story::blockEvents)
    {
        if (index >= story.size()) {
            m_index = story.size();
            return;
        }
        const Story::Block &block = story.m_blocks[index / Story::blockEvents];
        m_teller = {block.stopBefore, block.ticksBefore};
        look();
        while (m_index < index)
            next();
    }

    [[nodiscard]] bool atEnd() const { return m_index == m_story.size(); }
    [[nodiscard]] std::uint32_t index() const { return m_index; }
    [[nodiscard]] EventRef ref() const { return m_ref; }
    [[nodiscard]] const Event &event() const { return *m_event; }
    /// When it stands on that axis, seconds.
    [[nodiscard]] double moment(TimeAxis axis) const
    {
        return axis == TimeAxis::Story ? Story::seconds(m_teller.ticks) : Story::clockSeconds(m_event->time);
    }

    void next()
    {
        ++m_index;
        if (!atEnd())
            look();
    }

private:
    friend class Story;

    void look()
    {
        if (m_index % Story::blockEvents == 0)
            enter(m_index / Story::blockEvents);
        Story::Start &start = m_next[m_story.m_codes[m_index]];
        m_ref = {start.track, start.index++};
        m_event = &m_story.m_snapshot.event(m_ref);
        m_teller.tell(*m_event);
    }

    void enter(std::uint32_t block)
    {
        const auto &blocks = m_story.m_blocks;
        const std::size_t first = blocks[block].firstStart;
        const std::size_t last = block + 1 < blocks.size() ? blocks[block + 1].firstStart : m_story.m_starts.size();
        for (std::size_t i = first; i < last; ++i)
            m_next[i - first] = m_story.m_starts[i];
    }

    const Story &m_story;
    std::uint32_t m_index;
    std::array<Story::Start, Story::blockEvents> m_next; // only the block's own starts are filled
    EventRef m_ref;
    const Event *m_event = nullptr;
    Story::Teller m_teller;
};

} // namespace recvscope::trace
