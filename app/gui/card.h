// The frame of a panel: a rounded surface with a fine line, and its name in spaced capitals when it has one.
//
// Threads: the window's.

#pragma once

#include <QWidget>

class QPainter;
class QVBoxLayout;

namespace recvscope::gui {

class Appearance;

class Card : public QWidget {
    Q_OBJECT
public:
    static constexpr int radius = 8;
    static constexpr int padding = 16; ///< from the frame to what stands in it

    /// @param title shown in capitals; empty: the body begins at the top
    Card(const QString &title, const Appearance &appearance, QWidget *parent = nullptr);

    /// Takes ownership; the body fills the card up to the padding, or to the frame with @p padded false.
    void setBody(QWidget *body, bool padded = true);
    void setTitle(const QString &title);

    /// The surface and its line, for what draws a card without being one.
    static void paintFrame(QPainter &painter, const QRectF &rect, const Appearance &appearance);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void placeBody();

    const Appearance &m_appearance;
    QString m_title;
    QVBoxLayout *m_layout = nullptr;
    bool m_padded = true;
};

/// A panel's name as the pictures set it: upper case, spaced, dim; its baseline at @p baseline.
void paintCapitals(QPainter &painter, const QPointF &baseline, const QString &text, const Appearance &appearance);

} // namespace recvscope::gui
