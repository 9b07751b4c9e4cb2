#include "gui/plots/ruler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>

namespace recvscope::gui {

namespace {

struct Unit {
    double seconds;
    const char *name;
};

constexpr std::array units = {Unit{1, "s"}, Unit{1e-3, "ms"}, Unit{1e-6, "µs"}, Unit{1e-9, "ns"}};

const Unit &unitFor(double seconds)
{
    for (const Unit &unit : units)
        if (seconds >= unit.seconds * 0.9999999)
            return unit;
    return units.back();
}

std::string number(double value, int decimals)
{
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%.*f", std::max(decimals, 0), value);
    return text.data();
}

std::string withoutTrailingZeros(std::string text)
{
    if (text.find('.') == std::string::npos)
        return text;
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.')
        text.pop_back();
    return text;
}

/// The largest unit in which the view's times are above 1 and its step needs no more than three decimals: "3.405 ms".
struct LabelForm {
    Unit unit = units.back();
    int decimals = 0;

    LabelForm(double step, double largest)
    {
        for (const Unit &candidate : units) {
            const int needed = static_cast<int>(std::ceil(-std::log10(step / candidate.seconds) - 1e-9));
            if (largest < candidate.seconds * 0.9999999 || needed > 3)
                continue;
            unit = candidate;
            decimals = std::max(needed, 0);
            return;
        }
    }

    [[nodiscard]] std::string operator()(double second) const
    {
        const std::string text = number(second / unit.seconds, decimals);
        const bool zero = text.find_first_not_of("-0.") == std::string::npos;
        return (zero ? std::string("0") : text) + " " + unit.name;
    }
};

std::vector<Tick> ticksWithStep(const TimeScale &scale, double step)
{
    std::vector<Tick> ticks;
    const LabelForm label(step, std::max(std::abs(scale.begin), std::abs(scale.end)));
    const auto first = static_cast<std::int64_t>(std::ceil(scale.begin / step - 1e-6));
    const auto last = static_cast<std::int64_t>(std::floor(scale.end / step + 1e-6));
    for (std::int64_t i = first; i <= last; ++i) {
        const double second = static_cast<double>(i) * step;
        ticks.push_back({second, label(second)});
    }
    return ticks;
}

bool apart(const std::vector<Tick> &ticks, double stepPixels, const LabelWidth &width, double gap)
{
    double previous = 0;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        const double own = width(ticks[i].label);
        if (i > 0 && (previous + own) / 2 + gap > stepPixels)
            return false;
        previous = own;
    }
    return true;
}

} // namespace

std::vector<Tick> rulerTicks(const TimeScale &scale, const LabelWidth &width, double gap)
{
    if (!(scale.length() > 0) || !(scale.width > 0))
        return {};
    // No label is narrower than its gap, so closer steps need not be tried: the first guess is at most gap wide.
    double decade = std::pow(10.0, std::floor(std::log10(scale.secondsPerPixel() * std::max(gap, 8.0))));
    decade = std::max(decade, 1e-9);
    for (;; decade *= 10) {
        for (const double round : {1.0, 2.0, 5.0}) {
            const double step = decade * round;
            const double stepPixels = step / scale.secondsPerPixel();
            if (stepPixels < gap)
                continue;
            std::vector<Tick> ticks = ticksWithStep(scale, step);
            if (apart(ticks, stepPixels, width, gap))
                return ticks;
        }
    }
}

std::string timeText(double seconds, int digits)
{
    if (!(std::abs(seconds) > 0))
        return "0 s";
    // Rounding may carry into the next unit ("999.96 µs" in four figures is "1 ms"), so the unit is chosen after it.
    const double magnitude = std::pow(10.0, std::floor(std::log10(std::abs(seconds))) - (digits - 1));
    const double rounded = std::round(seconds / magnitude) * magnitude;
    const Unit &unit = unitFor(std::abs(rounded));
    const double value = rounded / unit.seconds;
    const int whole = static_cast<int>(std::floor(std::log10(std::abs(value)) + 1e-9)) + 1;
    const int decimals = unit.seconds < 1e-8 ? 0 : std::max(digits - whole, 0);
    return withoutTrailingZeros(number(value, decimals)) + " " + unit.name;
}

} // namespace recvscope::gui
