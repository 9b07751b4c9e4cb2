// Which kind of source tells a story: event by event, or by summaries.

#pragma once

#include "gui/presentation.h"
#include "gui/timeline/exact_source.h"
#include "gui/timeline/indexed_source.h"

#include <memory>

namespace recvscope::gui {

[[nodiscard]] inline bool toldExactly(const trace::Story &story)
{
    return story.size() <= storyAxisLimit;
}

/// The arguments must outlive it. @param veil count of events that may be seen; long traces have no questions
[[nodiscard]] inline std::unique_ptr<SceneSource> sourceFor(const trace::Story &story, const Marks &marks,
                                                            const trace::SpanIndex &spans, trace::TimeAxis axis,
                                                            bool outside, std::optional<std::uint32_t> veil = {})
{
    if (toldExactly(story))
        return std::make_unique<ExactSource>(marks, axis, veil ? story.second({*veil, 0}, axis) : story.length(axis),
                                             SceneNames::of(story), veil);
    return std::make_unique<IndexedSource>(story, spans, outside);
}

} // namespace recvscope::gui
