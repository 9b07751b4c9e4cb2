// Measures candidates side by side: each round runs every one of them once, in an order of its own, so that what the
// machine does meanwhile meets all alike.
//
// Threads: the caller's.

#pragma once

#include "table.h"

#include <functional>
#include <random>
#include <string>
#include <vector>

namespace recvscope::benchmarks {

/// How often and how long.
struct Effort {
    int rounds = 15;        ///< at least 11 in earnest
    bool quick = false;     ///< a fraction of the work in each round: to try something out
    std::uint32_t seed = 1; ///< of the order of candidates

    /// @p inEarnest, or a part of it.
    [[nodiscard]] std::size_t amount(std::size_t inEarnest) const { return quick ? inEarnest / 8 + 1 : inEarnest; }
};

struct Candidate {
    std::string name;
    std::function<double()> measure; ///< one round; nanoseconds for a unit of work, less is better
};

/// What the rounds gave, one value for each candidate and round.
class Rounds {
public:
    [[nodiscard]] double best(const std::string &name) const;
    [[nodiscard]] double median(const std::string &name) const;
    /// Time of @p one over time of @p other, best against best.
    [[nodiscard]] double bestRatio(const std::string &one, const std::string &other) const;
    /// The median over the rounds of the same ratio within a round.
    [[nodiscard]] double medianRatio(const std::string &one, const std::string &other) const;

    void add(const std::string &name, double nanoseconds);

private:
    struct Series {
        std::string name;
        std::vector<double> values;
    };
    [[nodiscard]] const std::vector<double> &of(const std::string &name) const;

    std::vector<Series> m_series;
};

[[nodiscard]] Rounds alternate(const std::vector<Candidate> &candidates, const Effort &effort);
/// The same for what measures several things at once: @p run gets the number of a candidate, and whether the round
/// counts (the first only warms caches and code).
void alternate(std::size_t candidates, const Effort &effort, const std::function<void(std::size_t, bool)> &run);

[[nodiscard]] double medianOf(std::vector<double> values);
/// @p share 0.99: the value that so many lie at or below.
[[nodiscard]] double percentile(std::vector<double> values, double share);

/// How a row's ratio is to be read.
enum class Reading {
    Speed, ///< work done in the same time: time of the reference over time of the candidate
    Time,  ///< time of the candidate over time of the reference
};

struct Comparison {
    std::string what;
    std::string candidate;
    std::string reference;
    std::string against; ///< as the table names the reference
    Reading reading = Reading::Speed;
    Goal goal;
};
[[nodiscard]] Row compare(const Rounds &rounds, const Comparison &comparison);

} // namespace recvscope::benchmarks
