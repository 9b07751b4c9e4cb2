// What the raster says against a slow computation from the events, on random small traces.

#include "gui/timeline/exact_source.h"
#include "gui/timeline/hatch.h"
#include "gui/timeline/indexed_source.h"
#include "gui/timeline/raster.h"
#include "gui/timeline/timeline_image.h"

#include "random_trace.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

namespace recvscope::gui {

namespace {

using trace::TimeAxis;

const LaneLayout packedLanes({{SocketId{1}, false, {}}});

/// A view whose columns are whole numbers of grains and lie between the times of events.
struct View {
    View(std::mt19937 &random, Nanoseconds length)
    {
        ratio = random() % 2 == 0 ? 1 : 2;
        width = 20 + static_cast<int>(random() % 300);
        const Nanoseconds columns = static_cast<Nanoseconds>((width + 2 * static_cast<int>(overhang)) * ratio);
        perColumn = test::grain * (1 + random() % (2 + length / columns / test::grain));
        const Nanoseconds left = static_cast<Nanoseconds>(overhang) * static_cast<Nanoseconds>(ratio) * perColumn;
        begin = left + test::grain / 2 + test::grain * (random() % (1 + length / test::grain));
        first = begin - left;
        view.scale = {static_cast<double>(begin) * 1e-9,
                      static_cast<double>(begin + perColumn * static_cast<Nanoseconds>(width * ratio)) * 1e-9,
                      static_cast<double>(width)};
        view.lanes = {160, 0, packedLanes.count()};
        view.overhang = overhang;
        view.deviceRatio = ratio;
        view.textWidth = view.monoWidth = [](const QString &text) { return 6.0 * static_cast<double>(text.size()); };
    }
    [[nodiscard]] Nanoseconds from(std::size_t column) const { return first + perColumn * column; }

    static constexpr double overhang = 8;
    SceneView view;
    int ratio = 1, width = 0;
    Nanoseconds begin = 0, first = 0, perColumn = 1;
};

struct Told {
    explicit Told(const std::vector<trace::Event> &list) : events(list), spans(test::slowSpans(list))
    {
        for (const trace::Event &event : events)
            builder.add(event);
        story.extend(builder.snapshot());
        index.extend(builder.snapshot());
        marks.extend(story);
    }

    std::vector<trace::Event> events;
    std::vector<test::SlowSpan> spans;
    test::TraceBuilder builder;
    trace::Story story;
    trace::SpanIndex index;
    Marks marks;
};

const LaneShape &laneOf(const TimelineScene &scene, Lane::Kind kind)
{
    return *std::find_if(scene.lanes.begin(), scene.lanes.end(),
                         [&](const LaneShape &lane) { return lane.lane.kind == kind; });
}

} // namespace

TEST(Raster, bothSourcesAgreeWithASlowCountingOfColumns)
{
    std::mt19937 random(11);
    for (int round = 0; round < 150; ++round) {
        const Told told(test::randomTrace(random, 1 + random() % 40));
        const View view(random, told.events.back().time);
        const ExactSource exact(told.marks, TimeAxis::Clock, told.story.length(TimeAxis::Clock),
                                SceneNames::of(told.story));
        const IndexedSource indexed(told.story, told.index, false);
        const TimelineScene one = exact.scene(packedLanes, view.view);
        const TimelineScene other = indexed.scene(packedLanes, view.view);
        ASSERT_EQ(one.packed.size(), 1U);
        ASSERT_EQ(other.packed.size(), 1U);
        const std::size_t columns = one.packed[0].columns.size();
        ASSERT_EQ(columns, static_cast<std::size_t>((view.width + 16) * view.ratio));
        ASSERT_EQ(other.packed[0].columns.size(), columns);
        for (std::size_t i = 0; i < columns; ++i) {
            const trace::Column slow = test::slowColumn(told.spans, view.from(i), view.from(i + 1));
            ASSERT_EQ(one.packed[0].columns[i], slow) << "exact, round " << round << ", column " << i;
            ASSERT_EQ(other.packed[0].columns[i], slow) << "indexed, round " << round << ", column " << i;
        }
    }
}

TEST(Raster, eachPixelOfAPackedLaneSaysWhatItsColumnHolds)
{
    std::mt19937 random(12);
    const Theme theme = Theme::light();
    for (int round = 0; round < 60; ++round) {
        const Told told(test::randomTrace(random, 1 + random() % 40));
        const View view(random, told.events.back().time);
        const TimelineScene scene = IndexedSource(told.story, told.index, false).scene(packedLanes, view.view);
        QImage image;
        paintTimeline(scene, {theme, Fonts::installed(), {}, {}}, image);
        const Hatch hatch(theme.soft, theme.dim, view.ratio);
        const PackedShape &packed = scene.packed[0];
        const int top = static_cast<int>(packed.top * view.ratio);
        const int height = static_cast<int>(packed.height * view.ratio);
        const int y = top + height / 4; // above the ticks of beginnings, within the hatch
        const int middle = top + height / 2;
        ASSERT_EQ(image.width(), static_cast<int>(packed.columns.size()));
        for (int x = 0; x < image.width(); ++x) {
            const auto i = static_cast<std::size_t>(x);
            const trace::Column slow = test::slowColumn(told.spans, view.from(i), view.from(i + 1));
            const QRgb above = image.pixel(x, y), centre = image.pixel(x, middle);
            if (slow.spans == 0)
                ASSERT_EQ(qAlpha(above), 0) << "nothing there";
            else if (slow.failed > 0)
                ASSERT_EQ(above, theme.failure.rgb()) << "a failure";
            else if (slow.pending)
                ASSERT_EQ(above, hatch.at(x, y)) << "pending";
            else
                ASSERT_EQ(centre, theme.good.rgb()) << "at once";
        }
    }
}

TEST(Raster, theKernelsLaneReachesAsHighAsTheKernelHeldInEachColumn)
{
    std::mt19937 random(13);
    const Theme theme = Theme::light();
    for (int round = 0; round < 60; ++round) {
        const Told told(test::randomTrace(random, 4 + random() % 30));
        const View view(random, told.events.back().time);
        const TimelineScene scene = IndexedSource(told.story, told.index, false).scene(packedLanes, view.view);
        QImage image;
        paintTimeline(scene, {theme, Fonts::installed(), {}, {}}, image);
        const LevelShape &shape = scene.levels.at(0);
        const std::uint64_t highest = test::slowLevel(told.events, 0, ~Nanoseconds{0}).high;
        const LaneShape &lane = laneOf(scene, Lane::Kind::Kernel);
        const double full = shape.base - shape.top;
        for (int x = 8 * view.ratio; x < (8 + view.width) * view.ratio; ++x) {
            const auto i = static_cast<std::size_t>(x);
            const test::SlowLevel level = test::slowLevel(told.events, view.from(i), view.from(i + 1));
            const double up =
                level.high == 0 ? 0
                                : std::max(static_cast<double>(level.high) / static_cast<double>(highest) * full, 2.0);
            int top = static_cast<int>((lane.top - 2) * view.ratio);
            while (top < image.height() && qAlpha(image.pixel(x, top)) == 0)
                ++top;
            // A neighbour's upright stroke may stand in this column as well, so it is at least as high; not lower.
            const double wanted = (shape.base - up) * view.ratio;
            ASSERT_LE(top, wanted + 1.5) << "round " << round << ", column " << x;
            const test::SlowLevel before = test::slowLevel(told.events, view.from(i - 1), view.from(i));
            const test::SlowLevel after = test::slowLevel(told.events, view.from(i + 1), view.from(i + 2));
            const std::uint64_t most = std::max({level.high, before.high, after.high});
            const double most_up =
                most == 0 ? 0 : std::max(static_cast<double>(most) / static_cast<double>(highest) * full, 2.0);
            ASSERT_GE(top, (shape.base - most_up) * view.ratio - 2.5) << "round " << round << ", column " << x;
        }
    }
}

TEST(Raster, aLongPendingReceiveIsSeenUnderAThousandShortOnes)
{
    test::Told list;
    list.at(1).call(1, {8}).pend(1);
    for (std::uint32_t i = 2; i < 1000; ++i)
        list.at(1 + i).send(1).call(i, {8}).receive(i, 1);
    list.at(1100).receive(1, 1);
    const Told told(list.events());
    View view = [] {
        std::mt19937 random(1);
        return View(random, 1000);
    }();
    view.view.scale = {0.5, 0.6, 200};
    const TimelineScene scene = IndexedSource(told.story, told.index, false).scene(packedLanes, view.view);
    for (const trace::Column &column : scene.packed[0].columns)
        ASSERT_TRUE(column.pending);
}

TEST(Raster, theImageIsAsLargeAsItWasAskedFor)
{
    const Told told(test::lesson17());
    TimelineImage image(Theme::light(), Fonts::installed());
    image.attach(told.story, told.index);
    for (const double scale : {1.0, 1.25, 1.5, 2.0}) {
        const QImage &painted = image.paint(TimeAxis::Clock, 0, 0.008, {816, 220}, scale);
        EXPECT_EQ(painted.width(), static_cast<int>(816 * scale));
        EXPECT_EQ(painted.height(), static_cast<int>(220 * scale));
        EXPECT_DOUBLE_EQ(painted.devicePixelRatio(), scale);
    }
}

} // namespace recvscope::gui
