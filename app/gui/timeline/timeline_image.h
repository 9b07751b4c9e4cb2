// The timeline's raster without a window: for exports and for measuring what painting costs.
//
// Threads: one that may use QPainter on images; not the window's necessarily.

#pragma once

#include "gui/timeline/marks.h"
#include "gui/timeline/raster.h"

namespace recvscope::gui {

class TimelineImage {
public:
    TimelineImage(Theme theme, Fonts fonts);

    /// What to paint; both must outlive this and be of the same store. To be called again when they have grown.
    void attach(const trace::Story &story, const trace::SpanIndex &spans, bool outside = false);

    /// The stretch [begin, end] of @p axis, in seconds, as lanes on a transparent ground.
    /// Above storyAxisLimit events the axis is the clock's whatever is asked.
    /// @param size of the whole image in device-independent pixels, the overhang on both sides included
    /// @return valid until the next call
    [[nodiscard]] const QImage &paint(trace::TimeAxis axis, double begin, double end, QSize size, double scale);

    static constexpr double overhang = 8;

private:
    RasterStyle m_style;
    TextWidth m_textWidth, m_monoWidth;
    const trace::Story *m_story = nullptr;
    const trace::SpanIndex *m_spans = nullptr;
    bool m_outside = false;
    Marks m_marks;
    QImage m_image;
};

} // namespace recvscope::gui
