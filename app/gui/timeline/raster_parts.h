// The two hands that paint a timeline: one writes pixels, one draws marks and words.
//
// Threads: as raster.h.

#pragma once

#include "gui/timeline/hatch.h"
#include "gui/timeline/raster.h"

class QPainter;

namespace recvscope::gui {

/// Fills hatched and packed areas straight into an image's bits.
class PixelRaster {
public:
    PixelRaster(QImage &image, const Theme &theme, double ratio, double overhang);

    void spanBody(const SpanShape &span) const;
    void packed(const PackedShape &packed) const;
    void dense(const DenseShape &dense) const;
    void level(const LevelShape &level) const;

private:
    [[nodiscard]] int device(double pixels) const;
    [[nodiscard]] QRgb *row(int y) const;
    /// Fills rows [top, bottom) of one column.
    void column(int x, int top, int bottom, QRgb colour) const;
    void fill(int left, int top, int right, int bottom, QRgb colour) const;
    /// Draws a step line as upright and level strokes.
    void stroke(const QPolygonF &line, QRgb colour, int thickness) const;

    QImage &m_image;
    double m_ratio;
    double m_overhang;
    Hatch m_hatch;
    QRgb m_plain, m_line, m_atOnce, m_failed, m_dense, m_level, m_levelFill, m_levelBand;
};

class MarkPainter {
public:
    MarkPainter(QPainter &painter, const RasterStyle &style);

    void span(const SpanShape &span);
    void peer(const PeerShape &peer);
    void call(const CallShape &call);
    void unknownLevel(const LevelShape &level);
    void selectedMoment(double x, double height);

private:
    void endMark(const SpanShape &span);
    void texture(const QRectF &rect, const SendColour &colour);

    QPainter &m_painter;
    const RasterStyle &m_style;
    QFont m_labelFont;
};

} // namespace recvscope::gui
