// The receive the moment is about, large: its buffers filling in order, each byte in the colour of its send.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/shown.h"
#include "gui/words.h"

#include <algorithm>
#include <array>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double padding = 16;
constexpr double labelHeight = 19;
constexpr double noteHeight = 24;
constexpr double between = 6; // two buffers
constexpr double lostHeight = 24;
constexpr QSizeF lostCell(14, 18);
constexpr double labelWidth = 118; // "WSABUF[0]   2 of 2"
constexpr std::size_t fewBuffers = 3;
constexpr QSizeF smallCell(11, 16);
constexpr double shortLabel = 34; // "[12]"
constexpr double longLabel = 150; // "[12]  16 of 4,096"

QString wordOf(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

QString traitsOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    QString text = wordOf(callWord(socket, receive));
    if (receive.isWsk()) {
        if (receive.level > 0)
            text += u" · "_s + levelName(receive.level);
        return receive.flagsIn != 0 ? text + u" · "_s + kernelFlags(receive.flagsIn) : text + u" · IRP"_s;
    }
    if ((receive.traits & trace::CallOverlapped) != 0)
        text += u" · overlapped"_s;
    else
        text += (receive.traits & trace::CallNonblocking) != 0 ? u" · nonblocking"_s : u" · blocking"_s;
    if ((receive.traits & trace::CallHasRoutine) != 0)
        text += u" · routine"_s;
    else if ((receive.traits & trace::CallHasEvent) != 0)
        text += u" · event"_s;
    if (receive.flagsIn != 0)
        text += u" · "_s + receiveFlags(receive.flagsIn);
    return text;
}

QString amount(std::uint64_t filled, std::uint64_t size)
{
    return size < levelsFrom ? u"%1 of %2"_s.arg(grouped(filled), grouped(size))
                             : u"%1 of %2"_s.arg(shortSize(filled), shortSize(size));
}

class Buffers {
public:
    Buffers(Draft &draft, const std::vector<trace::BufferMoment> &buffers) : m_draft(draft), m_buffers(buffers)
    {
        m_draft.bufferBytes.resize(buffers.size());
    }

    void draw(const QRectF &area)
    {
        if (m_buffers.empty())
            return;
        std::vector<std::uint64_t> sizes;
        for (const trace::BufferMoment &buffer : m_buffers)
            sizes.push_back(buffer.size);
        const auto count = static_cast<double>(sizes.size());
        const double spent = count * labelHeight + (count - 1) * between;
        const Grid grid = gridFor(sizes, area.width(), area.height() - spent);
        const auto needsCells =
            std::any_of(sizes.begin(), sizes.end(), [](std::uint64_t size) { return size < cellsBelow; });
        double height = spent;
        for (const std::uint64_t size : sizes)
            height += grid.height(size, area.width());
        if (height <= area.height() && (grid.cells() || !needsCells))
            stacked(area, grid);
        else
            lines(area);
    }

private:
    /// Label above, bytes below.
    void stacked(const QRectF &area, const Grid &grid)
    {
        double y = area.top();
        for (std::size_t i = 0; i < m_buffers.size(); ++i) {
            const double height = grid.height(m_buffers[i].size, area.width());
            const QRectF label(area.left(), y, area.width(), labelHeight);
            m_draft.text(label, labelSpans(i));
            bytes(i, QRectF(area.left(), y + labelHeight, area.width(), height), grid);
            placeOf(i, QRectF(area.left(), y, area.width(), labelHeight + height));
            y += labelHeight + height + between;
        }
    }

    /// Many buffers: small, labels beside them, in columns where they are short; those around the one that fills now.
    void lines(const QRectF &all)
    {
        std::uint64_t largest = 0;
        for (const trace::BufferMoment &buffer : m_buffers)
            largest = std::max(largest, buffer.size);
        const bool cells = static_cast<double>(largest) * smallCell.width() + shortLabel <= all.width();
        const double label = cells ? shortLabel : std::min(longLabel, 0.55 * all.width());
        const double line = smallCell.height() + 5;
        const double least = label + (cells ? static_cast<double>(largest) * smallCell.width() : 0);
        const auto columns = cells
                                 ? std::max<std::size_t>(static_cast<std::size_t>((all.width() + 14) / (least + 14)), 1)
                                 : std::size_t{1};
        QRectF area = all;
        auto rows = std::max<std::size_t>(static_cast<std::size_t>(area.height() / line), 1);
        if (rows * columns < m_buffers.size()) {
            area.setTop(area.top() + labelHeight);
            rows = std::max<std::size_t>(static_cast<std::size_t>(area.height() / line), 1);
        }
        const std::size_t shown = std::min(rows * columns, m_buffers.size());
        const auto full = [](const trace::BufferMoment &buffer) { return buffer.filled == buffer.size; };
        const auto filling =
            static_cast<std::size_t>(std::find_if_not(m_buffers.begin(), m_buffers.end(), full) - m_buffers.begin());
        const std::size_t first = std::min(filling > shown / 2 ? filling - shown / 2 : 0, m_buffers.size() - shown);
        if (shown < m_buffers.size())
            m_draft.text(
                QRectF(all.left(), all.top(), all.width(), labelHeight),
                {{word() + u"[%1] to [%2]"_s.arg(first).arg(first + shown - 1), Style::SmallStrong, {Tone::Dim}},
                 {u"   of %1 buffers"_s.arg(m_buffers.size()), Style::Small, {Tone::Dim}}});
        const double width = (area.width() - 14 * static_cast<double>(columns - 1)) / static_cast<double>(columns);
        for (std::size_t i = 0; i < shown; ++i) {
            const QRectF place(area.left() + static_cast<double>(i / rows) * (width + 14),
                               area.top() + static_cast<double>(i % rows) * line, width, smallCell.height());
            const trace::BufferMoment &buffer = m_buffers[first + i];
            std::vector<Span> spans{{u"[%1]"_s.arg(first + i), Style::SmallStrong, {Tone::Dim}}};
            if (!cells)
                spans.push_back({u"  "_s + amount(buffer.filled, buffer.size), Style::SmallStrong, {toneOf(buffer)}});
            m_draft.text(QRectF(place.topLeft(), QSizeF(label - 4, place.height())), std::move(spans));
            bytes(first + i, place.adjusted(label, 0, 0, 0), cells ? Grid{smallCell} : Grid{});
            placeOf(first + i, place);
        }
    }

    [[nodiscard]] QString word() const { return wordOf(bufferWord(*m_draft.socket, *m_draft.receive)); }

    [[nodiscard]] Tone toneOf(const trace::BufferMoment &buffer) const
    {
        if (standingOf(*m_draft.socket, *m_draft.receive).sign == Sign::Cross)
            return Tone::Ink; // on the ground of a failure neither good nor accent can be read
        return buffer.filled == 0 ? Tone::Dim : buffer.filled == buffer.size ? Tone::Good : Tone::Accent;
    }

    [[nodiscard]] std::vector<Span> labelSpans(std::size_t index) const
    {
        const trace::BufferMoment &buffer = m_buffers[index];
        return {{word() + u"[%1]"_s.arg(index), Style::SmallStrong, {Tone::Dim}},
                {u"   "_s + amount(buffer.filled, buffer.size), Style::SmallStrong, {toneOf(buffer)}}};
    }

    void bytes(std::size_t index, const QRectF &area, const Grid &grid)
    {
        const trace::BufferMoment &buffer = m_buffers[index];
        if (buffer.size == 0)
            return;
        const bool cells = grid.cells() && buffer.size < cellsBelow;
        std::vector<Item> items;
        m_draft.bufferBytes[index] = drawBytes(items, area, buffer.size, grid, stretchesOf(m_draft, buffer.runs, cells),
                                               m_draft.options.hexCells);
        for (Item &item : items) {
            // In one line there is no room for a level's scale.
            const Text *text = std::get_if<Text>(&item);
            if (text == nullptr || text->rect.bottom() <= area.bottom() + 0.5)
                m_draft.scene.items.push_back(std::move(item));
        }
    }

    void placeOf(std::size_t index, const QRectF &rect)
    {
        const trace::BufferMoment &buffer = m_buffers[index];
        QString says = word() + u"[%1] holds %2 of %3"_s.arg(index).arg(grouped(buffer.filled), byteCount(buffer.size));
        for (std::size_t i = 0; i < std::min<std::size_t>(buffer.runs.size(), 6); ++i)
            says += u"\n%1 from send %2, stream offset %3"_s.arg(byteCount(buffer.runs[i].length))
                        .arg(sendNumber(*m_draft.socket, buffer.runs[i].send) + 1)
                        .arg(grouped(buffer.runs[i].offset));
        m_draft.place(rect, targetOf(*m_draft.receive), {}, says);
    }

    Draft &m_draft;
    const std::vector<trace::BufferMoment> &m_buffers;
};

/// What found no room in the buffers, below them: it stays there as long as this receive is the one on the stage.
void addLost(Draft &draft, const QRectF &line)
{
    const trace::ReceiveMoment &receive = *draft.receive;
    const QString words = byteCount(receive.lostBytes) + u" lost"_s;
    const double label = 6.4 * static_cast<double>(words.size()) + 8;
    draft.text(QRectF(line.left(), line.top(), label, line.height()), {{words, Style::SmallStrong, {Tone::Caution}}});
    const QRectF area(line.left() + label, line.top() + 3, line.width() - label, line.height() - 6);
    std::vector<Stretch> content = stretchesOf(draft, receive.lost, true);
    for (Stretch &stretch : content)
        stretch.state = CellState::Lost;
    const bool cells = static_cast<double>(receive.lostBytes) * lostCell.width() <= area.width();
    drawBytes(draft.scene.items, area, receive.lostBytes, cells ? Grid{lostCell} : Grid{}, content,
              draft.options.hexCells);
    draft.place(line, targetOf(receive), {},
                (draft.socket->keepsMessages
                     ? u"%1 of the message found no room in the buffers and are gone: no later receive gets them."_s
                     : u"%1 had arrived before the reset and were thrown away with it: no receive gets them."_s)
                    .arg(byteCount(receive.lostBytes)));
}

void addNobody(Draft &draft)
{
    const QRectF &rect = draft.frame.receive;
    draft.text(QRectF(rect.left() + 4, draft.frame.titles.top(), rect.width(), draft.frame.titles.height()),
               {{u"RECEIVE"_s, Style::Caps, {Tone::Dim}}});
    draft.scene.items.emplace_back(Box{rect, Tone::None, Tone::Line, Edge::Dotted, 6, false});
    const double middle = rect.center().y();
    draft.text(QRectF(rect.left() + padding, middle - 22, rect.width() - 2 * padding, 22),
               {{u"No receive has been called yet"_s, Style::Strong, {Tone::Dim}}},
               Qt::AlignHCenter | Qt::AlignVCenter);
    draft.text(QRectF(rect.left() + padding, middle + 2, rect.width() - 2 * padding, 20),
               {{u"Space plays, → goes one step on"_s, Style::Small, {Tone::Dim}}},
               Qt::AlignHCenter | Qt::AlignVCenter);
}

} // namespace

void addReceive(Draft &draft)
{
    if (draft.receive == nullptr) {
        addNobody(draft);
        return;
    }
    const trace::ReceiveMoment &receive = *draft.receive;
    const QRectF &rect = draft.frame.receive;
    const Standing standing = standingOf(*draft.socket, receive);
    const bool failed = standing.sign == Sign::Cross;
    const QRectF title(rect.left() + 4, draft.frame.titles.top(), rect.width() - 4, draft.frame.titles.height());
    const double nameWidth = std::min(0.45 * rect.width(), 150.0);
    draft.text(QRectF(title.left(), title.top(), nameWidth, title.height()),
               {{u"RECEIVE "_s + fromTrace(receive.name), Style::Caps, {Tone::Dim}}});
    draft.text(QRectF(title.left() + nameWidth, title.top(), title.width() - nameWidth - 8, title.height()),
               {{traitsOf(*draft.socket, receive), Style::Small, {Tone::Dim}}}, Qt::AlignRight | Qt::AlignVCenter,
               traitsOf(*draft.socket, receive).section(u" · "_s, 1));

    // What the kernel copies on its way here.
    const double y = rect.center().y() - 14;
    draft.scene.items.emplace_back(Line{{draft.frame.copy.left() + 2, y},
                                        {draft.frame.copy.right() - 2, y},
                                        LineStyle::Copy,
                                        failed ? Tone::Line : Tone::Accent,
                                        true});

    Box card{rect, failed ? Tone::FailureFill : Tone::AccentFill, failed ? Tone::Failure : Tone::Accent, Edge::Thick, 6,
             false};
    if (receive.provenance == trace::Provenance::Injected)
        card.line = Edge::Dotted;
    draft.scene.items.emplace_back(card);
    draft.place(rect, targetOf(receive), u"receive "_s + fromTrace(receive.name),
                u"%1, called at %2: %3"_s.arg(fromTrace(receive.name), clockTime(receive.calledAt), standing.words));

    const QRectF inner = rect.adjusted(padding, 10, -padding, -4);
    const QRectF note(inner.left(), inner.bottom() - noteHeight, inner.width(), noteHeight);
    // Beside the first buffer's label where buffers have labels of their own, else in a line of its own.
    const bool labelled = receive.buffers.size() <= fewBuffers;
    const double lost = receive.lostBytes > 0 && !labelled ? lostHeight : 0;
    if (receive.lostBytes > 0)
        addLost(draft, labelled
                           ? QRectF(inner.left() + labelWidth, inner.top() - 3, inner.width() - labelWidth, lostHeight)
                           : QRectF(inner.left(), note.top() - lost, inner.width(), lost - 2));
    const std::vector<trace::BufferMoment> buffers = copiedBuffers(draft.story, *draft.socket, receive);
    const QRectF bytes(inner.left(), inner.top(), inner.width(), note.top() - lost - inner.top() - 4);
    if (receive.isWsk())
        addKernelMemory(draft, bytes.adjusted(0, -4, 0, 3));
    else
        Buffers(draft, buffers).draw(bytes);

    double indent = 0;
    if (standing.sign) {
        draft.mark({note.left() + 5, note.center().y()}, *standing.sign, standing.tone);
        indent = 17;
    } else if (standing.pending) {
        draft.scene.items.emplace_back(
            Box{QRectF(note.left(), note.center().y() - 6, 30, 12), Tone::Panel, Tone::Dim, Edge::Solid, 4, true});
        indent = 38;
    }
    std::vector<Span> words{{standing.words, Style::SmallStrong, {standing.tone}}};
    const bool packed = !receive.isWsk() && buffers.size() > 1 && !failed && !standing.pending && receive.placed > 0;
    if (packed)
        words.push_back({u" · in order, packed, no hole"_s, Style::Small, {Tone::Dim}});
    draft.text(note.adjusted(indent, 0, 0, 0), std::move(words), Qt::AlignLeft | Qt::AlignVCenter,
               packed ? u" · packed"_s : standing.shorter);
}

} // namespace recvscope::gui::stage
