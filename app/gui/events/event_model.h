// The events of a story as the rows of a table: nothing is kept for a row but, while a filter is set, its number.
//
// A filter is worked off in slices between other events, so that typing never waits for millions of rows; the rows
// found so far are already there.
// Threads: the window's.

#pragma once

#include "gui/events/event_filter.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <optional>
#include <vector>

namespace recvscope::gui {

class EventModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Time, Thread, Socket, Receive, What, Bytes, StatusName, RuleName, Source, ColumnCount };

    explicit EventModel(QObject *parent = nullptr);

    /// Another story, or the same one grown. It must outlive the model's use of it.
    /// @param veil no event from that index on is shown; nothing: all are
    void replace(const trace::Story &story, std::optional<std::uint32_t> veil = {});
    void grow();
    void setVeil(std::optional<std::uint32_t> veil);

    void setFilter(const QString &words);
    [[nodiscard]] bool filtering() const { return m_slices.isActive(); } ///< rows are still being looked for
    /// Works off what is left of the filter now; for tests, and before rows are counted.
    void finishFiltering();

    [[nodiscard]] std::uint32_t eventOf(int row) const; ///< story index
    /// The row of an event, or of the last one before it; nothing when no row is that early.
    [[nodiscard]] std::optional<int> rowAtOrBefore(std::uint32_t event) const;
    [[nodiscard]] std::optional<int> rowOf(std::uint32_t event) const;
    [[nodiscard]] const trace::Event &event(int row) const { return m_story->event(eventOf(row)); }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// The rows as text, columns parted by tabs, a line of titles first: for the clipboard.
    [[nodiscard]] QString asText(const std::vector<int> &rows) const;

signals:
    void filterFinished();

private:
    [[nodiscard]] QString textOf(std::uint32_t event, int column) const;
    void filterSlice(std::uint32_t most);
    [[nodiscard]] std::uint32_t seen() const; ///< events of the story that may be shown

    const trace::Story *m_story = nullptr;
    std::uint32_t m_size = 0; ///< events shown of the story when it was last looked at
    std::optional<std::uint32_t> m_veil;
    EventFilter m_filter;
    std::vector<std::uint32_t> m_rows; ///< events that match, while a filter is set
    std::uint32_t m_filtered = 0;      ///< events of the story the filter has seen
    QTimer m_slices;
};

} // namespace recvscope::gui
