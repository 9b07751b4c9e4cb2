#include "gui/timeline/hatch.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

/// How much of the pixel [at, at + 1) a stroke that begins at 0 and is @p width long covers, in a pattern of @p period.
double coverage(double at, double width, double period)
{
    double covered = 0;
    for (const double start : {0.0, period})
        covered += std::max(0.0, std::min(at + 1, start + width) - std::max(at, start));
    return std::min(covered, 1.0);
}

int mixed(int a, int b, double part)
{
    return static_cast<int>(std::lround(a + (b - a) * part));
}

} // namespace

Hatch::Hatch(QColor ground, QColor ink, double scale, double period, double stroke)
    : m_period(std::max(2, static_cast<int>(std::lround(period * scale))))
{
    // A diagonal stroke cuts a row √2 times as wide as it is thick.
    const double width = stroke * scale * std::sqrt(2.0);
    m_row.reserve(static_cast<std::size_t>(m_period) * 3);
    for (int i = 0; i < 3 * m_period; ++i) {
        const double part = coverage(i % m_period, width, m_period);
        m_row.push_back(qRgb(mixed(ground.red(), ink.red(), part), mixed(ground.green(), ink.green(), part),
                             mixed(ground.blue(), ink.blue(), part)));
    }
}

} // namespace recvscope::gui
