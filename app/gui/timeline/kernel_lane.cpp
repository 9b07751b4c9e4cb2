#include "gui/timeline/kernel_lane.h"

#include "gui/plots/bytes_text.h"
#include "gui/plots/ruler.h"
#include "gui/timeline/raster.h"
#include "gui/timeline/scene_parts.h"

#include <QPainter>

#include <algorithm>

namespace recvscope::gui {

using namespace Qt::StringLiterals;

namespace {

constexpr double leastBox = 12;
constexpr double rim = 5;

QString at(const Place &place)
{
    return u", at "_s + QString::fromStdString(timeText(place.clock));
}

class Notes {
public:
    Notes(TimelineScene &scene, const SceneView &view, const LaneShape &lane, trace::TimeAxis axis, double end,
          std::optional<std::uint32_t> veil)
        : m_scene(scene), m_view(view), m_lane(lane), m_axis(axis), m_end(end), m_veil(veil)
    {
    }

    [[nodiscard]] bool seen(const Place &place) const { return !m_veil || place.index < *m_veil; }

    /// The stretch's picture, without its label; nothing where none of it can be seen.
    [[nodiscard]] std::optional<NoteShape> stretch(NoteShape::Kind kind, const Place &from,
                                                   const std::optional<Place> &to) const
    {
        if (!seen(from))
            return {};
        const bool over = to && seen(*to);
        const double begin = pixel(from);
        const double end = over ? pixel(*to) : m_view.scale.toPixel(std::max(m_end, from.on(m_axis)));
        const double left = -m_view.overhang;
        const double right = m_view.scale.width + m_view.overhang;
        if (end < left || begin > right)
            return {};
        const Rows rows = boxRows(m_lane);
        NoteShape note;
        note.kind = kind;
        note.open = !over;
        note.socket = m_lane.lane.socket;
        note.event = from.index;
        const double x = std::clamp(begin, left, right);
        note.rect = QRectF(x, rows.top, std::max(std::clamp(end, left, right) - x, 1.0), rows.height);
        return note;
    }

    void add(NoteShape note, const QString &label, double until)
    {
        note.label = label;
        const double begin = note.kind == NoteShape::Kind::Call ? note.rect.right() + rim : note.rect.left() + 14;
        const double width = m_view.textWidth(label) + 4;
        const double room = std::min(until, m_view.shownTo()) - begin - 4;
        if (width <= room)
            note.labelRect = QRectF(begin, note.rect.top(), width, note.rect.height());
        else
            note.label.clear();
        m_scene.notes.push_back(std::move(note));
    }

    [[nodiscard]] double pixel(const Place &place) const { return m_view.scale.toPixel(place.on(m_axis)); }

private:
    TimelineScene &m_scene;
    const SceneView &m_view;
    const LaneShape &m_lane;
    trace::TimeAxis m_axis;
    double m_end;
    std::optional<std::uint32_t> m_veil;
};

} // namespace

QString indicationWords(const IndicationMark &mark)
{
    if (mark.number == 0)
        return u"null: does not function"_s;
    if (!mark.ended)
        return u"runs with "_s + bytesText(mark.bytes);
    if (mark.answer == Status::NtDataNotAccepted)
        return bytesText(mark.bytes) + u" not accepted"_s;
    if (mark.kept())
        return bytesText(mark.taken) + u" kept"_s;
    return mark.taken == mark.bytes ? bytesText(mark.taken) + u" accepted"_s
                                    : u"%1 of %2 accepted"_s.arg(mark.taken).arg(bytesText(mark.bytes));
}

void addKernelShapes(TimelineScene &scene, const SceneView &view, const LaneShape &lane, const KernelMarks &marks,
                     trace::TimeAxis axis, double end, std::optional<std::uint32_t> veil)
{
    using Kind = NoteShape::Kind;
    Notes notes(scene, view, lane, axis, end, veil);
    double nextSilence = view.scale.width;
    const double due =
        marks.closeDue && notes.seen(marks.closeDue->place) ? notes.pixel(marks.closeDue->place) : view.scale.width;
    for (const gui::Stretch &stretch : marks.silent)
        if (auto note = notes.stretch(Kind::Silent, stretch.place, stretch.ended)) {
            note->tip = u"The callback is silent until a WskReceive"_s + at(stretch.place);
            const double until = note->rect.right();
            notes.add(std::move(*note), u"silent"_s, until);
        }
    if (marks.closeDue)
        if (auto note = notes.stretch(Kind::CloseDue, marks.closeDue->place, marks.closeDue->ended)) {
            note->tip = u"The socket does not function any more: due to be closed"_s + at(marks.closeDue->place);
            const double until = note->open ? view.scale.width : note->rect.right();
            notes.add(std::move(*note), u"due to be closed"_s, until);
        }
    for (std::size_t i = 0; i < marks.indications.size(); ++i) {
        IndicationMark mark = marks.indications[i];
        if (!notes.seen(mark.place))
            break;
        if (mark.ended && !notes.seen(*mark.ended))
            mark.ended.reset();
        if (mark.released && !notes.seen(*mark.released))
            mark.released.reset();
        double until = i + 1 < marks.indications.size() && notes.seen(marks.indications[i + 1].place)
                           ? notes.pixel(marks.indications[i + 1].place)
                           : std::min(view.scale.width, due);
        nextSilence = view.scale.width;
        for (const gui::Stretch &stretch : marks.silent)
            if (notes.seen(stretch.place) && notes.pixel(stretch.place) >= notes.pixel(mark.place))
                nextSilence = std::min(nextSilence, notes.pixel(stretch.place) + leastBox);
        const QString words = indicationWords(mark);
        if (mark.kept())
            if (auto note = notes.stretch(Kind::Kept, *mark.ended, mark.released)) {
                note->tip = u"%1, until WskRelease gives it back"_s.arg(words) + at(*mark.ended);
                notes.add(std::move(*note), {}, 0);
            }
        if (auto note = notes.stretch(Kind::Call, mark.place, mark.ended)) {
            note->injected = mark.injected;
            note->open = !mark.ended;
            note->answer = mark.answer;
            note->part = mark.taken < mark.bytes;
            if (!note->open)
                note->rect.setWidth(std::max(note->rect.width(), leastBox));
            note->tip = u"The receive event callback is called with %1: %2"_s.arg(bytesText(mark.bytes), words) +
                        at(mark.place) + (mark.injected ? u"\nalthough an IRP waits: the race, injected"_s : QString());
            const bool beforeSilence = note->rect.right() + rim + view.textWidth(words) > nextSilence;
            if (beforeSilence)
                until = std::min(until, nextSilence);
            notes.add(std::move(*note), mark.injected ? u"race: "_s + words : words, until);
        }
    }
}

void paintNote(QPainter &painter, const NoteShape &note, const RasterStyle &style)
{
    const Theme &theme = style.theme;
    using Kind = NoteShape::Kind;
    const double middle = std::floor(note.rect.center().y()) + 0.5;
    const QRectF box = note.rect.adjusted(0.5, 3.5, -0.5, -3.5);
    switch (note.kind) {
    case Kind::Silent:
        painter.setPen(QPen(theme.caution, 2, Qt::DotLine, Qt::FlatCap));
        painter.drawLine(QPointF(note.rect.left(), middle), QPointF(note.rect.right(), middle));
        break;
    case Kind::CloseDue: {
        painter.setPen(QPen(theme.failure, 2, Qt::DashLine, Qt::FlatCap));
        painter.drawLine(QPointF(note.rect.left(), middle), QPointF(note.rect.right(), middle));
        painter.setPen(QPen(theme.failure, 2.5, Qt::SolidLine, Qt::RoundCap));
        const QPointF centre(note.rect.left(), middle);
        painter.drawLine(centre - QPointF(4.5, 4.5), centre + QPointF(4.5, 4.5));
        painter.drawLine(centre + QPointF(-4.5, 4.5), centre + QPointF(4.5, -4.5));
        break;
    }
    case Kind::Kept: { // below the label: what is lent, and where it is given back
        const double low = note.rect.bottom() - 2;
        painter.setPen(QPen(theme.caution, 2, Qt::SolidLine, Qt::FlatCap));
        painter.drawLine(QPointF(note.rect.left(), low), QPointF(note.rect.right(), low));
        if (!note.open)
            painter.drawLine(QPointF(note.rect.right(), low - 7), QPointF(note.rect.right(), low + 1));
        break;
    }
    case Kind::Call: {
        const bool refuses = note.answer == Status::NtDataNotAccepted;
        const bool kept = note.answer == Status::NtPending;
        const QColor edge = note.open ? theme.accent : refuses || kept || note.part ? theme.caution : theme.good;
        painter.setPen(QPen(edge, 1.5, note.injected ? Qt::DotLine : Qt::SolidLine, Qt::FlatCap));
        painter.setBrush(refuses ? theme.panel : note.part || kept ? theme.cautionFill : edge);
        painter.drawRoundedRect(box, 3, 3);
        if (refuses) // nothing went in
            painter.drawLine(box.bottomLeft() + QPointF(1, -1), box.topRight() + QPointF(-1, 1));
        else if (kept) // a parcel in it
            painter.fillRect(QRectF(box.center().x() - 3, middle - 3.5, 6, 7), edge);
        else if (note.part) // half full
            painter.fillRect(QRectF(box.left(), box.center().y(), box.width(), box.height() / 2), edge);
        break;
    }
    }
    if (note.label.isEmpty())
        return;
    QFont face = style.fonts.small;
    face.setWeight(QFont::DemiBold);
    painter.setFont(face);
    painter.fillRect(note.labelRect.adjusted(-2, 2, 2, -4), theme.panel);
    painter.setPen(note.kind == Kind::CloseDue ? theme.failure : theme.ink);
    painter.drawText(note.labelRect, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), note.label);
}

} // namespace recvscope::gui
