#include "gui/listen/connection_list.h"

#include "gui/appearance.h"

#include <QHeaderView>
#include <QLocale>
#include <QSignalBlocker>

#include <algorithm>

namespace recvscope::gui {

namespace {
enum ColumnOf { Peer, Bytes, Ending };
}

ConnectionList::ConnectionList(const Appearance &appearance, QWidget *parent)
    : QTableWidget(0, 3, parent), m_appearance(appearance)
{
    setHorizontalHeaderLabels({tr("From"), tr("Bytes"), tr("State")});
    horizontalHeader()->setSectionResizeMode(Peer, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(Bytes, QHeaderView::ResizeToContents);
    horizontalHeader()->setSectionResizeMode(Ending, QHeaderView::ResizeToContents);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(26);
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
    setEditTriggers(NoEditTriggers);
    setAccessibleName(tr("Connections"));
    connect(this, &QTableWidget::itemSelectionChanged, this, [this] {
        if (const int row = currentRow(); row >= 0 && row < static_cast<int>(m_sockets.size()))
            emit connectionChosen(m_sockets[static_cast<std::size_t>(row)]);
    });
}

void ConnectionList::show(const std::vector<LiveConnection> &connections)
{
    const QSignalBlocker quiet(this);
    const QLocale english(QLocale::English);
    m_sockets.clear();
    setRowCount(static_cast<int>(connections.size()));
    int row = 0;
    for (const LiveConnection &each : connections) {
        m_sockets.push_back(each.socket);
        put(row, Peer, each.peer);
        put(row, Bytes, english.toString(static_cast<qulonglong>(each.bytes)));
        put(row, Ending, each.open ? tr("open") : each.end);
        item(row, Peer)->setToolTip(tr("%1 bytes in %2 receives")
                                        .arg(english.toString(static_cast<qulonglong>(each.bytes)),
                                             english.toString(static_cast<qulonglong>(each.receives))));
        ++row;
    }
}

void ConnectionList::select(SocketId socket)
{
    const QSignalBlocker quiet(this);
    const auto found = std::find(m_sockets.begin(), m_sockets.end(), socket);
    if (found == m_sockets.end())
        clearSelection();
    else
        selectRow(static_cast<int>(found - m_sockets.begin()));
}

void ConnectionList::put(int row, int column, const QString &text)
{
    QTableWidgetItem *cell = item(row, column);
    if (cell == nullptr) {
        cell = new QTableWidgetItem;
        if (column != Peer)
            cell->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
        cell->setFont(m_appearance.fonts().mono);
        setItem(row, column, cell);
    }
    if (cell->text() != text)
        cell->setText(text);
}

} // namespace recvscope::gui
