// The stage where a story uses sockets through more than one interface: the same receive of each, one row below the
// other, and a mark wherever a row differs from the first.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/shown.h"
#include "gui/twins.h"
#include "gui/words.h"

#include <algorithm>
#include <array>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double gap = 10;
constexpr double tallestRow = 124;
constexpr double leastRow = 74;
constexpr double nameWidth = 112;
constexpr double cellsHeight = 36;

QString faceWords(const trace::SocketMoment &socket)
{
    switch (socket.face) {
    case trace::Interface::Wsk:
        return u"WskReceive"_s;
    case trace::Interface::Native:
        return u"recvmsg"_s;
    case trace::Interface::Wsp:
        break;
    }
    return u"WSPRecv"_s;
}

QString statusIn(trace::Interface face, Status status)
{
    return face == trace::Interface::Wsk ? kernelStatus(status) : statusName(status);
}

QString waitsWords(const Outcome &outcome)
{
    switch (outcome.waits) {
    case Waits::NotYet:
        return u"inside the call"_s;
    case Waits::AtOnce:
        return u"at once"_s;
    case Waits::Pending:
        return u"pending"_s;
    case Waits::Blocks:
        return u"blocks"_s;
    }
    return {};
}

/// Of a socket without a receive of that number.
QString withoutReceive(const trace::SocketMoment &socket)
{
    if (socket.end == trace::EndState::Closed)
        return u"not called: the socket is closed"_s;
    if (socket.end == trace::EndState::ResetSeen || socket.end == trace::EndState::PeerReset)
        return u"not called: the connection was reset"_s;
    return u"not called yet"_s;
}

class Row {
public:
    Row(Draft &draft, const Twin &twin, const QRectF &rect) : m_draft(draft), m_twin(twin), m_rect(rect) {}

    void draw()
    {
        const bool called = m_twin.receive != nullptr;
        m_draft.scene.items.emplace_back(
            Box{m_rect, Tone::Soft, called ? Tone::None : Tone::Line, called ? Edge::Solid : Edge::Dotted, 6, false});
        const trace::SocketMoment &socket = *m_twin.socket;
        const QString name = fromTrace(socket.name);
        const QRectF left(m_rect.left() + 12, m_rect.top() + 6, nameWidth - 12, 18);
        m_draft.text(left, {{name, Style::Strong, {Tone::Ink}}});
        m_draft.text(left.translated(0, 17), {{faceWords(socket), Style::Small, {Tone::Dim}}});
        if (called)
            m_draft.text(left.translated(0, 34),
                         {{fromTrace(m_twin.receive->name), Style::SmallStrong, {Tone::Accent}}});
        m_draft.place(m_rect, called ? targetOf(*m_twin.receive) : Target{Target::Kind::Socket, {}, {}, socket.id},
                      called ? u"receive "_s + fromTrace(m_twin.receive->name) : u"socket "_s + name, words());

        const QRectF inner = m_rect.adjusted(nameWidth, 6, -10, -6);
        const QRectF upper(inner.left(), inner.top(), inner.width(), inner.height() - cellsHeight - 6);
        bytes(upper);
        answers(QRectF(inner.left(), inner.bottom() - cellsHeight, inner.width(), cellsHeight));
    }

private:
    [[nodiscard]] QString words() const
    {
        const QString name = fromTrace(m_twin.socket->name);
        if (m_twin.receive == nullptr)
            return u"%1 (%2): %3"_s.arg(name, faceWords(*m_twin.socket), withoutReceive(*m_twin.socket));
        return u"%1 (%2), %3: %4"_s.arg(name, faceWords(*m_twin.socket), fromTrace(m_twin.receive->name),
                                        standingOf(*m_twin.socket, *m_twin.receive).words);
    }

    /// What the kernel holds, and where it goes.
    void bytes(const QRectF &area)
    {
        const trace::SocketMoment &socket = *m_twin.socket;
        Draft own{m_draft.story, m_draft.moment, m_draft.options};
        own.socket = &socket;
        const double label = 12;
        const QRectF kernel(area.left(), area.top() + label, 0.32 * area.width(),
                            std::min(area.height() - label, 30.0));
        const QRectF buffers(kernel.right() + 40, kernel.top(), area.right() - kernel.right() - 40, kernel.height());
        const std::uint64_t held = heldBytes(socket);
        m_draft.text(QRectF(kernel.left(), area.top() - 3, kernel.width(), 15),
                     {{u"kernel holds %1"_s.arg(shortSize(held)), Style::Small, {Tone::Dim}}});
        const std::array counts = {std::max<std::uint64_t>(held, 8)};
        const Grid grid = gridFor(counts, kernel.width(), kernel.height());
        drawBytes(m_draft.scene.items, kernel, counts[0], grid, stretchesOf(own, socket.kernel, grid.cells()),
                  m_draft.options.hexCells);
        m_draft.scene.items.emplace_back(Line{{kernel.right() + 8, kernel.center().y()},
                                              {buffers.left() - 8, kernel.center().y()},
                                              LineStyle::Copy,
                                              Tone::Accent,
                                              true});
        const QRectF title(buffers.left(), area.top() - 3, buffers.width(), 15);
        if (m_twin.receive == nullptr) {
            m_draft.text(title, {{withoutReceive(socket), Style::Small, {Tone::Dim}}});
            return;
        }
        const trace::ReceiveMoment &receive = *m_twin.receive;
        const std::vector<trace::BufferMoment> filled = copiedBuffers(m_draft.story, socket, receive);
        const std::string_view word = bufferWord(socket, receive);
        std::vector<std::uint64_t> sizes;
        for (const trace::BufferMoment &buffer : filled)
            sizes.push_back(buffer.size);
        m_draft.text(title, {{QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size())) + u' ' +
                                  (sizes.empty() ? u"none"_s : sizeList(sizes)),
                              Style::Small,
                              {Tone::Dim}}});
        std::uint64_t total = 0;
        for (const trace::BufferMoment &buffer : filled)
            total += buffer.size;
        if (total == 0) {
            m_draft.text(buffers, {{u"no memory"_s, Style::Small, {Tone::Dim}}});
            return;
        }
        const double between = 8;
        const double room = buffers.width() - between * static_cast<double>(filled.size());
        double x = buffers.left();
        for (const trace::BufferMoment &buffer : filled) {
            const double cell = std::min(20.0, room / static_cast<double>(total));
            const bool cells = total < cellsBelow && cell >= 8;
            const double width =
                cells ? cell * static_cast<double>(buffer.size) : room / static_cast<double>(filled.size());
            if (buffer.size > 0)
                drawBytes(m_draft.scene.items, QRectF(x, buffers.top(), width + (cells ? 1 : 0), buffers.height()),
                          buffer.size, cells ? Grid{QSizeF(cell, std::min(26.0, buffers.height()))} : Grid{},
                          stretchesOf(own, buffer.runs, cells), m_draft.options.hexCells);
            x += width + between;
        }
    }

    void answer(const QRectF &rect, const QString &label, const QString &text, Tone tone, Unlike unlike,
                bool hatched = false)
    {
        const bool differs = unlike == Unlike::Yes;
        m_draft.scene.items.emplace_back(Box{rect, differs ? Tone::CautionFill : Tone::Panel,
                                             differs   ? Tone::Caution
                                             : hatched ? Tone::Dim
                                                       : Tone::Line,
                                             differs ? Edge::Thick : Edge::Solid, 5, hatched});
        QRectF inner = rect.adjusted(8, 2, -6, -2);
        if (unlike != Unlike::No) {
            m_draft.mark({inner.right() - 7, inner.center().y()}, Sign::Unequal, differs ? Tone::Caution : Tone::Dim,
                         differs ? 16 : 11);
            inner.setRight(inner.right() - 19);
        }
        const auto line = [&](const QRectF &place, const QString &what, Style style, Tone ink) {
            m_draft.scene.items.emplace_back(
                Text{place, {{what, style, {ink}}}, Qt::AlignLeft | Qt::AlignVCenter, {}, hatched});
        };
        line(QRectF(inner.left(), inner.top(), inner.width(), 14), label, Style::Small, Tone::Dim);
        line(QRectF(inner.left(), inner.top() + 15, inner.width(), 17), text, Style::SmallStrong, tone);
    }

    void answers(const QRectF &area)
    {
        const Outcome &outcome = m_twin.outcome;
        const Difference &unlike = m_twin.difference;
        const bool called = m_twin.receive != nullptr;
        const QString none = called ? u"not yet"_s : u"—"_s;
        const std::array shares = {0.33, 0.31, 0.1, 0.26};
        double x = area.left();
        std::array<QRectF, 4> places;
        for (std::size_t i = 0; i < shares.size(); ++i) {
            const double width = (area.width() - 3 * 6) * shares[i];
            places[i] = QRectF(x, area.top(), width, area.height());
            x += width + 6;
        }
        const bool waits = outcome.waits == Waits::Pending || outcome.waits == Waits::Blocks;
        answer(places[0], called ? u"returned · "_s + waitsWords(outcome) : u"returned"_s,
               outcome.returned ? statusIn(outcome.face, *outcome.returned)
               : waits          ? waitsWords(outcome)
                                : none,
               outcome.returned ? Tone::Ink : Tone::Dim, unlike.waits, called && waits && !outcome.status);
        const bool good = outcome.status == Status::Success;
        answer(places[1], u"outcome"_s, outcome.status ? statusIn(outcome.face, *outcome.status) : none,
               !outcome.status ? Tone::Dim
               : good          ? Tone::Good
                               : Tone::Failure,
               unlike.status);
        answer(places[2], u"bytes"_s, outcome.status ? grouped(outcome.bytes) : none,
               outcome.status ? Tone::Ink : Tone::Dim, unlike.bytes);
        answer(places[3], u"told by"_s, outcome.toldBy.isEmpty() ? none : outcome.toldBy,
               outcome.toldBy.isEmpty() ? Tone::Dim : Tone::Ink, unlike.told);
    }

    Draft &m_draft;
    const Twin &m_twin;
    QRectF m_rect;
};

} // namespace

bool showsComparison(const trace::Moment &moment, const SceneOptions &options)
{
    return !options.socket && comparesFaces(moment);
}

void addComparison(Draft &draft)
{
    const Twins twins = twinsOf(draft.moment, draft.receive != nullptr ? draft.receive->id : OperationId{});
    const QRectF &titles = draft.frame.titles;
    const auto unlike = static_cast<std::size_t>(std::count_if(
        twins.rows.begin(), twins.rows.end(), [](const Twin &twin) { return twin.difference.most() == Unlike::Yes; }));
    draft.text(titles.adjusted(4, 0, -260, 0),
               {{u"RECEIVE %1 OF EACH, SIDE BY SIDE"_s.arg(twins.number + 1), Style::Caps, {Tone::Dim}}});
    // The two strengths of the mark, and what they mean.
    const QRectF legend(titles.right() - 256, titles.top(), 256, titles.height());
    draft.mark({legend.left() + 8, legend.center().y()}, Sign::Unequal, Tone::Caution, 14);
    draft.text(legend.adjusted(20, 0, 0, 0), {{u"differs"_s, Style::Small, {unlike > 0 ? Tone::Caution : Tone::Dim}}});
    draft.mark({legend.left() + 82, legend.center().y()}, Sign::Unequal, Tone::Dim, 11);
    draft.text(legend.adjusted(94, 0, 0, 0), {{u"the same, told otherwise"_s, Style::Small, {Tone::Dim}}});

    const double top = titles.bottom() + 2;
    const double room = draft.frame.size.height() - top - 10;
    const auto most = std::max<std::size_t>(static_cast<std::size_t>((room + gap) / (leastRow + gap)), 1);
    const std::size_t shown = std::min(twins.rows.size(), most);
    const double height =
        std::min((room - gap * static_cast<double>(shown - 1)) / static_cast<double>(shown), tallestRow);
    QString summary = u"Side by side, receive %1 of each socket."_s.arg(twins.number + 1);
    for (std::size_t i = 0; i < shown; ++i) {
        Row(draft, twins.rows[i],
            QRectF(titles.left(), top + static_cast<double>(i) * (height + gap), titles.width(), height))
            .draw();
        if (twins.rows[i].difference.most() == Unlike::Yes)
            summary += u" %1 differs from %2."_s.arg(fromTrace(twins.rows[i].socket->name),
                                                     fromTrace(twins.rows.front().socket->name));
    }
    draft.scene.summary = summary;
}

} // namespace recvscope::gui::stage
