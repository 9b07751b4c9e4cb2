// Messages that the kernel holds: each a parcel with a border around its bytes, the next to be taken first. An empty
// one is a parcel too; one that was begun, or of which more is to come, is open at that end.

#include "gui/stage/call_steps.h"
#include "gui/stage/parts.h"

#include "gui/words.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui::stage {

using namespace Qt::StringLiterals;

namespace {

constexpr double between = 5;
constexpr double inset = 1.5; // of the bytes within their parcel
constexpr double emptyWidth = 9;
constexpr double lineGap = 5;
constexpr double widestCell = 18;
constexpr double narrowestCell = 10;
constexpr double barLine = 22;
constexpr double moreHeight = 14;
constexpr double moreWidth = 34;

QSizeF cellOf(double width)
{
    return {width, std::min(26.0, std::floor(width * 1.5))};
}

/// Where the parcels stand, one behind the other in lines; as many as fit.
struct Layout {
    std::vector<QRectF> rects;
    bool whole = true; ///< all have their room

    static Layout of(const QRectF &area, const std::vector<double> &widths, double height)
    {
        Layout layout;
        double x = area.left();
        double y = area.top();
        for (const double width : widths) {
            const double own = std::min(width, area.width());
            layout.whole = layout.whole && own == width;
            if (x > area.left() && x + own > area.right() + 0.5) {
                x = area.left();
                y += height + lineGap;
            }
            if (y + height > area.bottom() + 0.5) {
                layout.whole = false;
                break;
            }
            layout.rects.emplace_back(x, y, own, height);
            x += own + between;
        }
        return layout;
    }
};

class Messages {
public:
    Messages(Draft &draft, const QRectF &area)
        : m_draft(draft), m_messages(draft.socket->messages), m_area(area), m_leaving(leavingBytes(draft))
    {
    }

    void draw()
    {
        for (double cell = widestCell; cell >= narrowestCell; --cell) {
            std::vector<double> widths;
            for (const trace::MessageMoment &message : m_messages)
                widths.push_back(message.length == 0 ? emptyWidth
                                                     : static_cast<double>(message.length) * cell + 2 * inset - 1.5);
            const Layout layout = Layout::of(m_area, widths, cellOf(cell).height() + 2 * inset);
            if (layout.whole) {
                parcels(layout, Grid{cellOf(cell)});
                return;
            }
        }
        bars();
    }

private:
    /// The longer a message the wider its bar, but none is lost beside a long one: by the root of its length.
    void bars()
    {
        double largest = 1;
        for (const trace::MessageMoment &message : m_messages)
            largest = std::max(largest, std::sqrt(static_cast<double>(message.length)));
        std::vector<double> widths;
        for (const trace::MessageMoment &message : m_messages)
            widths.push_back(
                message.length == 0
                    ? emptyWidth
                    : std::max(20.0, 0.62 * m_area.width() * std::sqrt(static_cast<double>(message.length)) / largest));
        // Where there is little room at least the first stands there, whatever its height.
        const double line = std::min(barLine, m_area.height());
        const bool below = m_area.height() >= line + moreHeight;
        Layout layout = Layout::of(m_area, widths, line);
        if (layout.rects.size() < m_messages.size())
            layout = Layout::of(below ? m_area.adjusted(0, 0, 0, -moreHeight) : m_area.adjusted(0, 0, -moreWidth, 0),
                                widths, line);
        parcels(layout, {});
        const std::size_t missing = m_messages.size() - layout.rects.size();
        if (missing > 0 && !below)
            m_draft.text(QRectF(m_area.right() - moreWidth, m_area.top(), moreWidth, line),
                         {{u"+%1"_s.arg(missing), Style::Small, {Tone::Dim}}}, Qt::AlignRight | Qt::AlignVCenter);
        else if (missing > 0)
            m_draft.text(QRectF(m_area.left(), m_area.bottom() - moreHeight, m_area.width(), moreHeight),
                         {{u"and %1 more behind them"_s.arg(missing), Style::Small, {Tone::Dim}}},
                         Qt::AlignLeft | Qt::AlignVCenter);
    }

    void parcels(const Layout &layout, const Grid &grid)
    {
        for (std::size_t i = 0; i < layout.rects.size(); ++i) {
            const trace::MessageMoment &message = m_messages[i];
            const QRectF &rect = layout.rects[i];
            m_draft.box(rect, Tone::Panel, Tone::None, 4);
            if (message.length > 0)
                bytes(i, rect.adjusted(inset, inset, -inset, -inset), grid);
            m_draft.scene.items.emplace_back(Parcel{rect, message.begun, !message.whole});
            placeOf(i, rect);
        }
    }

    void bytes(std::size_t index, const QRectF &inner, const Grid &grid)
    {
        const trace::MessageMoment &message = m_messages[index];
        std::vector<trace::Run> runs;
        for (const trace::Run &run : m_draft.socket->kernel) {
            const std::uint64_t from = std::max(run.offset, message.offset);
            const std::uint64_t to = std::min(run.offset + run.length, message.offset + message.length);
            if (from < to)
                runs.push_back({run.send, from, to - from});
        }
        const std::vector<Stretch> content =
            withLeaving(stretchesOf(m_draft, runs, grid.cells()), std::min(m_leaving, message.length));
        m_leaving -= std::min(m_leaving, message.length);
        // A parcel is as wide as its bytes: the last cell's gap is no part of it.
        const BytePlaces places = drawBytes(m_draft.scene.items, inner.adjusted(0, 0, grid.cells() ? 1.5 : 0, 0),
                                            message.length, grid, content, m_draft.options.hexCells);
        if (index == 0)
            m_draft.kernelBytes = places;
    }

    void placeOf(std::size_t index, const QRectF &rect)
    {
        const trace::MessageMoment &message = m_messages[index];
        const std::uint32_t number = sendNumber(*m_draft.socket, message.send) + 1;
        QString says = message.length == 0 && !message.begun
                           ? u"An empty message, send %1: it is received as 0 bytes and is no end"_s.arg(number)
                           : u"A message, send %1: %2"_s.arg(number).arg(byteCount(message.length));
        if (message.begun)
            says += u" left; a receive has taken its beginning"_s;
        if (!message.whole)
            says += u"; more of it is to come"_s;
        m_draft.place(rect, {}, {}, says + u'.');
    }

    Draft &m_draft;
    const std::vector<trace::MessageMoment> &m_messages;
    QRectF m_area;
    std::uint64_t m_leaving;
};

} // namespace

void addMessages(Draft &draft, const QRectF &area)
{
    Messages(draft, area).draw();
}

std::uint64_t leavingBytes(const Draft &draft)
{
    const trace::Event *coming = draft.coming;
    if (coming == nullptr || !trace::takesBytes(coming->type) || coming->socket != draft.socket->id)
        return 0;
    const trace::ReceiveMoment *receive = draft.moment.receive(coming->operation);
    const bool peek =
        receive != nullptr && trace::peeks(receive->flagsIn | static_cast<std::uint32_t>(receive->traits) << 16);
    return peek ? 0 : coming->a;
}

std::vector<Stretch> withLeaving(const std::vector<Stretch> &content, std::uint64_t leaving)
{
    std::vector<Stretch> marked;
    for (const Stretch &stretch : content) {
        const std::uint64_t part = std::min(leaving, stretch.length);
        leaving -= part;
        if (part > 0) {
            marked.push_back(stretch);
            marked.back().length = part;
            marked.back().state = CellState::Leaving;
        }
        if (part < stretch.length) {
            marked.push_back(stretch);
            marked.back().length = stretch.length - part;
            marked.back().text.erase(0, std::min<std::size_t>(part, stretch.text.size()));
        }
    }
    return marked;
}

} // namespace recvscope::gui::stage
