// Listen and Connect: where, how the application receives, and the connections that came. Wishes go out as signals;
// what is comes in as a LiveStatus.
//
// Threads: the window's.

#pragma once

#include "gui/listen/live_options.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;

namespace recvscope::gui {

class Appearance;
class ConnectionList;
class FlatButton;
class Label;
class Segments;

class ListenPanel : public QWidget {
    Q_OBJECT
public:
    explicit ListenPanel(const Appearance &appearance, QWidget *parent = nullptr);

    void setConnects(bool connects);
    void setStatus(const LiveStatus &status);
    void setShownConnection(SocketId socket);
    /// What the fields say; buffers that cannot be read keep their last good value.
    [[nodiscard]] LiveOptions options() const;
    void setOptions(const LiveOptions &options);

    /// Puts "127.0.0.1:7000" into the fields and starts listening there; says so when it is no address.
    [[nodiscard]] static QString notAnAddress(const QString &address);
    /// @return false when it is no address: then the panel says so
    bool listenOn(const QString &address);
    /// As a click on the button would.
    void startOrStop();

signals:
    void startAsked(const recvscope::gui::LiveOptions &options);
    void stopAsked();
    /// While it runs: holds from the next receive on.
    void receivingChanged(const recvscope::gui::LiveReceiving &receiving);
    void connectionChosen(recvscope::SocketId socket);
    void saveAsked();
    void closeAsked();

private:
    void buildWhere(class QVBoxLayout &layout);
    void buildReceiving(class QVBoxLayout &layout);
    void buildConnections(class QVBoxLayout &layout);
    QWidget *row(const QString &name, QWidget *field);
    void checkHost();
    void checkBuffers(); ///< while they are typed: only whether they can be read
    void takeBuffers();  ///< when the line is left, or Enter pressed
    void changed();

    const Appearance &m_appearance;
    LiveStatus m_status;
    std::vector<std::uint32_t> m_buffers{8, 8};
    Segments *m_mode = nullptr;
    QComboBox *m_host = nullptr;
    QSpinBox *m_port = nullptr;
    Label *m_warning = nullptr;
    QLineEdit *m_sizes = nullptr;
    Label *m_sizesTrouble = nullptr;
    QCheckBox *m_overlapped = nullptr;
    QSpinBox *m_inFlight = nullptr;
    QComboBox *m_consume = nullptr;
    QSpinBox *m_memory = nullptr;
    FlatButton *m_start = nullptr;
    Label *m_state = nullptr;
    ConnectionList *m_connections = nullptr;
    Label *m_note = nullptr;
    FlatButton *m_save = nullptr;
};

} // namespace recvscope::gui
