// Where a second stands in pixels, and back: the one place where a time axis and a width meet.
//
// A value; any thread.

#pragma once

namespace recvscope::gui {

/// The stretch [begin, end] of a time axis, in seconds, over [0, width] in device-independent pixels.
struct TimeScale {
    double begin = 0;
    double end = 1;
    double width = 1;

    [[nodiscard]] double length() const { return end - begin; }
    [[nodiscard]] double secondsPerPixel() const { return length() / width; }
    [[nodiscard]] double toPixel(double second) const { return (second - begin) / length() * width; }
    [[nodiscard]] double toSecond(double pixel) const { return begin + pixel / width * length(); }
    /// @return whether any of [from, to] can be seen.
    [[nodiscard]] bool shows(double from, double to) const { return to >= begin && from <= end; }

    /// Moved by that many pixels: what stood at x stands at x + pixels.
    [[nodiscard]] TimeScale panned(double pixels) const;
    /// The second under @p pixel stays there; @p factor below 1 shows less time, above 1 more. Never less than
    /// shortestView.
    [[nodiscard]] TimeScale zoomedAt(double pixel, double factor) const;
    /// Moved, and shortened if it must be, until it lies within [from, to]: nobody gets lost outside the trace.
    [[nodiscard]] TimeScale within(double from, double to) const;

    friend bool operator==(const TimeScale &, const TimeScale &) = default;
};

/// Below this a view of nanoseconds has nothing more to tell.
inline constexpr double shortestView = 20e-9;

/// What all panels with a time axis keep free beside it, so that one moment stands in one column in all of them.
inline constexpr int timeMarginLeft = 112;
inline constexpr int timeMarginRight = 24;

} // namespace recvscope::gui
