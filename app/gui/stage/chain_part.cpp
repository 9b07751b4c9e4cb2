// A WskReceive's memory: linked descriptors, whose pages are locked, returned or taken away too early, and under them
// the stretch that offset and length leave to the transport. A drain has none: what comes falls into a bin.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"

#include <algorithm>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double headHeight = 18;
constexpr double bracketHeight = 17;
constexpr double link = 20; ///< between two descriptors
constexpr double inset = 5; ///< of the bytes within their descriptor
constexpr double widestCell = 20;
constexpr double narrowestCell = 9;
constexpr double leastBox = 92; ///< where "MDL[0] 2 of 2" can still be read
constexpr std::size_t mostLinked = 8;

/// How the memory stands, for the eye and for the ear.
struct PagesLook {
    Sign sign;
    Tone tone;
    Edge edge;
    QString words;
};

PagesLook lookOf(trace::PagesState pages)
{
    switch (pages) {
    case trace::PagesState::Locked:
        return {Sign::Lock, Tone::Accent, Edge::Solid, u"locked"_s};
    case trace::PagesState::Unlocked:
        return {Sign::OpenLock, Tone::Failure, Edge::Dotted, u"unlocked too early"_s};
    case trace::PagesState::Freed:
        return {Sign::Cross, Tone::Failure, Edge::Dotted, u"freed too early"_s};
    case trace::PagesState::None:
    case trace::PagesState::Returned:
        break;
    }
    return {Sign::OpenLock, Tone::Dim, Edge::Solid, u"the driver's again"_s};
}

/// What stands of a descriptor inside and outside of [offset, offset + length).
struct Described {
    std::uint64_t size = 0, before = 0, part = 0;
};

std::vector<Described> describedBy(const trace::ReceiveMoment &receive)
{
    std::vector<Described> all;
    std::uint64_t left = receive.chain->length;
    for (std::size_t i = 0; i < receive.chain->descriptors.size(); ++i) {
        Described one{receive.chain->descriptors[i], 0, 0};
        one.before = i == 0 ? std::min<std::uint64_t>(receive.chain->offset, one.size) : 0;
        one.part = std::min(left, one.size - one.before);
        left -= one.part;
        all.push_back(one);
    }
    return all;
}

class Chain {
public:
    Chain(Draft &draft, const QRectF &area)
        : m_draft(draft),
          m_area(area),
          m_receive(*draft.receive),
          m_look(lookOf(m_receive.pages)),
          m_descriptors(describedBy(m_receive)),
          m_buffers(copiedBuffers(draft.story, *draft.socket, m_receive))
    {
        draft.bufferBytes.resize(m_buffers.size());
    }

    void draw()
    {
        const std::size_t shown = std::min(m_descriptors.size(), mostLinked);
        const auto count = static_cast<double>(shown);
        const double more = shown < m_descriptors.size() ? 46 : 0;
        const double room = m_area.width() - more - (count - 1) * link - 2 * inset * count;
        std::uint64_t bytes = 0;
        bool small = true;
        for (std::size_t i = 0; i < shown; ++i) {
            bytes += m_descriptors[i].size;
            small = small && m_descriptors[i].size < cellsBelow;
        }
        m_cell = std::clamp(room / static_cast<double>(std::max<std::uint64_t>(bytes, 1)), 0.0, widestCell);
        if (!small || m_cell < narrowestCell)
            m_cell = 0;
        m_height = std::clamp(m_area.height() - headHeight - bracketHeight - inset, 12.0, 26.0);

        double x = m_area.left();
        for (std::size_t i = 0; i < shown; ++i) {
            const double own = m_cell > 0 ? m_cell * static_cast<double>(m_descriptors[i].size) : room / count;
            const double least = m_cell > 0 ? std::min(leastBox, (room + 2 * inset * count) / count) - 2 * inset : own;
            const double width = std::max(own, least) + 2 * inset;
            if (i > 0)
                m_draft.scene.items.emplace_back(Line{{x - link + 2, byteTop() + m_height / 2},
                                                      {x - 2, byteTop() + m_height / 2},
                                                      LineStyle::Rule,
                                                      Tone::Dim,
                                                      true});
            descriptor(i, QRectF(x, m_area.top(), width, headHeight + m_height + inset), own);
            x += width + link;
        }
        if (more > 0)
            m_draft.text(QRectF(x - link + 6, byteTop(), more, m_height),
                         {{u"+%1"_s.arg(m_descriptors.size() - shown), Style::SmallStrong, {Tone::Dim}}});
        bracket();
    }

private:
    [[nodiscard]] double byteTop() const { return m_area.top() + headHeight; }

    void descriptor(std::size_t index, const QRectF &box, double width)
    {
        const Described &one = m_descriptors[index];
        const trace::BufferMoment *buffer = bufferOf(index);
        m_draft.scene.items.emplace_back(Box{box, Tone::Panel, m_look.tone, m_look.edge, 5, false});
        const QPointF sign(box.left() + 10, box.top() + headHeight / 2);
        m_draft.mark(sign, m_look.sign, m_look.tone, 10);
        const std::uint64_t filled = buffer != nullptr ? buffer->filled : 0;
        const Tone amount = filled == 0 ? Tone::Dim : filled == one.part ? Tone::Good : Tone::Accent;
        m_draft.text(box.adjusted(19, 0, -4, headHeight - box.height()),
                     {{u"MDL[%1]"_s.arg(index), Style::SmallStrong, {Tone::Dim}},
                      {u"  %1 of %2"_s.arg(grouped(filled), grouped(one.part)), Style::SmallStrong, {amount}}},
                     Qt::AlignLeft | Qt::AlignVCenter, u" %1/%2"_s.arg(grouped(filled), grouped(one.part)));
        bytes(index, QRectF(box.left() + inset, byteTop(), width, m_height));
        m_draft.place(
            box, targetOf(m_receive), {},
            u"MDL[%1] describes %2; its pages are %3. The call may fill %4 of them, %5 are filled."_s.arg(index).arg(
                byteCount(one.size), m_look.words, grouped(one.part), grouped(filled)));
    }

    [[nodiscard]] const trace::BufferMoment *bufferOf(std::size_t index) const
    {
        return index < m_buffers.size() ? &m_buffers[index] : nullptr;
    }

    /// The part that the call may fill, and the rest of the descriptor, which it never touches.
    void bytes(std::size_t index, const QRectF &area)
    {
        const Described &one = m_descriptors[index];
        if (one.size == 0)
            return;
        const double unit = area.width() / static_cast<double>(one.size);
        const QRectF part(area.left() + unit * static_cast<double>(one.before), area.top(),
                          unit * static_cast<double>(one.part), area.height());
        const auto outside = [&](double from, double to) {
            if (to - from > 2)
                m_draft.scene.items.emplace_back(Box{QRectF(from, area.top(), to - from - 1.5, area.height()),
                                                     Tone::None, Tone::Line, Edge::Dotted, 3, false});
        };
        outside(area.left(), part.left());
        outside(part.right(), area.right());
        const trace::BufferMoment *buffer = bufferOf(index);
        if (one.part == 0 || buffer == nullptr)
            return;
        const bool cells = m_cell > 0;
        std::vector<Stretch> content = stretchesOf(m_draft, buffer->runs, cells);
        // A pixel to spare, so that rounding never breaks the line.
        const QRectF room = part.adjusted(0, 0, cells ? 1 : 0, 0);
        m_draft.bufferBytes[index] =
            drawBytes(m_draft.scene.items, room, one.part, cells ? Grid{QSizeF(unit, m_height)} : Grid{}, content,
                      m_draft.options.hexCells);
        if (m_first.isNull())
            m_first = part;
        m_last = part;
    }

    /// Offset and length, over all that may be filled.
    void bracket()
    {
        const double y = byteTop() + m_height + inset + 5;
        const trace::ChainMoment &chain = *m_receive.chain;
        const QString words =
            u"%1 · offset %2, length %3"_s.arg(m_look.words, grouped(chain.offset), grouped(chain.length));
        if (!m_first.isNull()) {
            const double from = m_first.left();
            const double to = m_last.right() - 1.5;
            m_draft.scene.items.emplace_back(Line{{from, y}, {to, y}, LineStyle::Rule, Tone::Accent, false});
            for (const double x : {from, to})
                m_draft.scene.items.emplace_back(
                    Line{{x, y - 5}, {x, y + 0.5}, LineStyle::Upright, Tone::Accent, false});
        }
        m_draft.text(QRectF(m_area.left(), y + 1, m_area.width(), bracketHeight - 2),
                     {{words, Style::Small, {m_look.tone == Tone::Failure ? Tone::Failure : Tone::Dim}}});
    }

    Draft &m_draft;
    QRectF m_area;
    const trace::ReceiveMoment &m_receive;
    PagesLook m_look;
    std::vector<Described> m_descriptors;
    std::vector<trace::BufferMoment> m_buffers;
    double m_cell = 0, m_height = 26;
    QRectF m_first, m_last;
};

/// The latest bytes that were thrown away, as far as their send is still known.
std::vector<Stretch> thrownAway(const Draft &draft, std::uint64_t most)
{
    const std::uint64_t count = std::min({draft.receive->drained, draft.socket->taken, most});
    std::vector<trace::BufferMoment> bin{{count, 0, {}}};
    fillOn(*draft.socket, bin, draft.socket->taken - count, count);
    std::vector<Stretch> content = stretchesOf(draft, bin.front().runs, true);
    for (Stretch &stretch : content)
        stretch.state = CellState::Lost;
    return content;
}

void addBin(Draft &draft, const QRectF &area)
{
    constexpr double width = 58;
    constexpr double cell = 16;
    const double height = std::min(area.height(), 62.0);
    const QRectF bin(area.left(), area.top() + (area.height() - height) / 2, width, height);
    draft.mark(bin.center(), Sign::Bin, Tone::Caution, height - 8);
    draft.bin = QRectF(bin.center() - QPointF(6, 8), QSizeF(12, 16));

    const trace::ReceiveMoment &receive = *draft.receive;
    const QRectF words(bin.right() + 12, bin.top(), area.right() - bin.right() - 12, 24);
    draft.text(words, {{shortSize(receive.drained), Style::Figure, {Tone::Ink}},
                       {u"  thrown away"_s, Style::Strong, {Tone::Caution}}});
    const QRectF below(words.left(), words.bottom() + 2, words.width(), 22);
    const auto most = static_cast<std::uint64_t>(std::max(below.width() / cell, 1.0));
    const std::vector<Stretch> content = thrownAway(draft, most);
    std::uint64_t shown = 0;
    for (const Stretch &stretch : content)
        shown += stretch.length;
    if (shown > 0 && below.bottom() <= area.bottom())
        drawBytes(draft.scene.items, below, shown, Grid{QSizeF(cell, below.height())}, content, draft.options.hexCells);
    draft.place(area, targetOf(receive), {},
                u"A drain: %1 have been thrown away, and no buffer gets any. It goes on until the connection ends or "
                "the IRP is cancelled."_s.arg(byteCount(receive.drained)));
}

} // namespace

void addKernelMemory(Draft &draft, const QRectF &area)
{
    const trace::ReceiveMoment &receive = *draft.receive;
    const auto line = [&](const QString &words, Tone tone) {
        draft.scene.items.emplace_back(Box{area, Tone::None, Tone::Line, Edge::Dotted, 5, false});
        // The second half goes below where there is no room beside the first.
        const QString half = words.section(u", "_s, 0, 0);
        const bool wraps = 6.2 * static_cast<double>(words.size()) > area.width() - 24 && half != words;
        const QRectF inside = area.adjusted(12, 0, -12, 0);
        if (!wraps) {
            draft.text(inside, {{words, Style::Small, {tone}}}, Qt::AlignCenter);
            return;
        }
        const QRectF upper(inside.left(), inside.center().y() - 18, inside.width(), 18);
        draft.text(upper, {{half + u',', Style::Small, {tone}}}, Qt::AlignCenter);
        draft.text(upper.translated(0, 18), {{words.section(u", "_s, 1), Style::Small, {tone}}}, Qt::AlignCenter);
    };
    if (receive.isDrain() && receive.state != trace::ReceiveState::Failed)
        addBin(draft, area);
    else if (receive.chain && !receive.chain->descriptors.empty())
        Chain(draft, area).draw();
    else if (receive.chain)
        line(u"length 0: it asks for no data, and no memory is described"_s, Tone::Dim);
    else if (receive.state != trace::ReceiveState::Called) // else it comes with the next event
        line(u"no WSK_BUF was given"_s, Tone::Dim);
}

} // namespace recvscope::gui::stage
