#include "gui/timeline/timeline_image.h"

#include "gui/timeline/source_for.h"

#include <utility>

namespace recvscope::gui {

TimelineImage::TimelineImage(Theme theme, Fonts fonts)
    : m_style{std::move(theme), std::move(fonts), {}, {}},
      m_textWidth(labelWidthIn(m_style.fonts)),
      m_monoWidth(monoWidthIn(m_style.fonts))
{
}

void TimelineImage::attach(const trace::Story &story, const trace::SpanIndex &spans, bool outside)
{
    if (m_story != &story)
        m_marks = Marks();
    m_story = &story;
    m_spans = &spans;
    m_outside = outside;
    if (toldExactly(story))
        m_marks.extend(story);
}

const QImage &TimelineImage::paint(trace::TimeAxis axis, double begin, double end, QSize size, double scale)
{
    const TimeScale shown{begin, end, size.width() - 2 * overhang};
    const std::unique_ptr<SceneSource> source = sourceFor(*m_story, m_marks, *m_spans, axis, m_outside);
    const LaneLayout layout = source->layout(shown, {});
    const LaneView lanes{static_cast<double>(size.height()), 0, layout.count()};
    paintTimeline(source->scene(layout, {shown, lanes, overhang, scale, m_textWidth, m_monoWidth}), m_style, m_image);
    return m_image;
}

} // namespace recvscope::gui
