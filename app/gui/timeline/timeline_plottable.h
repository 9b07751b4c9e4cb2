// The timeline inside QCustomPlot: one plottable that shows one raster, with the lanes' names beside it.
//
// Threads: the window's.

#pragma once

#include "gui/plots/qcustomplot_wrapper.h"
#include "gui/timeline/raster.h"

namespace recvscope::gui {

class TimelinePlottable : public QCPAbstractPlottable {
    Q_OBJECT
public:
    TimelinePlottable(QCPAxis *keyAxis, QCPAxis *valueAxis);

    /// Shows another scene; it is painted into the raster with the next replot.
    void show(TimelineScene scene, RasterStyle style);
    [[nodiscard]] const TimelineScene &scene() const { return m_scene; }
    [[nodiscard]] const QImage &raster() const { return m_raster; }

    double selectTest(const QPointF &pos, bool onlySelectable, QVariant *details = nullptr) const override;
    QCPRange getKeyRange(bool &found, QCP::SignDomain domain = QCP::sdBoth) const override;
    QCPRange getValueRange(bool &found, QCP::SignDomain domain = QCP::sdBoth,
                           const QCPRange &inKeyRange = QCPRange()) const override;

protected:
    [[nodiscard]] QRect clipRect() const override;
    void draw(QCPPainter *painter) override;
    void drawLegendIcon(QCPPainter *painter, const QRectF &rect) const override;

private:
    void drawNames(QCPPainter &painter, const QRect &area) const;

    TimelineScene m_scene;
    RasterStyle m_style;
    QImage m_raster;
    bool m_painted = false;
};

} // namespace recvscope::gui
