#include "gui/window/views.h"

#include "gui/events/event_table.h"
#include "gui/inspector/inspector.h"
#include "gui/lessons/prediction_card.h"
#include "gui/plots/bytes_view.h"
#include "gui/stage/stage.h"
#include "gui/timeline/timeline_view.h"
#include "gui/window/studio.h"

namespace recvscope::gui {

Desk::Views makeViews(Studio &studio)
{
    Presentation &presentation = studio.presentation();
    const Appearance &look = studio.appearance();
    Desk::Views views;
    views.stage = new stage::Stage(presentation, look);
    views.timeline = new TimelineView(presentation, look);
    views.plots = new BytesView(presentation, look);
    views.inspector = new inspector::Inspector(presentation, look);
    views.events = new EventTable(presentation, look);
    views.question = new PredictionCard(presentation, studio.questions(), look);
    return views;
}

void flushViews(const QWidget &window)
{
    for (TimePlot *each : window.findChildren<TimePlot *>())
        each->flush();
}

} // namespace recvscope::gui
