// What all items of a scene are painted with: the painter, the look, and the scene's unit; and how each is painted.
//
// Threads: the thread of the painter.

#pragma once

#include "gui/appearance.h"
#include "gui/stage/scene.h"

#include <QFont>
#include <QPainterPath>

#include <array>
#include <cmath>
#include <vector>

class QPainter;

namespace recvscope::gui::stage {

class Brush {
public:
    /// All must outlive it.
    Brush(QPainter &painter, const Scene &scene, const Theme &theme, const Fonts &fonts);

    QPainter &painter;
    const Theme &theme;
    double zoom;  ///< device independent pixels per scene unit
    double pixel; ///< one device pixel
    QColor quiet; ///< of marks that must be seen and are not the message

    [[nodiscard]] const QFont &fontOf(Style style) const { return m_fonts[static_cast<std::size_t>(style)]; }
    [[nodiscard]] double widthOf(const std::vector<Span> &spans) const;
    /// Onto whole device pixels.
    [[nodiscard]] double snap(double value) const { return std::round(value / pixel) * pixel; }
    /// A place of the scene in device independent pixels, snapped.
    [[nodiscard]] QRectF snapped(const QRectF &rect) const
    {
        return {QPointF(snap(rect.left() * zoom), snap(rect.top() * zoom)),
                QPointF(snap(rect.right() * zoom), snap(rect.bottom() * zoom))};
    }

    void hatch(const QRectF &rect, const QPainterPath &outline);
    void struckThrough(const QRectF &rect);
    /// What a byte says, as large as its cell has room for; nothing where nobody could read it.
    void character(const QRectF &rect, const QString &text, const QColor &ink);

private:
    [[nodiscard]] QFont scaled(QFont font, double size) const;

    std::array<QFont, 7> m_fonts; ///< by Style
    QFont m_cellFont;
};

void paint(Brush &brush, const Box &box);
void paint(Brush &brush, const Text &text);
void paint(Brush &brush, const Cell &cell);
void paint(Brush &brush, const Bar &bar);
void paint(Brush &brush, const Line &line);
void paint(Brush &brush, const Mark &mark);
void paint(Brush &brush, const Parcel &parcel);
void paint(Brush &brush, const Flight &flight);

} // namespace recvscope::gui::stage
