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
    double step = std::exp2(std::ceil(std::log2(smallest)));
    while (step > highest) // in the lowest plot there is still one tick beside 0
        step /= 2;
    return step;
}

void BytesTicker::generate(const QCPRange &range, const QLocale &, QChar, int, QVector<double> &ticks,
                           QVector<double> *subTicks, QVector<QString> *tickLabels)
{
    constexpr int pixelsPerTick = 26;
    const double highest = range.upper - m_base;
    const double step = bytesStep(highest, m_axis.axisRect()->height() / pixelsPerTick + 1);
    ticks.clear();
    if (subTicks != nullptr)
        subTicks->clear();
    if (tickLabels != nullptr)
        tickLabels->clear();
    for (double value = 0; value <= highest * 1.0001; value += step) {
        ticks.push_back(m_base + value);
        if (tickLabels == nullptr)
            continue;
        const QString text =
            highest < 1024 ? QString::number(value, 'f', 0) : bytesText(static_cast<std::uint64_t>(value));
        tickLabels->push_back(m_base > 0 ? QStringLiteral("+%1").arg(text) : text);
    }
}

} // namespace recvscope::gui
