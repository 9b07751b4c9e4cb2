#include "gui/presentation.h"

#include "gui/shown.h"

#include <algorithm>
#include <utility>

namespace recvscope::gui {

namespace {
constexpr double emptyLength = 1;
constexpr double smallestShare = 1e-9;
constexpr double shortest = 20e-9; ///< seconds: events are nanoseconds apart
} // namespace

Presentation::Presentation(QObject *parent) : QObject(parent) {}

const trace::Moment &Presentation::moment() const
{
    if (!m_moment)
        m_moment = m_moments.at(m_story, m_playhead);
    return *m_moment;
}

OperationId Presentation::shownReceive() const
{
    const trace::Moment &now = moment();
    if (m_selection.receive && now.receive(m_selection.receive) != nullptr)
        return m_selection.receive;
    return activeReceive(m_story, now, m_selection.socket);
}

SocketId Presentation::shownSocket() const
{
    if (m_selection.socket)
        return m_selection.socket;
    if (const trace::ReceiveMoment *receive = moment().receive(shownReceive()))
        return receive->socket;
    return moment().sockets.empty() ? SocketId{} : moment().sockets.front().id;
}

void Presentation::select(const Selection &selection)
{
    if (selection == m_selection)
        return;
    m_selection = selection;
    emit selectionChanged();
}

void Presentation::selectReceive(OperationId receive)
{
    Selection selection = m_selection;
    selection.receive = receive;
    selection.event.reset();
    if (const trace::ReceiveMoment *known = moment().receive(receive))
        selection.socket = known->socket;
    select(selection);
}

void Presentation::setAxis(trace::TimeAxis axis)
{
    m_wishedAxis = axis;
    if (grantedAxis() == m_axis)
        return;
    m_axis = grantedAxis();
    m_range = whole();
    m_fitted = true;
    emit axisChanged();
    emit rangeChanged();
}

void Presentation::setRange(TimeRange range)
{
    const TimeRange all = whole();
    const double least = std::min(std::max(all.length() * smallestShare, shortest), all.length());
    const double length = std::clamp(range.length(), least, all.length());
    if (length >= all.length()) {
        range = all; // as it is, and not as its difference rounds
    } else {
        range.begin = std::clamp(range.begin, all.begin, all.end - length);
        range.end = range.begin + length;
    }
    m_fitted = range == all;
    if (range == m_range)
        return;
    m_range = range;
    emit rangeChanged();
}

void Presentation::fit()
{
    setRange(whole());
}

trace::TimeAxis Presentation::grantedAxis() const
{
    return m_story.size() > storyAxisLimit ? trace::TimeAxis::Clock : m_wishedAxis;
}

TimeRange Presentation::whole() const
{
    const double end = m_story.length(m_axis);
    if (end <= 0)
        return {0, emptyLength};
    // The clock has run since before the first socket was made: nothing is to be seen there.
    const double begin = m_axis == trace::TimeAxis::Clock ? m_story.moment(0, m_axis) : 0;
    return {begin, end > begin ? end : begin + emptyLength};
}

void Presentation::replaceTrace(trace::Snapshot snapshot, Telling telling)
{
    m_story = trace::Story(snapshot);
    m_spans = {};
    m_spans.extend(snapshot);
    m_moments = {};
    m_moments.extend(m_story);
    m_moment.reset();
    m_telling = std::move(telling);
    m_playhead = {};
    m_veil.reset(); // the player hangs it anew, for the questions of this story
    m_selection = {};
    const bool otherAxis = m_axis != grantedAxis();
    m_axis = grantedAxis();
    m_range = whole();
    m_fitted = true;
    emit traceReplaced();
    if (otherAxis)
        emit axisChanged();
    emit rangeChanged();
    emit selectionChanged();
    emit playheadMoved();
}

void Presentation::growTrace(trace::Snapshot snapshot)
{
    m_story.extend(snapshot);
    m_spans.extend(snapshot);
    m_moments.extend(m_story);
    m_moment.reset(); // sends that have "not yet" happened come with the growth
    const bool fitted = m_fitted;
    emit traceGrew();
    setAxis(m_wishedAxis);
    if (fitted)
        fit();
}

void Presentation::setTelling(Telling telling)
{
    m_telling = std::move(telling);
    emit tellingChanged();
}

void Presentation::setGrowing(bool growing)
{
    if (growing == m_growing)
        return;
    m_growing = growing;
    emit growingChanged();
}

void Presentation::setPlayhead(trace::Playhead playhead)
{
    if (playhead.event >= m_story.size())
        playhead = {m_story.size(), 0};
    if (playhead == m_playhead)
        return;
    // Between two events the facts are those of the last one: only a new event needs a new moment.
    if (m_moment && playhead.event == m_playhead.event)
        m_moment->playhead = playhead;
    else
        m_moment.reset();
    m_playhead = playhead;
    emit playheadMoved();
}

std::optional<double> Presentation::veiledFrom() const
{
    if (!m_veil || *m_veil >= m_story.size())
        return {};
    return m_story.second({*m_veil, 0}, m_axis);
}

void Presentation::setVeil(std::optional<std::uint32_t> veil)
{
    if (veil == m_veil)
        return;
    m_veil = veil;
    emit veilChanged();
}

} // namespace recvscope::gui
