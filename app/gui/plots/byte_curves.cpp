#include "gui/plots/byte_curves.h"

#include <algorithm>
#include <cmath>

namespace recvscope::gui {

namespace {

/// Adds steps in order of time; what falls into one pixel keeps its extremes, so that a tooth stays visible.
class CurveBuilder {
public:
    CurveBuilder(const TimeScale &scale, double before) : m_scale(scale), m_now(before)
    {
        m_curve.seconds.push_back(scale.begin);
        m_curve.values.push_back(before);
    }

    void step(double second, double value)
    {
        if (value == m_now)
            return;
        const double pixel = std::floor(m_scale.toPixel(second));
        const bool sameAsLast = m_inPixel > 0 && pixel == m_pixel;
        m_inPixel = sameAsLast ? m_inPixel + 1 : 1;
        m_pixel = pixel;
        if (m_inPixel > 2) {
            // The pixel has its two points: the higher stays, the later value follows.
            m_curve.values[m_curve.values.size() - 2] =
                std::max(m_curve.values[m_curve.values.size() - 2], m_curve.values.back());
            m_curve.values.back() = value;
            m_curve.seconds.back() = second;
        } else {
            m_curve.seconds.push_back(second);
            m_curve.values.push_back(value);
        }
        m_now = value;
    }

    [[nodiscard]] StepCurve finish()
    {
        m_curve.seconds.push_back(m_scale.end);
        m_curve.values.push_back(m_now);
        return std::move(m_curve);
    }

private:
    const TimeScale &m_scale;
    StepCurve m_curve;
    double m_now;
    double m_pixel = 0;
    int m_inPixel = 0;
};

double highestOf(const StepCurve &curve)
{
    return curve.values.empty() ? 0 : *std::max_element(curve.values.begin(), curve.values.end());
}

void measure(ByteCurves &curves)
{
    // Totals never fall, so their ends say it all.
    const auto take = [&](const StepCurve &curve) {
        if (curve.values.empty())
            return;
        curves.lowest = std::min(curves.lowest, curve.values.front());
        curves.highest = std::max(curves.highest, highestOf(curve));
    };
    curves.lowest = curves.received.values.empty() ? 0 : curves.received.values.front();
    take(curves.received);
    for (const auto *curve : {&curves.sent, &curves.consumed, &curves.arrived})
        if (*curve)
            take(**curve);
}

} // namespace

double StepCurve::at(double second) const
{
    const auto after = std::upper_bound(seconds.begin(), seconds.end(), second);
    return after == seconds.begin() ? 0 : values[after - seconds.begin() - 1];
}

ByteCurves curvesOf(const SocketLedger *ledger, trace::TimeAxis axis, const TimeScale &scale)
{
    static const SocketLedger nothing{.socket = {}, .entries = {}, .outside = false};
    const SocketLedger &from = ledger != nullptr ? *ledger : nothing;
    const auto first = std::lower_bound(from.entries.begin(), from.entries.end(), scale.begin,
                                        [&](const LedgerEntry &entry, double at) { return entry.place.on(axis) < at; });
    const LedgerEntry before = first == from.entries.begin() ? LedgerEntry{} : *std::prev(first);
    const auto number = [](std::uint64_t bytes) { return static_cast<double>(bytes); };
    CurveBuilder sent(scale, number(before.sent)), received(scale, number(before.received)),
        consumed(scale, number(before.consumed)), held(scale, number(before.held)),
        arrived(scale, number(before.received + before.held));
    for (auto entry = first; entry != from.entries.end() && entry->place.on(axis) <= scale.end; ++entry) {
        const double at = entry->place.on(axis);
        sent.step(at, number(entry->sent));
        received.step(at, number(entry->received));
        consumed.step(at, number(entry->consumed));
        held.step(at, number(entry->held));
        arrived.step(at, number(entry->received + entry->held));
    }
    ByteCurves curves;
    if (!from.fromOutside())
        curves.sent = sent.finish();
    curves.received = received.finish();
    if (!from.entries.empty())
        curves.untold = number(from.entries.back().untold);
    if (curves.untold == 0 || from.entries.back().consumed > 0)
        curves.consumed = consumed.finish();
    if (!from.fromOutside() || from.asked) {
        curves.kernel = held.finish();
        curves.arrived = arrived.finish();
    }
    measure(curves);
    curves.highestKernel = number(from.highest);
    return curves;
}

ByteCurves curvesOf(const trace::SpanIndex &spans, SocketId socket, const TimeScale &scale, bool outside)
{
    const double begin = std::max(scale.begin, 0.0);
    const auto from = static_cast<Nanoseconds>(std::llround(begin * 1e9));
    const Nanoseconds to = std::max(static_cast<Nanoseconds>(std::llround(std::max(scale.end, 0.0) * 1e9)), from + 1);
    const int width =
        static_cast<int>(std::clamp<Nanoseconds>(static_cast<Nanoseconds>(std::max(scale.width, 1.0)), 1, to - from));
    const std::vector<trace::LevelColumn> levels = spans.levels(socket, from, to, width);
    const double perColumn = static_cast<double>(to - from) * 1e-9 / width;

    ByteCurves curves;
    StepCurve sent, kernel;
    for (std::size_t i = 0; i < levels.size(); ++i) {
        const trace::LevelColumn &level = levels[i];
        const double at = begin + static_cast<double>(i) * perColumn;
        curves.received.seconds.push_back(at);
        curves.received.values.push_back(static_cast<double>(level.received));
        sent.values.push_back(static_cast<double>(level.sent));
        // Two points a column: its highest, and where it ended.
        kernel.seconds << at << at + perColumn / 2;
        kernel.values << static_cast<double>(level.high) << static_cast<double>(level.last);
        curves.highestKernel = std::max(curves.highestKernel, static_cast<double>(level.high));
    }
    sent.seconds = curves.received.seconds;
    if (!outside) {
        curves.arrived = sent;
        curves.sent = std::move(sent);
        curves.kernel = std::move(kernel);
    }
    measure(curves);
    return curves;
}

} // namespace recvscope::gui
