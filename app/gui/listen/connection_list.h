// The connections of a live session with their totals; choosing one shows it on the stage.
//
// Threads: the window's.

#pragma once

#include "gui/listen/live_options.h"

#include <QTableWidget>

namespace recvscope::gui {

class Appearance;

class ConnectionList : public QTableWidget {
    Q_OBJECT
public:
    explicit ConnectionList(const Appearance &appearance, QWidget *parent = nullptr);

    /// Changes what differs and nothing else, so that a selection stays.
    void show(const std::vector<LiveConnection> &connections);
    void select(SocketId socket);

signals:
    void connectionChosen(recvscope::SocketId socket);

private:
    void put(int row, int column, const QString &text);

    const Appearance &m_appearance;
    std::vector<SocketId> m_sockets;
};

} // namespace recvscope::gui
