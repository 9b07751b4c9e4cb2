#include "paint.h"

#include "long_trace.h"

#include "gui/timeline/timeline_image.h"
#include "trace/spans.h"
#include "trace/story.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <random>
#include <vector>

namespace recvscope::benchmarks {

namespace {

constexpr QSize size(1600, 400);
constexpr int viewsARound = 60;

/// A stretch of a trace.
struct View {
    double at = 0;     ///< 0: it begins where the trace does; 1: it ends where the trace does
    double length = 1; ///< as a part of some trace's length
};

/// From a whole length down to a thousandth of it, anywhere.
std::vector<View> pansAndZooms(int count)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> anywhere(0, 1);
    std::vector<View> views;
    for (int i = 0; i < count; ++i) {
        const double length = std::pow(10.0, -3 * anywhere(random));
        views.push_back({anywhere(random), length});
    }
    return views;
}

/// A trace and what a window keeps of it.
struct Shown {
    explicit Shown(std::uint64_t wanted) : events(wanted), store(std::size_t{4} << 30)
    {
        writeLongTrace(store, events);
        story.extend(store.snapshot());
        spans.extend(store.snapshot());
        length = story.length(trace::TimeAxis::Clock);
    }

    std::uint64_t events;
    trace::Store store;
    trace::Story story;
    trace::SpanIndex spans;
    double length = 0;
};

struct Candidate {
    const Shown *shown;
    int scale;
    std::unique_ptr<gui::TimelineImage> image;
};

/// Paints views whose lengths are parts of @p whole seconds, and prints what each took.
/// @param name of the line, or nothing where only caches are to warm up
void paintViews(const Candidate &candidate, const std::vector<View> &views, double whole, const char *name)
{
    std::vector<long long> times;
    for (const View &view : views) {
        const double length = view.length * whole;
        const double first = view.at * (candidate.shown->length - length);
        const auto begin = std::chrono::steady_clock::now();
        [[maybe_unused]] const QImage &image =
            candidate.image->paint(trace::TimeAxis::Clock, first, first + length, size, candidate.scale);
        times.push_back((std::chrono::steady_clock::now() - begin) / std::chrono::nanoseconds(1));
    }
    if (name == nullptr)
        return;
    std::printf("%llu %d %s", static_cast<unsigned long long>(candidate.shown->events), candidate.scale, name);
    for (const long long time : times)
        std::printf(" %lld", time);
    std::printf("\n");
}

} // namespace

int paintTraces(const PaintEffort &effort)
{
    std::vector<std::uint64_t> lengths{10'000, 1'000'000};
    if (!effort.quick)
        lengths.push_back(10'000'000);
    std::vector<std::unique_ptr<Shown>> traces;
    std::vector<Candidate> candidates;
    for (const std::uint64_t events : lengths) {
        traces.push_back(std::make_unique<Shown>(events));
        for (const int scale : {1, 2}) {
            candidates.push_back({traces.back().get(), scale,
                                  std::make_unique<gui::TimelineImage>(gui::Theme::light(), gui::Fonts::installed())});
            candidates.back().image->attach(traces.back()->story, traces.back()->spans);
        }
    }

    const std::vector<View> views = pansAndZooms(effort.quick ? viewsARound / 4 : viewsARound);
    std::mt19937 order(effort.seed);
    const double shortest = traces.front()->length;
    for (int round = -1; round < effort.rounds; ++round) {
        std::shuffle(candidates.begin(), candidates.end(), order);
        for (const Candidate &candidate : candidates) {
            paintViews(candidate, views, candidate.shown->length, round < 0 ? nullptr : "parts");
            paintViews(candidate, views, shortest, round < 0 ? nullptr : "stretches");
        }
    }
    return 0;
}

} // namespace recvscope::benchmarks
