// The two hands that paint a timeline: one writes pixels, one draws marks and words.
//
// Threads: as raster.h.

#pragma once

#include "gui/timeline/box_raster.h"
#include "gui/timeline/hatch.h"
#include "gui/timeline/raster.h"

class QPainter;

namespace recvscope::gui {

/// The colours of what a peer did.
[[nodiscard]] SendColour peerColour(const PeerShape &peer, const Theme &theme);
/// What an outside peer sent is inferred from what arrived: dashes. What was made on purpose: dots.
[[nodiscard]] Qt::PenStyle peerLine(const PeerShape &peer);
/// Too narrow for an outline and a ground.
[[nodiscard]] bool isSliver(const PeerShape &peer);

/// Fills hatched and packed areas straight into an image's bits.
class PixelRaster {
public:
    PixelRaster(QImage &image, const Theme &theme, double ratio, double overhang);

    void peer(const PeerShape &peer);
    void spanBody(const SpanShape &span) const;
    void packed(const PackedShape &packed) const;
    void dense(const DenseShape &dense) const;
    void level(const LevelShape &level) const;

private:
    struct Heights;

    [[nodiscard]] int device(double pixels) const;
    [[nodiscard]] QRgb *row(int y) const { return m_bits + y * m_stride; }
    void fill(int left, int top, int right, int bottom, QRgb colour) const;
    /// A step line as upright and level strokes.
    void strokeInto(Heights &heights, const QPolygonF &line, int thickness) const;

    QRgb *m_bits; ///< taken once: asking an image for a row also asks whether it is shared
    qsizetype m_stride;
    int m_width, m_height;
    double m_ratio;
    double m_overhang;
    const Theme &m_theme;
    BoxRaster m_boxes;
    Hatch m_hatch;
    QRgb m_plain, m_line, m_atOnce, m_failed, m_dense, m_level, m_levelFill, m_levelBand;
};

class MarkPainter {
public:
    MarkPainter(QPainter &painter, const RasterStyle &style);

    void span(const SpanShape &span);
    void peer(const PeerShape &peer);
    void call(const CallShape &call);
    void note(const NoteShape &note);
    void unknownLevel(const LevelShape &level);
    void selectedMoment(double x, double height);

private:
    void endMark(const SpanShape &span);
    void unlikeMark(const SpanShape &span);

    QPainter &m_painter;
    const RasterStyle &m_style;
    QFont m_labelFont;
};

} // namespace recvscope::gui
