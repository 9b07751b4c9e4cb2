// The parts of the stage. Each adds its items and places to the draft; buildScene() calls them in reading order.
//
// Threads: pure functions over a draft that belongs to one call of buildScene().

#pragma once

#include "gui/stage/bytes.h"
#include "gui/stage/frame.h"
#include "gui/stage/scene.h"

namespace recvscope::gui::stage {

struct Draft {
    const trace::Story &story;
    const trace::Moment &moment;
    const SceneOptions &options;
    const trace::Event *coming = nullptr;          ///< the event the playhead is on its way to; null: nothing moves
    const trace::SocketMoment *socket = nullptr;   ///< the one on the stage
    const trace::ReceiveMoment *receive = nullptr; ///< the large one; null before any was called
    Frame frame{};
    Scene scene{};

    // -- where bytes stand, for what flies between
    BytePlaces kernelBytes{};
    std::vector<BytePlaces> bufferBytes{}; ///< of the large receive; an invalid area where a buffer is not shown
    std::vector<std::pair<OperationId, QRectF>> chips{};
    QRectF bin{}; ///< where a drain's bytes fall; empty: there is none

    void box(const QRectF &rect, Tone fill, Tone edge = Tone::None, double radius = 6)
    {
        scene.items.emplace_back(Box{rect, fill, edge, Edge::Solid, radius, false});
    }
    void text(const QRectF &rect, std::vector<Span> spans, Qt::Alignment align = Qt::AlignLeft | Qt::AlignVCenter,
              const QString &shorter = {})
    {
        scene.items.emplace_back(Text{rect, std::move(spans), align, shorter, false});
    }
    void mark(QPointF centre, Sign sign, Tone tone, double size = 9)
    {
        scene.items.emplace_back(Mark{centre, sign, tone, size});
    }
    void place(const QRectF &rect, const Target &target, const QString &name, const QString &says)
    {
        scene.places.push_back({rect, target, name, says});
    }
};

void addTabs(Draft &draft);
void addPeer(Draft &draft);
void addLink(Draft &draft);
void addKernel(Draft &draft);
void addReceive(Draft &draft);
void addStrip(Draft &draft);
void addRow(Draft &draft);
void addThreads(Draft &draft);
void addFlights(Draft &draft);

/// A WskReceive's descriptors with their pages, or the bin of a drain.
void addKernelMemory(Draft &draft, const QRectF &area);
/// Of a WSK socket, instead of the threads: its queued IRPs beside its receive event callback.
void addKernelLanes(Draft &draft);
[[nodiscard]] inline bool showsKernelLanes(const trace::SocketMoment *socket)
{
    return socket != nullptr && socket->face == trace::Interface::Wsk;
}

/// Instead of all below the tabs: the same receive of each socket, where they are used through several interfaces and
/// none of them was chosen.
void addComparison(Draft &draft);
[[nodiscard]] bool showsComparison(const trace::Moment &moment, const SceneOptions &options);

/// Instead of the call: the rule that the program broke, and what to do instead.
void addMisuse(Draft &draft);

/// What the threads do is worth a place: there is more than one, or something is queued to one.
[[nodiscard]] bool showsThreads(const trace::Moment &moment);
/// "t1 waits alertably, runs the routine of r1; queued to it: r2."
[[nodiscard]] QString threadInWords(const trace::Story &story, const trace::ThreadMoment &thread);

/// The stage before anything happened: what to do.
void addNothingYet(Draft &draft);

/// The bytes of runs, as they stand in a container of @p capacity; text only where cells will show it.
[[nodiscard]] std::vector<Stretch> stretchesOf(const Draft &draft, std::span<const trace::Run> runs, bool withText);

/// What the kernel holds as messages, each a parcel of its own; and how many of them fitted.
void addMessages(Draft &draft, const QRectF &area);
/// Splits the first @p leaving bytes off and marks them.
[[nodiscard]] std::vector<Stretch> withLeaving(const std::vector<Stretch> &content, std::uint64_t leaving);
/// Bytes that are on their way out of the kernel at this moment, from the front.
[[nodiscard]] std::uint64_t leavingBytes(const Draft &draft);

/// How a receive stands, as a sign and a colour: completed is a dot, at once a diamond, the end a square cap, a failure
/// a cross. A pending one has no sign: it is hatched.
struct Standing {
    std::optional<Sign> sign;
    Tone tone = Tone::Dim;
    QString words; ///< "completed with 6 bytes"
    bool pending = false;
    QString shorter{}; ///< where there is no room for the words; may be empty
};
[[nodiscard]] Standing standingOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

[[nodiscard]] inline Target targetOf(const trace::ReceiveMoment &receive)
{
    return {Target::Kind::Receive, receive.id, receive.called, receive.socket};
}

/// Bytes that stand in the kernel's buffer; none once the socket is closed.
[[nodiscard]] inline std::uint64_t heldBytes(const trace::SocketMoment &socket)
{
    std::uint64_t bytes = 0;
    for (const trace::Run &run : socket.kernel)
        bytes += run.length;
    return bytes;
}

/// A name or a text of the trace for the screen: made a QString once, here.
[[nodiscard]] inline QString fromTrace(const std::string &text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace recvscope::gui::stage
