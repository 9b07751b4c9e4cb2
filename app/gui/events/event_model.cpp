#include "gui/events/event_model.h"

#include "trace/moment.h"
#include "trace/story_walk.h"

#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <array>
#include <limits>

namespace recvscope::gui {

using trace::Event;
using trace::EventType;

namespace {

/// About 4 ms of work: typing stays smooth.
constexpr std::uint32_t eventsPerSlice = 100'000;

struct Title {
    const char *name;
    const char *tip;
};
constexpr std::array<Title, EventModel::ColumnCount> titles = {
    Title{"#", "Place in the story"},
    Title{"time", "By the clock, since the trace's start"},
    Title{"thread", "The thread that recorded it"},
    Title{"socket", ""},
    Title{"receive", ""},
    Title{"what", ""},
    Title{"bytes", ""},
    Title{"status", ""},
    Title{"rule", "The rule that decided it"},
    Title{"source", "Measured: a real socket did it. Modelled: the engine's rule. Injected: on purpose."}};

QString fromView(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

std::optional<std::uint32_t> bytesOf(const Event &event)
{
    switch (event.type) {
    case EventType::KernelHolds:
    case EventType::PeerSend:
    case EventType::PeerSendOob:
    case EventType::PeerReceived:
    case EventType::Sent:
    case EventType::Discarded:
    case EventType::IndicationEnded:
    case EventType::IrpCompleted:
    case EventType::KernelReceived:
    case EventType::KernelCopied:
    case EventType::MessageLost:
    case EventType::Completed:
    case EventType::Returned:
    case EventType::ResultReturned:
        return event.a;
    case EventType::BufferGiven:
    case EventType::Placed:
        return event.b;
    default:
        return {};
    }
}

int alignmentOf(int column)
{
    const bool numbers = column == EventModel::Number || column == EventModel::Time || column == EventModel::Bytes;
    return static_cast<int>((numbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QString nameOf(trace::Provenance provenance)
{
    switch (provenance) {
    case trace::Provenance::Measured:
        return QStringLiteral("measured");
    case trace::Provenance::Modelled:
        return QStringLiteral("modelled");
    case trace::Provenance::Injected:
        return QStringLiteral("injected");
    }
    return {};
}

} // namespace

EventModel::EventModel(QObject *parent) : QAbstractTableModel(parent)
{
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, [this] { filterSlice(eventsPerSlice); });
}

void EventModel::replace(const trace::Story &story, std::optional<std::uint32_t> veil)
{
    beginResetModel();
    m_story = &story;
    m_veil = veil;
    m_size = seen();
    m_rows.clear();
    m_filtered = 0;
    endResetModel();
    m_filter.everything() ? m_slices.stop() : m_slices.start();
}

std::uint32_t EventModel::seen() const
{
    return m_story == nullptr ? 0 : std::min(m_story->size(), m_veil.value_or(m_story->size()));
}

void EventModel::setVeil(std::optional<std::uint32_t> veil)
{
    if (veil == m_veil)
        return;
    m_veil = veil;
    if (m_story != nullptr && seen() < m_size)
        replace(*m_story, veil);
    else
        grow();
}

void EventModel::grow()
{
    if (m_story == nullptr)
        return;
    const std::uint32_t before = m_size;
    const std::uint32_t kept = std::min(m_story->unchanged(), before);
    if (m_filter.everything()) {
        if (seen() > before) {
            beginInsertRows({}, static_cast<int>(before), static_cast<int>(seen()) - 1);
            m_size = seen();
            endInsertRows();
        }
        if (kept < before)
            emit dataChanged(index(static_cast<int>(kept), 0), index(static_cast<int>(before) - 1, ColumnCount - 1));
        return;
    }
    // What may have moved is looked through once more.
    m_size = seen();
    const auto moved = std::lower_bound(m_rows.begin(), m_rows.end(), kept);
    if (moved != m_rows.end()) {
        beginRemoveRows({}, static_cast<int>(moved - m_rows.begin()), static_cast<int>(m_rows.size()) - 1);
        m_rows.erase(moved, m_rows.end());
        endRemoveRows();
    }
    m_filtered = std::min(m_filtered, kept);
    m_slices.start();
}

void EventModel::setFilter(const QString &words)
{
    beginResetModel();
    m_filter = EventFilter(words);
    m_rows.clear();
    m_filtered = 0;
    endResetModel();
    if (m_filter.everything()) {
        m_slices.stop();
        emit filterFinished();
        return;
    }
    // The first slice at once: in a lesson that is all of it, and the table never flickers empty.
    filterSlice(eventsPerSlice);
    if (m_filtered < m_size)
        m_slices.start();
}

void EventModel::finishFiltering()
{
    if (m_slices.isActive())
        filterSlice(std::numeric_limits<std::uint32_t>::max());
}

void EventModel::filterSlice(std::uint32_t most)
{
    const std::uint32_t stop = m_size - m_filtered > most ? m_filtered + most : m_size;
    std::vector<std::uint32_t> found;
    if (m_story != nullptr)
        for (trace::StoryWalk walk(*m_story, m_filtered); !walk.atEnd() && walk.index() < stop; walk.next())
            if (m_filter.matches(m_story->snapshot(), walk.ref(), walk.event()))
                found.push_back(walk.index());
    m_filtered = stop;
    if (!found.empty()) {
        const int first = static_cast<int>(m_rows.size());
        beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
        m_rows.insert(m_rows.end(), found.begin(), found.end());
        endInsertRows();
    }
    if (m_filtered == m_size) {
        m_slices.stop();
        emit filterFinished();
    }
}

std::uint32_t EventModel::eventOf(int row) const
{
    return m_filter.everything() ? static_cast<std::uint32_t>(row) : m_rows[static_cast<std::size_t>(row)];
}

std::optional<int> EventModel::rowAtOrBefore(std::uint32_t event) const
{
    if (m_filter.everything()) {
        if (m_size == 0)
            return {};
        return static_cast<int>(std::min(event, m_size - 1));
    }
    const auto after = std::upper_bound(m_rows.begin(), m_rows.end(), event);
    if (after == m_rows.begin())
        return {};
    return static_cast<int>(after - m_rows.begin()) - 1;
}

std::optional<int> EventModel::rowOf(std::uint32_t event) const
{
    const std::optional<int> row = rowAtOrBefore(event);
    return row && eventOf(*row) == event ? row : std::nullopt;
}

int EventModel::rowCount(const QModelIndex &parent) const
{
    if (parent.isValid())
        return 0;
    return static_cast<int>(m_filter.everything() ? m_size : m_rows.size());
}

int EventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return textOf(eventOf(index.row()), index.column());
    case Qt::ToolTipRole:
        if (index.column() == RuleName)
            return fromView(ruleOf(event(index.row()).rule).learn);
        if (index.column() == What)
            return textOf(eventOf(index.row()), What);
        return {};
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    default:
        return {};
    }
}

QVariant EventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    const Title &title = titles[static_cast<std::size_t>(section)];
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromLatin1(title.name);
    case Qt::ToolTipRole:
        return QString::fromLatin1(title.tip);
    case Qt::TextAlignmentRole:
        return alignmentOf(section);
    default:
        return {};
    }
}

QString EventModel::textOf(std::uint32_t number, int column) const
{
    const trace::Snapshot &snapshot = m_story->snapshot();
    const Event &event = m_story->event(number);
    switch (column) {
    case Number:
        return QString::number(number + 1);
    case Time:
        return QStringLiteral("%1 ms").arg(static_cast<double>(event.time) * 1e-6, 0, 'f', 3);
    case Thread:
        return QString::fromStdString(snapshot.trackName(m_story->ref(number).track));
    case Socket:
        return event.socket ? QString::fromStdString(snapshot.socketName(event.socket)) : QString();
    case Receive:
        return event.operation ? QString::fromStdString(snapshot.operationName(event.operation)) : QString();
    case What:
        return QString::fromStdString(trace::describe(*m_story, number));
    case Bytes: {
        const std::optional<std::uint32_t> bytes = bytesOf(event);
        if (!bytes)
            return {};
        return *bytes == trace::leftAlone ? QStringLiteral("left alone") : QLocale(QLocale::English).toString(*bytes);
    }
    case StatusName: {
        const std::optional<Status> status = gui::statusOf(event);
        return status ? fromView(recvscope::nameOf(*status)) : QString();
    }
    case RuleName:
        return fromView(ruleOf(event.rule).name);
    case Source:
        return nameOf(event.provenance);
    default:
        return {};
    }
}

QString EventModel::asText(const std::vector<int> &rows) const
{
    QStringList lines;
    QStringList cells;
    for (const Title &title : titles)
        cells << QString::fromLatin1(title.name);
    lines << cells.join(u'\t');
    for (const int row : rows) {
        cells.clear();
        for (int column = 0; column < ColumnCount; ++column)
            cells << textOf(eventOf(row), column);
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace recvscope::gui
