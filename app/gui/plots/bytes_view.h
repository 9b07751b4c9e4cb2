// The bytes panel: what was sent, received and told to the program over time, and what the kernel holds in between.
//
// Shows the presentation's socket. Threads: the window's.

#pragma once

#include "gui/plots/byte_curves.h"
#include "gui/plots/time_plot.h"

namespace recvscope::gui {

class BytesTicker;

class BytesView final : public TimePlot {
    Q_OBJECT
public:
    BytesView(Presentation &presentation, const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] const ByteCurves &curves() const { return m_curves; }
    [[nodiscard]] QSize sizeHint() const override { return {800, 160}; }

protected:
    void rebuild() override;
    void restyle() override;
    [[nodiscard]] QString tipAt(QPointF at) const override;
    void hovered(std::optional<QPointF> at) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void replaced();
    void grew();
    void playheadMoved();
    void placeKernelPlot();
    void scaleValues();
    void paintLegend(QPainter &painter) const;
    void paintReading(QPainter &painter) const;

    QCPAxisRect *m_kernelRect; ///< all owned by the plot; shown where there is room
    QCPGraph *m_kernel;
    QCPGraph *m_arrived;
    QCPGraph *m_sent;
    QCPGraph *m_consumed;
    QCPGraph *m_received;
    QSharedPointer<BytesTicker> m_ticker;
    Ledger m_ledger;
    std::uint32_t m_taken = 0; ///< events of the story in the ledger
    bool m_outside = false;
    SocketId m_socket;
    ByteCurves m_curves;
    std::optional<QPointF> m_hover;
};

} // namespace recvscope::gui
