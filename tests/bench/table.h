// The table of goals: what was measured, against what, and whether it was met. Printed as Markdown.
//
// Threads: values.

#pragma once

#include <string>
#include <vector>

namespace recvscope::benchmarks {

/// One row. `best` and `median` are what the goal speaks of: mostly a ratio.
struct Row {
    enum class Verdict { Met, Missed, Noise, Beside, NotYet };

    std::string what;
    std::string against;
    std::string goal;   ///< "≥ 0.97"; empty for rows that only stand beside
    std::string best;   ///< the best round of the one against the best round of the other
    std::string median; ///< the median of the rounds' own ratios
    Verdict verdict = Verdict::Beside;
    std::string measured; ///< in units: "412 ns against 405 ns"
};

/// What a goal asks of a ratio.
struct Goal {
    enum class Kind { AtLeast, AtMost, None };
    Kind kind = Kind::None;
    double value = 0;

    [[nodiscard]] static Goal atLeast(double value) { return {Kind::AtLeast, value}; }
    [[nodiscard]] static Goal atMost(double value) { return {Kind::AtMost, value}; }
    [[nodiscard]] static Goal ahead() { return {Kind::AtLeast, 1.0}; }
    [[nodiscard]] static Goal none() { return {}; }

    [[nodiscard]] std::string text() const;
    [[nodiscard]] Row::Verdict verdict(double measured) const;
};

/// "1.03": two digits behind the point.
[[nodiscard]] std::string twoDigits(double value);
/// "412 ns", "6.4 µs", "12.3 ms".
[[nodiscard]] std::string timeText(double nanoseconds);

[[nodiscard]] std::string markdown(const std::vector<Row> &rows);

} // namespace recvscope::benchmarks
