#include "gui/window/views.h"

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
    return views;
}

} // namespace recvscope::gui
