// What a trace takes in memory, with everything that is derived from it.

#include "sections.h"
#include "supply.h"

#include "engine/journal.h"
#include "trace/spans.h"
#include "trace/story.h"

#include <array>

namespace recvscope::benchmarks {

namespace {

/// Bytes an event, after so many events of receives that complete at once.
double bytesAnEvent(std::uint64_t events)
{
    trace::Store store(std::size_t{4} << 30);
    const SteadyClock clock;
    std::array<std::byte, 64> memory{};
    const net::Slice buffer{memory.data(), memory.size()};
    engine::Request request;
    request.buffers = {&buffer, 1};
    const engine::Journal::CallWords call;
    const engine::Journal::Words end{RuleId::None, memory.size(), trace::packOutcome(Status::Success, 0)};
    {
        trace::Recorder recorder(store, clock, {trace::Detail::Measuring, 0, 1U << 14});
        const engine::Journal journal(&recorder, SocketId{1});
        constexpr std::uint64_t eventsEach = 6;
        for (std::uint64_t i = 0; i < events / eventsEach; ++i) {
            ++request.operation.value;
            journal.receipt(request, &call, {request.buffers, memory.size()}, {end, nullptr, &end});
        }
    }
    const trace::Snapshot snapshot = store.snapshot();
    if (snapshot.dropped() > 0)
        giveUp("the trace was full: its memory is not that of its events");
    trace::Story story;
    story.extend(snapshot);
    trace::SpanIndex spans;
    spans.extend(snapshot);
    return static_cast<double>(store.memoryUsed() + story.memoryUsed() + spans.memoryUsed()) /
           static_cast<double>(snapshot.eventCount());
}

} // namespace

std::vector<Row> memoryRows(const Effort &effort)
{
    const Goal goal = Goal::atMost(40);
    std::vector<Row> rows;
    for (const auto &[events, name] :
         {std::pair{std::uint64_t{1'000'000}, "1 million"}, std::pair{std::uint64_t{10'000'000}, "10 million"}}) {
        if (effort.quick && events > 1'000'000)
            break;
        const double bytes = bytesAnEvent(events); // the same each time: nothing to repeat
        rows.push_back({"memory per event, order and indexes included, " + std::string(name) + " events", "",
                        goal.text() + " B", "", twoDigits(bytes), goal.verdict(bytes), twoDigits(bytes) + " B"});
    }
    return rows;
}

} // namespace recvscope::benchmarks
