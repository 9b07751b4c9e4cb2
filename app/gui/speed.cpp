#include "gui/speed.h"

#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace recvscope::gui {

namespace {

struct Ends {
    double slowest, fastest;
};

constexpr Ends endsOf(trace::TimeAxis axis)
{
    return axis == trace::TimeAxis::Clock ? Ends{1e-6, 10} : Ends{0.125, 8};
}

/// The nearest of 1, 2 and 5 times a power of ten, measured in ratios.
double round125(double value)
{
    const double power = std::pow(10, std::floor(std::log10(value)));
    const std::array steps = {1.0, 2.0, 5.0, 10.0};
    const double mantissa = value / power;
    const auto distance = [&](double step) { return std::abs(std::log(mantissa / step)); };
    return power *
           *std::min_element(steps.begin(), steps.end(), [&](double a, double b) { return distance(a) < distance(b); });
}

/// The nearest half-step of doubling, so that ×1 and ×2 are met exactly.
double roundOctave(double value)
{
    return std::exp2(std::round(std::log2(value) * 2) / 2);
}

} // namespace

Rate rateAt(double place, trace::TimeAxis axis)
{
    const Ends ends = endsOf(axis);
    const double raw = ends.slowest * std::pow(ends.fastest / ends.slowest, std::clamp(place, 0.0, 1.0));
    return axis == trace::TimeAxis::Clock ? round125(raw) : roundOctave(raw);
}

double placeOf(Rate rate, trace::TimeAxis axis)
{
    const Ends ends = endsOf(axis);
    return std::log(std::clamp(rate, ends.slowest, ends.fastest) / ends.slowest) /
           std::log(ends.fastest / ends.slowest);
}

QString rateText(Rate rate, trace::TimeAxis axis)
{
    const QLocale english(QLocale::English);
    if (axis == trace::TimeAxis::Story)
        return QStringLiteral("×%1").arg(english.toString(rate, 'g', rate < 1 ? 3 : 2));
    if (rate > 1)
        return QStringLiteral("%1 : 1").arg(english.toString(std::lround(rate)));
    return QStringLiteral("1 : %1").arg(english.toString(static_cast<qlonglong>(std::llround(1 / rate))));
}

Rate comfortableClockRate(double seconds)
{
    constexpr double telling = 10;
    const Ends ends = endsOf(trace::TimeAxis::Clock);
    return seconds > 0 ? std::clamp(round125(seconds / telling), ends.slowest, 1.0) : 1;
}

} // namespace recvscope::gui
