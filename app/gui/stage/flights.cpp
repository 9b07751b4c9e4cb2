// What is on its way to the next event: bytes where a copy happens, a parcel where a send does. Nothing else moves.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui::stage {

using trace::EventType;

namespace {

constexpr std::uint64_t singly = 32; ///< more bytes than this fly as one piece for each send
constexpr std::size_t mostPieces = 16;
constexpr double stagger = 0.4; ///< share of the way by which the last byte starts after the first

double eased(double t)
{
    t = std::clamp(t, 0.0, 1.0);
    return t * t * (3 - 2 * t);
}

void addParcel(Draft &draft, const trace::Event &event)
{
    const trace::EventRef ref = draft.story.ref(draft.moment.playhead.event);
    const auto &sends = draft.socket->sends;
    const auto send =
        std::find_if(sends.begin(), sends.end(), [&](const trace::SendMoment &one) { return one.ref == ref; });
    const QString text = shortSize(event.a);
    const QSizeF size(7.5 * static_cast<double>(text.size()) + 18, 22);
    const QRectF &link = draft.frame.link;
    const double y = link.center().y() - size.height() / 2;
    draft.scene.items.emplace_back(Flight{
        QRectF(QPointF(link.left(), y), size), QRectF(QPointF(link.right() - size.width(), y), size),
        eased(draft.moment.playhead.toNext), text,
        send == sends.end() ? 0 : sendNumber(*draft.socket, static_cast<std::size_t>(send - sends.begin())), true});
}

/// A piece of the copy: from where it stands in the kernel to where it will stand.
struct Piece {
    QRectF from, to;
    std::uint32_t send = 0;
    std::string text;
};

std::vector<Piece> piecesOf(const Draft &draft, const trace::ReceiveMoment &receive, std::uint64_t bytes)
{
    const bool large = draft.receive != nullptr && receive.id == draft.receive->id;
    const auto chip =
        std::find_if(draft.chips.begin(), draft.chips.end(), [&](const auto &one) { return one.first == receive.id; });
    std::vector<trace::BufferMoment> before = copiedBuffers(draft.story, *draft.socket, receive);
    std::vector<trace::BufferMoment> after = before;
    fillOn(*draft.socket, after,
           draft.socket->kernel.empty() ? draft.socket->taken : draft.socket->kernel.front().offset, bytes);

    std::vector<Piece> pieces;
    std::uint64_t taken = 0;
    for (std::size_t i = 0; i < after.size(); ++i) {
        std::uint64_t at = 0;
        for (const trace::Run &run : after[i].runs) {
            const std::uint64_t begin = std::max(at, before[i].filled);
            const std::uint64_t end = at + run.length;
            const std::uint64_t skipped = begin - at;
            at = end;
            if (end <= begin)
                continue;
            const std::uint64_t step = bytes <= singly ? 1 : end - begin;
            const std::string text = bytes <= singly ? trace::bytesOf(draft.story, *draft.socket,
                                                                      {run.send, run.offset + skipped, end - begin})
                                                     : std::string();
            for (std::uint64_t offset = begin; offset < end; offset += step) {
                Piece piece;
                piece.from = draft.kernelBytes.stretch(taken, step);
                if (draft.kernelBytes.cells())
                    piece.from = draft.kernelBytes.byte(taken);
                taken += step;
                piece.send = sendNumber(*draft.socket, run.send);
                if (offset - begin < text.size())
                    piece.text = text.substr(offset - begin, 1);
                if (large && i < draft.bufferBytes.size() && draft.bufferBytes[i].area().isValid())
                    piece.to = draft.bufferBytes[i].cells() ? draft.bufferBytes[i].byte(offset)
                                                            : draft.bufferBytes[i].stretch(offset, step);
                else if (!large && chip != draft.chips.end())
                    piece.to = chip->second;
                else
                    piece.to = QRectF(draft.frame.receive.center() - QPointF(8, 8), QSizeF(16, 16));
                pieces.push_back(std::move(piece));
                if (pieces.size() >= std::max<std::size_t>(mostPieces, singly))
                    return pieces;
            }
        }
    }
    return pieces;
}

void addCopy(Draft &draft, const trace::Event &event)
{
    const trace::ReceiveMoment *receive = draft.moment.receive(event.operation);
    if (receive == nullptr || event.a == 0)
        return;
    const std::vector<Piece> pieces = piecesOf(draft, *receive, event.a);
    const auto count = static_cast<double>(pieces.size());
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const double start = count > 1 ? stagger * static_cast<double>(i) / (count - 1) : 0;
        const double progress = eased((draft.moment.playhead.toNext - start) / (1 - (count > 1 ? stagger : 0)));
        QString text;
        if (!pieces[i].text.empty())
            text = cellText(static_cast<unsigned char>(pieces[i].text.front()), draft.options.hexCells);
        draft.scene.items.emplace_back(Flight{pieces[i].from, pieces[i].to, progress, text, pieces[i].send, false});
    }
}

/// Into the bin, and into no buffer.
void addFall(Draft &draft, const trace::Event &event)
{
    const std::uint64_t step = event.a <= singly ? 1 : event.a;
    std::uint64_t at = 0;
    for (const trace::Run &run : draft.socket->kernel)
        for (std::uint64_t i = 0; i < run.length && at < event.a; i += step, at += step) {
            const QRectF from = draft.kernelBytes.cells() && step == 1 ? draft.kernelBytes.byte(at)
                                                                       : draft.kernelBytes.stretch(at, step);
            const double start = stagger * static_cast<double>(at) / static_cast<double>(std::max(event.a, 1U));
            draft.scene.items.emplace_back(Flight{from,
                                                  draft.bin,
                                                  eased((draft.moment.playhead.toNext - start) / (1 - stagger)),
                                                  {},
                                                  sendNumber(*draft.socket, run.send),
                                                  false});
        }
}

} // namespace

void addFlights(Draft &draft)
{
    if (draft.coming == nullptr || draft.coming->socket != draft.socket->id)
        return;
    const trace::Event &event = *draft.coming;
    if (event.type == EventType::PeerSend || event.type == EventType::PeerSendOob)
        addParcel(draft, event);
    else if (trace::copiesBytes(event.type))
        addCopy(draft, event);
    else if (event.type == EventType::Discarded && !draft.bin.isEmpty())
        addFall(draft, event);
}

QRectF Flight::now() const
{
    const auto mix = [this](double begin, double end) { return begin + (end - begin) * progress; };
    const QPointF begin = from.center();
    const QPointF end = to.center();
    const double lift = parcel ? 0 : std::min(12.0, 0.1 * std::hypot(end.x() - begin.x(), end.y() - begin.y()));
    const QPointF centre(mix(begin.x(), end.x()), mix(begin.y(), end.y()) - lift * 4 * progress * (1 - progress));
    const QSizeF size(mix(from.width(), to.width()), mix(from.height(), to.height()));
    return {centre - QPointF(size.width() / 2, size.height() / 2), size};
}

} // namespace recvscope::gui::stage
