// What the window costs: painting the timeline, and starting. Measured in programs of their own, since they need Qt.

#include "child.h"
#include "sections.h"

#include <map>
#include <sstream>

namespace recvscope::benchmarks {

namespace {

constexpr const char *painter = "recvscope-bench-paint";
constexpr const char *emptyWindow = "recvscope-bench-empty-window";
constexpr double frame = 1e9 / 60;

Row unbuilt(const std::string &what)
{
    Row row;
    row.what = what;
    row.verdict = Row::Verdict::NotYet;
    row.measured = "built without the window";
    return row;
}

/// The times of views, by number of events and scale.
struct Painted {
    std::vector<double> all;                                  ///< whole traces and parts of them
    std::map<std::string, std::vector<double>> middleOfRound; ///< by the kind of view
};
using PaintedTraces = std::map<std::pair<std::uint64_t, int>, Painted>;

PaintedTraces readPainted(const std::string &text)
{
    PaintedTraces painted;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        // events, scale, which views, then the time of each of one round
        std::istringstream words(line);
        std::uint64_t events = 0;
        int scale = 0;
        std::string kind;
        words >> events >> scale >> kind;
        std::vector<double> round;
        for (double time = 0; words >> time;)
            round.push_back(time);
        if (round.empty())
            continue;
        Painted &one = painted[{events, scale}];
        if (kind == "parts")
            one.all.insert(one.all.end(), round.begin(), round.end());
        one.middleOfRound[kind].push_back(medianOf(round));
    }
    return painted;
}

std::string named(std::uint64_t events)
{
    return events >= 1'000'000 ? std::to_string(events / 1'000'000) + " million" : std::to_string(events);
}

} // namespace

std::vector<Row> paintRows(const Effort &effort)
{
    if (!isBuilt(painter))
        return {unbuilt("pan and zoom")};
    std::vector<std::string> arguments{"--rounds", std::to_string(effort.rounds), "--seed",
                                       std::to_string(effort.seed)};
    if (effort.quick)
        arguments.emplace_back("--quick");
    const PaintedTraces painted = readPainted(run(painter, arguments).output);

    std::vector<Row> rows;
    for (const auto &[key, times] : painted) {
        const auto &[events, scale] = key;
        const double tail = percentile(times.all, 0.99) / frame;
        const Goal goal = Goal::atMost(scale == 1 ? 0.5 : 1.0);
        const std::string what =
            "pan and zoom over " + named(events) + " events, 1600×400, scale " + std::to_string(scale);
        Row row;
        row.what = what + ", p99";
        row.against = "one 60 Hz frame";
        row.goal = goal.text();
        row.best = twoDigits(percentile(times.all, 0) / frame);
        row.median = twoDigits(tail);
        row.verdict = goal.verdict(tail);
        row.measured = timeText(percentile(times.all, 0.99)) + ", p50 " + timeText(medianOf(times.all));
        rows.push_back(row);

        const auto small = painted.find({10'000, scale});
        if (events == 10'000 || small == painted.end())
            continue;
        const auto compared = [&](const char *kind, const char *views, const Goal &limit) {
            Rounds rounds;
            for (const double time : times.middleOfRound.at(kind))
                rounds.add("long", time);
            for (const double time : small->second.middleOfRound.at(kind))
                rounds.add("short", time);
            rows.push_back(compare(rounds, {what + ", p50", "long", "short", "10000 events, " + std::string(views),
                                            Reading::Time, limit}));
        };
        compared("stretches", "the same seconds", Goal::atMost(1.1));
        compared("parts", "the same parts: emptier pictures", Goal::atMost(1.1));
    }
    return rows;
}

std::vector<Row> startRows(const Effort &effort)
{
    if (!isBuilt(emptyWindow) || !isBuilt("recvscope"))
        return {unbuilt("start to a painted window")};
    const auto started = [](const char *program, const std::vector<std::string> &arguments) {
        return [=] { return run(program, arguments).firstOutput; };
    };
    const Rounds rounds = alternate({{"empty", started(emptyWindow, {})},
                                     {"empty again", started(emptyWindow, {})},
                                     {"recvscope", started("recvscope", {"--exit-after-paint"})}},
                                    effort);
    const std::string what = "start to a painted window";
    const std::string against = "an empty Qt main window with one plot";
    Row noise = compare(rounds, {what, "empty again", "empty", against + " (A/A)", Reading::Time, Goal::none()});
    noise.verdict = Row::Verdict::Noise;
    return {noise, compare(rounds, {what, "recvscope", "empty", against, Reading::Time, Goal::atMost(1.4)})};
}

std::vector<Row> rowsToCome(const Effort &)
{
    std::vector<Row> rows;
    const auto add = [&](const char *what, const char *against, const char *goal) {
        Row row;
        row.what = what;
        row.against = against;
        row.goal = goal;
        row.verdict = Row::Verdict::NotYet;
        rows.push_back(row);
    };
    add("an event in a file", "", "≤ 12 B");
    add("live view of a paced million events per second", "no view", "≤ 1.03, no event lost");
    add("opening 10 million events to the first exact frame", "decoding them all", "≤ 0.10");
    return rows;
}

} // namespace recvscope::benchmarks
