#include "table.h"

#include <array>
#include <cstdio>

namespace recvscope::benchmarks {

namespace {

/// As "%.*f" prints it.
std::string fixedText(int digits, double value)
{
    std::array<char, 64> text;
    std::snprintf(text.data(), text.size(), "%.*f", digits, value);
    return text.data();
}

const char *wordFor(Row::Verdict verdict)
{
    switch (verdict) {
    case Row::Verdict::Met:
        return "met";
    case Row::Verdict::Missed:
        return "**missed**";
    case Row::Verdict::Noise:
        return "the noise";
    case Row::Verdict::NotYet:
        return "not yet";
    default:
        return "";
    }
}

} // namespace

std::string Goal::text() const
{
    switch (kind) {
    case Kind::AtLeast:
        return (value == 1.0 ? "> 1" : "≥ " + twoDigits(value));
    case Kind::AtMost:
        return "≤ " + twoDigits(value);
    default:
        return {};
    }
}

Row::Verdict Goal::verdict(double measured) const
{
    switch (kind) {
    case Kind::AtLeast:
        return measured >= value ? Row::Verdict::Met : Row::Verdict::Missed;
    case Kind::AtMost:
        return measured <= value ? Row::Verdict::Met : Row::Verdict::Missed;
    default:
        return Row::Verdict::Beside;
    }
}

std::string twoDigits(double value)
{
    return fixedText(2, value);
}

std::string timeText(double nanoseconds)
{
    if (nanoseconds < 99.5)
        return fixedText(1, nanoseconds) + " ns";
    if (nanoseconds < 9995)
        return fixedText(0, nanoseconds) + " ns";
    if (nanoseconds < 999.5e3)
        return fixedText(1, nanoseconds / 1e3) + " µs";
    return fixedText(2, nanoseconds / 1e6) + " ms";
}

std::string markdown(const std::vector<Row> &rows)
{
    std::string text = "| what | against | goal | best | median | | measured |\n|---|---|---|---|---|---|---|\n";
    for (const Row &row : rows)
        text += "| " + row.what + " | " + row.against + " | " + row.goal + " | " + row.best + " | " + row.median +
                " | " + wordFor(row.verdict) + " | " + row.measured + " |\n";
    return text;
}

} // namespace recvscope::benchmarks
