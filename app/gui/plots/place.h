// Where an event of the story stands, on both axes: kept with what is drawn of it, so that painting asks the story
// nothing.
//
// A value.

#pragma once

#include "trace/story_walk.h"

#include <cstdint>

namespace recvscope::gui {

struct Place {
    std::uint32_t index = 0; ///< story index
    double story = 0;        ///< seconds of story time
    double clock = 0;        ///< seconds of the trace's clock

    [[nodiscard]] double on(trace::TimeAxis axis) const { return axis == trace::TimeAxis::Story ? story : clock; }

    [[nodiscard]] static Place of(const trace::StoryWalk &walk)
    {
        return {walk.index(), walk.moment(trace::TimeAxis::Story), walk.moment(trace::TimeAxis::Clock)};
    }
};

} // namespace recvscope::gui
