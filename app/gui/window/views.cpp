#include "gui/window/views.h"

#include "gui/stage/stage.h"
#include "gui/window/studio.h"

namespace recvscope::gui {

Desk::Views makeViews(Studio &studio)
{
    Presentation &presentation = studio.presentation();
    const Appearance &look = studio.appearance();
    Desk::Views views;
    views.stage = new stage::Stage(presentation, look);
    return views;
}

} // namespace recvscope::gui
