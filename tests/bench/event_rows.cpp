// The small pieces, with Google Benchmark: an event, the clock, a decision.

#include "sections.h"
#include "supply.h"

#include "engine/journal.h"

#include <benchmark/benchmark.h>

#include <time.h>

#include <array>

namespace recvscope::benchmarks {

namespace {

constexpr int receivesARun = 200'000;

void oneClock(benchmark::State &state)
{
    timespec now{};
    for (auto _ : state) {
        clock_gettime(CLOCK_MONOTONIC, &now);
        benchmark::DoNotOptimize(now);
    }
}

/// What the engine's journal writes of receives that complete at once. An iteration is one receive.
void oneReceipt(benchmark::State &state)
{
    trace::Store store(std::size_t{1} << 30);
    const SteadyClock clock;
    trace::Recorder recorder(store, clock, {trace::Detail::Measuring, 0, 1U << 14});
    const engine::Journal journal(&recorder, SocketId{1});
    std::array<std::byte, 64> memory{};
    const net::Slice buffer{memory.data(), memory.size()};
    engine::Request request;
    request.buffers = {&buffer, 1};
    const engine::Journal::CallWords call;
    const engine::Journal::PlacedWords placed{request.buffers, memory.size()};
    const engine::Journal::Words completed{RuleId::None, memory.size()};
    for (auto _ : state) {
        ++request.operation.value;
        journal.receipt(request, &call, placed, {completed, nullptr, &completed});
    }
    recorder.flush();
    const trace::Snapshot snapshot = store.snapshot();
    if (snapshot.dropped() > 0)
        giveUp("the trace was full: what was measured is not recording");
    state.SetItemsProcessed(static_cast<std::int64_t>(snapshot.eventCount()));
}

void oneDecision(benchmark::State &state)
{
    engine::SocketState socket;
    engine::Ask ask;
    ask.bufferCount = 1;
    ask.room = 64;
    ask.overlapped = true;
    const engine::Policy policy;
    const engine::Attempt answer{{net::Received::Kind::Bytes, 64}};
    for (auto _ : state) {
        benchmark::DoNotOptimize(socket);
        benchmark::DoNotOptimize(engine::decide(socket, ask, policy));
        benchmark::DoNotOptimize(engine::decide(socket, ask, answer));
    }
}

/// Collects the repetitions as rounds, instead of printing them.
class IntoRounds final : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context &) override { return true; }

    void ReportRuns(const std::vector<Run> &runs) override
    {
        for (const Run &run : runs) {
            if (run.run_type != Run::RT_Iteration)
                continue;
            const auto items = run.counters.find("items_per_second");
            m_rounds.add(run.run_name.function_name,
                         items != run.counters.end() ? 1e9 / items->second : run.GetAdjustedRealTime());
        }
    }

    [[nodiscard]] const Rounds &rounds() const { return m_rounds; }

private:
    Rounds m_rounds;
};

} // namespace

std::vector<Row> eventRows(const Effort &effort)
{
    std::array<std::string, 2> words{"recvscope-bench", "--benchmark_enable_random_interleaving=true"};
    std::array<char *, 3> arguments{words[0].data(), words[1].data(), nullptr};
    int count = 2;
    benchmark::Initialize(&count, arguments.data());

    const auto prepared = [&](const char *name, void (*measured)(benchmark::State &)) {
        return benchmark::RegisterBenchmark(name, measured)->Repetitions(effort.rounds)->UseRealTime();
    };
    prepared("clock_gettime", oneClock);
    prepared("clock_gettime again", oneClock);
    prepared("decide", oneDecision);
    prepared("event", oneReceipt)->Iterations(receivesARun);
    IntoRounds reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::Shutdown();

    const Rounds &rounds = reporter.rounds();
    Row noise = compare(
        rounds, {"clock_gettime", "clock_gettime again", "clock_gettime", "itself (A/A)", Reading::Time, Goal::none()});
    noise.verdict = Row::Verdict::Noise;
    return {
        noise,
        compare(rounds, {"one event stored, its share of the clock included", "event", "clock_gettime",
                         "one clock_gettime", Reading::Time, Goal::atMost(0.8)}),
        compare(rounds, {"both decisions of a receive", "decide", "clock_gettime", "one clock_gettime", Reading::Time,
                         Goal::none()}),
    };
}

} // namespace recvscope::benchmarks
