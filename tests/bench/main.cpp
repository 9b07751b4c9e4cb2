// Measures what design goals speak of, in one run, and prints the table (docs/benchmarks.md says how it is meant).

#include "document.h"
#include "machine.h"
#include "sections.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <thread>

namespace {

using namespace recvscope::benchmarks;

constexpr std::array<Section, 13> sections{{
    {"bulk", bulkRows},
    {"messages", messageRows},
    {"udp", datagramRows},
    {"seqpacket", seqPacketRows},
    {"scatter", scatterRows},
    {"pingpong", pingPongRows},
    {"tracing", tracingRows},
    {"event", eventRows},
    {"memory", memoryRows},
    {"sockets", socketRows},
    {"paint", paintRows},
    {"start", startRows},
    {"to-come", rowsToCome},
}};

bool wanted(const std::vector<std::string> &only, const char *name)
{
    return only.empty() || std::find(only.begin(), only.end(), name) != only.end();
}

} // namespace

int main(int argc, char **argv)
{
    std::string names;
    for (const Section &section : sections)
        names += std::string(names.empty() ? "" : ", ") + section.name;

    CLI::App app("Measures Recvscope's engine and window side by side with others, and prints the table of goals.");
    Effort effort;
    std::vector<std::string> only;
    std::string document;
    app.add_flag("--quick", effort.quick, "a fraction of the work and 5 rounds: to try something out");
    CLI::Option *rounds =
        app.add_option("--rounds", effort.rounds, "how often each candidate has its turn")->check(CLI::Range(1, 1000));
    app.add_option("--seed", effort.seed, "of the order within each round");
    app.add_option("--only", only, "these parts alone: " + names)->delimiter(',');
    app.add_option("--update", document, "put the table into this file, between its two marks");
    CLI11_PARSE(app, argc, argv);
    if (effort.quick && rounds->empty())
        effort.rounds = 5;
    for (const std::string &name : only)
        if (std::none_of(sections.begin(), sections.end(), [&](const Section &one) { return name == one.name; })) {
            std::fprintf(stderr, "recvscope-bench: there is no part '%s'; the parts are: %s\n", name.c_str(),
                         names.c_str());
            return 2;
        }

    // Whoever has a window or an engine has a second thread, and then each system call on a descriptor costs more. So
    // has this program all the time, else plain loops would be measured under conditions of their own.
    const std::jthread second([](const std::stop_token &stop) {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any().wait(lock, stop, [] { return false; });
    });

    std::vector<Row> rows;
    for (const Section &section : sections) {
        if (!wanted(only, section.name))
            continue;
        std::fprintf(stderr, "recvscope-bench: %s\n", section.name);
        for (Row &row : section.measure(effort))
            rows.push_back(std::move(row));
    }
    const auto count = [&](Row::Verdict verdict) {
        return std::count_if(rows.begin(), rows.end(), [&](const Row &row) { return row.verdict == verdict; });
    };
    std::string table = markdown(rows) + "\n" + std::to_string(count(Row::Verdict::Met)) + " goals met, " +
                        std::to_string(count(Row::Verdict::Missed)) + " missed; " + std::to_string(effort.rounds) +
                        " rounds" + (effort.quick ? ", quick (not to be quoted)" : "") + ". " + machineText() + ".\n";
    std::fputs(table.c_str(), stdout);
    if (!document.empty())
        if (const recvscope::Outcome updated = updateDocument(document, table); !updated) {
            std::fprintf(stderr, "recvscope-bench: %s\n", updated.error().message().c_str());
            return 1;
        }
    return 0;
}
