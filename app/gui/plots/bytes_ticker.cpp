#include "gui/plots/bytes_ticker.h"

#include "gui/plots/bytes_text.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

double bytesStep(double highest, int most)
{
    const double smallest = std::max(highest / std::max(most - 1, 1), 1.0);
    for (double decade = 1; decade < 1000; decade *= 10)
        for (const double round : {1.0, 2.0, 5.0})
            if (decade * round >= smallest && decade * round <= 500)
                return decade * round;
    return std::exp2(std::ceil(std::log2(smallest)));
}

void BytesTicker::generate(const QCPRange &range, const QLocale &, QChar, int, QVector<double> &ticks,
                           QVector<double> *subTicks, QVector<QString> *tickLabels)
{
    constexpr int pixelsPerTick = 26;
    const double step = bytesStep(range.upper, std::max(2, m_axis.axisRect()->height() / pixelsPerTick));
    ticks.clear();
    if (subTicks != nullptr)
        subTicks->clear();
    if (tickLabels != nullptr)
        tickLabels->clear();
    for (double value = 0; value <= range.upper * 1.0001; value += step) {
        ticks.push_back(value);
        if (tickLabels != nullptr)
            tickLabels->push_back(range.upper < 1024 ? QString::number(value, 'f', 0)
                                                     : bytesText(static_cast<std::uint64_t>(value)));
    }
}

} // namespace recvscope::gui
