// The same moment as code, in the words of one interface or the other.
//
// Threads: the window's.

#pragma once

#include "gui/inspector/code_text.h"

#include <QWidget>

class QPlainTextEdit;

namespace recvscope::gui {

class Appearance;
class FlatButton;

namespace inspector {

class CodeCard : public QWidget {
    Q_OBJECT
public:
    explicit CodeCard(const Appearance &appearance, QWidget *parent = nullptr);

    void tell(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);
    void setFace(CodeFace face);
    [[nodiscard]] CodeFace face() const { return m_face; }
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rewrite();
    void fitHeight();
    void recolour();

    const Appearance &m_appearance;
    FlatButton *m_winsock = nullptr;
    FlatButton *m_posix = nullptr;
    QPlainTextEdit *m_text = nullptr;
    CodeFace m_face = CodeFace::Winsock;
    trace::SocketMoment m_socket;
    trace::ReceiveMoment m_receive;
};

} // namespace inspector
} // namespace recvscope::gui
