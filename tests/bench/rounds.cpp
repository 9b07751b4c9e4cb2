#include "rounds.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace recvscope::benchmarks {

const std::vector<double> &Rounds::of(const std::string &name) const
{
    for (const Series &series : m_series)
        if (series.name == name)
            return series.values;
    throw std::invalid_argument("no candidate is called '" + name + "'");
}

void Rounds::add(const std::string &name, double nanoseconds)
{
    for (Series &series : m_series)
        if (series.name == name) {
            series.values.push_back(nanoseconds);
            return;
        }
    m_series.push_back({name, {nanoseconds}});
}

double Rounds::best(const std::string &name) const
{
    const std::vector<double> &values = of(name);
    return *std::min_element(values.begin(), values.end());
}

double Rounds::median(const std::string &name) const
{
    return medianOf(of(name));
}

double Rounds::bestRatio(const std::string &one, const std::string &other) const
{
    return best(one) / best(other);
}

double Rounds::medianRatio(const std::string &one, const std::string &other) const
{
    const std::vector<double> &ones = of(one), &others = of(other);
    std::vector<double> ratios;
    for (std::size_t i = 0; i < std::min(ones.size(), others.size()); ++i)
        ratios.push_back(ones[i] / others[i]);
    return medianOf(ratios);
}

void alternate(std::size_t candidates, const Effort &effort, const std::function<void(std::size_t, bool)> &run)
{
    std::mt19937 order(effort.seed);
    std::vector<std::size_t> turn(candidates);
    std::iota(turn.begin(), turn.end(), std::size_t{0});
    for (int round = -1; round < effort.rounds; ++round) {
        std::shuffle(turn.begin(), turn.end(), order);
        for (const std::size_t candidate : turn)
            run(candidate, round >= 0);
    }
}

Rounds alternate(const std::vector<Candidate> &candidates, const Effort &effort)
{
    Rounds rounds;
    alternate(candidates.size(), effort, [&](std::size_t candidate, bool counts) {
        const double nanoseconds = candidates[candidate].measure();
        if (counts)
            rounds.add(candidates[candidate].name, nanoseconds);
    });
    return rounds;
}

double medianOf(std::vector<double> values)
{
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    if (values.size() % 2 == 1)
        return *middle;
    return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

double percentile(std::vector<double> values, double share)
{
    const auto rank = std::ceil(share * static_cast<double>(values.size()));
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(std::max(rank, 1.0)) - 1;
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

Row compare(const Rounds &rounds, const Comparison &comparison)
{
    const bool speed = comparison.reading == Reading::Speed;
    const std::string &over = speed ? comparison.reference : comparison.candidate;
    const std::string &under = speed ? comparison.candidate : comparison.reference;
    const double median = rounds.medianRatio(over, under);
    Row row;
    row.what = comparison.what;
    row.against = comparison.against;
    row.goal = comparison.goal.text();
    row.best = twoDigits(rounds.bestRatio(over, under));
    row.median = twoDigits(median);
    row.verdict = comparison.goal.verdict(median);
    row.measured =
        timeText(rounds.median(comparison.candidate)) + " against " + timeText(rounds.median(comparison.reference));
    return row;
}

} // namespace recvscope::benchmarks
