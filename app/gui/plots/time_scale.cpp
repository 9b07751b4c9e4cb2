#include "gui/plots/time_scale.h"

#include <algorithm>

namespace recvscope::gui {

TimeScale TimeScale::panned(double pixels) const
{
    const double shift = pixels * secondsPerPixel();
    return {begin - shift, end - shift, width};
}

TimeScale TimeScale::zoomedAt(double pixel, double factor) const
{
    const double wanted = std::max(length() * factor, shortestView);
    const double fixed = toSecond(pixel);
    const double first = fixed - pixel / width * wanted;
    return {first, first + wanted, width};
}

TimeScale TimeScale::within(double from, double to) const
{
    const double wanted = std::min(length(), std::max(to - from, shortestView));
    const double first = std::clamp(begin, from, std::max(from, to - wanted));
    return {first, first + wanted, width};
}

} // namespace recvscope::gui
