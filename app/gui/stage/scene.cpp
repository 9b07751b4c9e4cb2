#include "gui/stage/scene.h"

#include "gui/shown.h"
#include "gui/stage/parts.h"
#include "gui/words.h"

#include <algorithm>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

const trace::SocketMoment *socketOf(const trace::Story &story, const trace::Moment &moment, const SceneOptions &options,
                                    const trace::ReceiveMoment *receive)
{
    if (options.socket)
        return moment.socket(options.socket);
    if (receive != nullptr)
        return moment.socket(receive->socket);
    for (std::uint32_t i = moment.playhead.event; i-- > 0;)
        if (const trace::SocketMoment *socket = moment.socket(story.event(i).socket))
            return socket;
    return moment.sockets.empty() ? nullptr : &moment.sockets.front();
}

QString summaryOf(const Draft &draft)
{
    const trace::SocketMoment &socket = *draft.socket;
    QString text =
        u"The peer has sent %1. The kernel holds %2."_s.arg(byteCount(socket.sent), byteCount(heldBytes(socket)));
    if (draft.receive == nullptr)
        return text + u" No receive has been called yet."_s;
    text += u" Receive %1 is %2."_s.arg(fromTrace(draft.receive->name), standingOf(socket, *draft.receive).words);
    const auto waiting = std::count_if(socket.waiting.begin(), socket.waiting.end(),
                                       [&](OperationId id) { return id != draft.receive->id; });
    if (waiting > 0)
        text += u" Others waiting: %1."_s.arg(waiting);
    if (showsThreads(draft.moment))
        for (const trace::ThreadMoment &thread : draft.moment.threads)
            text += u" Thread "_s + threadInWords(draft.story, thread);
    if (!draft.moment.misuses.empty())
        text += u" The program broke a rule."_s;
    return text;
}

} // namespace

Scene buildScene(const trace::Story &story, const trace::Moment &moment, const SceneOptions &options)
{
    Draft draft{story, moment, options};
    if (!moment.playhead.exact() && !options.reducedMotion && moment.playhead.event < story.size())
        draft.coming = &story.event(moment.playhead.event);
    draft.receive = moment.receive(options.selected);
    if (draft.receive == nullptr)
        draft.receive = moment.receive(activeReceive(story, moment, options.socket));
    draft.socket = socketOf(story, moment, options, draft.receive);
    if (draft.socket != nullptr && draft.receive != nullptr && draft.receive->socket != draft.socket->id)
        draft.receive = moment.receive(activeReceive(story, moment, draft.socket->id));

    draft.frame = frameFor(options.size, moment.sockets.size() > 1,
                           showsKernelLanes(draft.socket) ? Lanes::Kernel
                           : showsThreads(moment)         ? Lanes::Threads
                                                          : Lanes::None);
    draft.scene.size = draft.frame.size;
    draft.scene.zoom = draft.frame.zoom;
    if (draft.socket == nullptr) {
        addNothingYet(draft);
        return std::move(draft.scene);
    }
    addTabs(draft);
    if (showsComparison(moment, options)) {
        addComparison(draft);
        return std::move(draft.scene);
    }
    addLink(draft);
    addPeer(draft);
    addKernel(draft);
    addReceive(draft);
    if (moment.misuses.empty())
        addStrip(draft);
    else
        addMisuse(draft);
    if (showsKernelLanes(draft.socket))
        addKernelLanes(draft);
    else
        addThreads(draft);
    addRow(draft);
    addFlights(draft);
    draft.scene.summary = summaryOf(draft);
    return std::move(draft.scene);
}

const Place *Scene::placeAt(QPointF point) const
{
    const QPointF at = point / zoom;
    const auto found =
        std::find_if(places.rbegin(), places.rend(), [&](const Place &place) { return place.rect.contains(at); });
    return found == places.rend() ? nullptr : &*found;
}

} // namespace recvscope::gui::stage
