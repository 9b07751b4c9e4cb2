// The bytes of a receive, scrolled through: offset, hex and text in the colours of their sends.
//
// Rows are made as they come into sight. They are selected with the mouse or with Shift and the arrow keys, and copied
// as text. What was received is only ever drawn as text.
// Threads: the window's.

#pragma once

#include "gui/inspector/bytes_model.h"

#include <QAbstractScrollArea>

#include <optional>

namespace recvscope::gui {

class Appearance;

namespace inspector {

class BytesView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit BytesView(const Appearance &appearance, QWidget *parent = nullptr);

    /// The story must live until the next call.
    void tell(const trace::Story &story, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

    [[nodiscard]] const BytesModel &model() const { return m_model; }
    void selectAll();
    /// The selected rows as text, one a line; at most some thousands.
    [[nodiscard]] QString selectedText() const;
    void copy() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    struct Range {
        std::uint64_t from = 0, to = 0;
    };

    void remake();
    void rescale();
    [[nodiscard]] std::uint64_t perRowFor(int width) const;
    [[nodiscard]] std::uint64_t rowAt(QPoint point) const;
    [[nodiscard]] std::optional<Range> selected() const;

    const Appearance &m_appearance;
    QFont m_font;
    int m_rowHeight = 18;
    double m_charWidth = 7;
    const trace::Story *m_story = nullptr;
    trace::SocketMoment m_socket;
    trace::ReceiveMoment m_receive;
    BytesModel m_model;
    std::optional<std::uint64_t> m_anchor; ///< where the selection began
    std::uint64_t m_head = 0;              ///< where it ends now
};

} // namespace inspector
} // namespace recvscope::gui
