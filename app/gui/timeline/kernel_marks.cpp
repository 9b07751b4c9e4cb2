#include "gui/timeline/kernel_marks.h"

namespace recvscope::gui {

using trace::EventType;

void KernelMarks::silence(const Place &place)
{
    if (silent.empty() || silent.back().ended)
        silent.push_back({place, {}});
}

void KernelMarks::speak(const Place &place)
{
    if (!silent.empty() && !silent.back().ended)
        silent.back().ended = place;
}

void KernelMarks::add(const Place &place, const trace::Event &event)
{
    switch (event.type) {
    case EventType::FaceGiven:
        wsk = event.a == static_cast<std::uint32_t>(trace::Interface::Wsk);
        break;
    case EventType::CallbackSet:
        if ((event.a & trace::EventReceive) != 0) {
            shown = callback = true;
            speak(place); // switched on it speaks; switched off nothing is expected of it
        }
        break;
    case EventType::IndicationBegan:
        shown = callback = true;
        indications.push_back({place,
                               {},
                               {},
                               event.a == trace::leftAlone ? 0 : ++m_number,
                               event.a == trace::leftAlone ? 0 : event.a,
                               0,
                               Status::Success,
                               event.provenance == trace::Provenance::Injected});
        break;
    case EventType::IndicationEnded:
        if (!indications.empty() && !indications.back().ended) {
            indications.back().ended = place;
            indications.back().taken = event.a;
            indications.back().answer = trace::statusOf(event.b);
        }
        break;
    case EventType::IndicationReleased:
        for (IndicationMark &one : indications)
            if (one.number == event.a)
                one.released = place;
        break;
    case EventType::CallbackStopped:
        silence(place);
        break;
    case EventType::CallbackResumed:
        speak(place);
        break;
    case EventType::CloseDue:
        shown = true;
        closeDue = Stretch{place, {}};
        break;
    case EventType::SocketClosed:
        speak(place);
        if (closeDue && !closeDue->ended)
            closeDue->ended = place;
        break;
    default:
        break;
    }
}

} // namespace recvscope::gui
