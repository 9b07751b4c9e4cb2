// The hatch of a pending receive: diagonal strokes whose phase belongs to the picture, so that neighbouring spans and
// columns join without a seam and panning by whole pixels moves it along.
//
// Pure; any thread.

#pragma once

#include <QColor>
#include <QRgb>

#include <vector>

namespace recvscope::gui {

/// One period of the pattern in device pixels, premultiplied. The pixel at (x, y) is row (y mod period), column
/// (x mod period): strokes rise to the right as in the pictures.
class Hatch {
public:
    /// @p period and @p stroke in device-independent pixels; @p scale is the device pixel ratio.
    Hatch(QColor ground, QColor ink, double scale, double period = 7, double stroke = 1.25);

    [[nodiscard]] int period() const { return m_period; }
    [[nodiscard]] QRgb at(int x, int y) const { return m_row[static_cast<std::size_t>(wrapped(x + y))]; }
    /// The pixels of row @p y from column @p x on; period() of them are readable, and the pattern repeats after that.
    /// The row is stored thrice so that a run up to 2 * period() may be copied at once.
    [[nodiscard]] const QRgb *row(int x, int y) const { return m_row.data() + wrapped(x + y); }

private:
    [[nodiscard]] int wrapped(int i) const { return ((i % m_period) + m_period) % m_period; }

    int m_period;
    std::vector<QRgb> m_row; ///< depends on x + y alone
};

} // namespace recvscope::gui
