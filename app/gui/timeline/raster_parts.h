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

private:
    [[nodiscard]] int device(double pixels) const;
    [[nodiscard]] QRgb *row(int y) const;
    /// Fills rows [top, bottom) of one column.
    void column(int x, int top, int bottom, QRgb colour) const;

    QImage &m_image;
    double m_ratio;
    double m_overhang;
    Hatch m_hatch;
    QRgb m_plain, m_line, m_atOnce, m_failed, m_sends, m_calls;
};

class MarkPainter {
public:
    MarkPainter(QPainter &painter, const RasterStyle &style);

    void span(const SpanShape &span);
    void peer(const PeerShape &peer);
    void call(const CallShape &call);
    void level(const LevelShape &level);

private:
    void endMark(const SpanShape &span);
    void texture(const QRectF &rect, const SendColour &colour);

    QPainter &m_painter;
    const RasterStyle &m_style;
    QFont m_labelFont;
};

} // namespace recvscope::gui
