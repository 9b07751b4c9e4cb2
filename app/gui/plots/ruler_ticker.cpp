#include "gui/plots/ruler_ticker.h"

#include "gui/plots/ruler.h"

#include <QFontMetricsF>

namespace recvscope::gui {

void RulerTicker::generate(const QCPRange &range, const QLocale &, QChar, int, QVector<double> &ticks,
                           QVector<double> *subTicks, QVector<QString> *tickLabels)
{
    const QFontMetricsF metrics(m_axis.tickLabelFont());
    const TimeScale scale{range.lower, range.upper, static_cast<double>(m_axis.axisRect()->width())};
    const auto width = [&](const std::string &label) {
        return metrics.horizontalAdvance(QString::fromStdString(label));
    };
    ticks.clear();
    if (subTicks != nullptr)
        subTicks->clear();
    if (tickLabels != nullptr)
        tickLabels->clear();
    for (const Tick &tick : rulerTicks(scale, width)) {
        ticks.push_back(tick.second);
        if (tickLabels != nullptr)
            tickLabels->push_back(QString::fromStdString(tick.label));
    }
}

} // namespace recvscope::gui
