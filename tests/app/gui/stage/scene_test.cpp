#include "gui/shown.h"
#include "gui/stage/scene.h"

#include "net/kind.h"
#include "scene_items.h"
#include "told_traces.h"
#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::stage {
namespace {

using trace::EventType;
using namespace Qt::StringLiterals;

const Place *placeNamed(const Scene &scene, const QString &name)
{
    const auto found =
        std::find_if(scene.places.begin(), scene.places.end(), [&](const Place &place) { return place.name == name; });
    return found == scene.places.end() ? nullptr : &*found;
}

/// The characters of the filled cells within a place.
QString cellsIn(const Scene &scene, const QRectF &rect)
{
    QString text;
    for (const Cell &cell : all<Cell>(scene))
        if (cell.state == CellState::Filled && rect.contains(cell.rect.center()))
            text += cell.character;
    return text;
}

trace::Moment between(trace::Moment moment, double toNext)
{
    moment.playhead.toNext = toNext;
    return moment;
}

} // namespace

TEST(Scene, isAFunctionOfTraceAndPlayheadAlone)
{
    const trace::Story one(test::pendingLesson());
    const trace::Story other(test::pendingLesson());
    for (std::uint32_t event = 0; event <= one.size(); ++event)
        EXPECT_EQ(buildScene(one, trace::momentAt(one, {event, 0}), {}),
                  buildScene(other, trace::momentAt(other, {event, 0}), {}));
    EXPECT_FALSE(buildScene(one, trace::momentAt(one, {3, 0}), {}) == buildScene(one, test::momentAtEnd(one), {}));
}

TEST(Scene, everyByteKeepsTheColourOfItsSendIntoItsPlace)
{
    const trace::Story story(test::pendingLesson());
    const Scene scene = buildScene(story, test::momentAfter(story, EventType::EventSet, test::r2), {});
    const Place *card = placeNamed(scene, u"receive r2"_s);
    ASSERT_NE(card, nullptr);
    EXPECT_EQ(cellsIn(scene, card->rect), u"world"_s);
    for (const Cell &cell : all<Cell>(scene))
        if (cell.state == CellState::Filled && card->rect.contains(cell.rect.center())) {
            EXPECT_EQ(cell.send, 1U);
        }
}

TEST(Scene, bytesStandInTheKernelBetweenSendAndReceive)
{
    const trace::Story story(test::pendingLesson());
    const Scene scene = buildScene(story, test::momentAfter(story, EventType::PeerSend), {});
    EXPECT_TRUE(allText(scene).contains(u"holds 6 of 131,072 bytes"_s));
    const auto filled = std::count_if(scene.items.begin(), scene.items.end(), [](const Item &item) {
        const auto *cell = std::get_if<Cell>(&item);
        return cell != nullptr && cell->state == CellState::Filled;
    });
    EXPECT_EQ(filled, 12) << "once at the peer, once in the kernel";
    const Place *card = placeNamed(scene, u"receive r1"_s);
    ASSERT_NE(card, nullptr) << "r1 is about to get them, though r2 was called last";
    EXPECT_EQ(cellsIn(scene, card->rect), QString());
}

TEST(Scene, whatHasNotHappenedYetIsFaded)
{
    const trace::Story story(test::pendingLesson());
    const Scene scene = buildScene(story, test::momentAfter(story, EventType::EventSet, test::r1), {});
    EXPECT_TRUE(allText(scene).contains(u"send 2, not yet"_s));
    EXPECT_TRUE(allText(scene).contains(u"then half close"_s));
    for (const Cell &cell : all<Cell>(scene))
        if (cell.state == CellState::Faded) {
            EXPECT_EQ(cell.send, 1U);
        }
}

TEST(Scene, aParcelTravelsWhereASendHappensAndNothingElseMoves)
{
    const trace::Story story(test::pendingLesson());
    const trace::Moment moment = test::momentAfter(story, EventType::Returned, test::r2);
    const std::vector<Flight> flights = all<Flight>(buildScene(story, between(moment, 0.5), {}));
    ASSERT_EQ(flights.size(), 1U);
    EXPECT_TRUE(flights[0].parcel);
    EXPECT_EQ(flights[0].text, u"6 B"_s);
    EXPECT_EQ(flights[0].send, 0U);
    EXPECT_GT(flights[0].progress, 0.4);
    EXPECT_LT(flights[0].progress, 0.6);
}

TEST(Scene, bytesFlyFromTheKernelToTheirPlacesWhereACopyHappens)
{
    const trace::Story story(test::pendingLesson());
    const trace::Moment moment = test::momentAfter(story, EventType::PeerSend);
    const std::vector<Flight> flights = all<Flight>(buildScene(story, between(moment, 0.5), {}));
    ASSERT_EQ(flights.size(), 6U);
    const Scene after = buildScene(story, test::momentAfter(story, EventType::Completed, test::r1), {});
    const std::vector<Cell> cells = all<Cell>(after);
    QString text;
    for (const Flight &flight : flights) {
        text += flight.text;
        EXPECT_FALSE(flight.parcel);
        EXPECT_TRUE(std::any_of(cells.begin(), cells.end(), [&](const Cell &cell) {
            return cell.rect == flight.to && cell.character == flight.text && cell.state == CellState::Filled;
        })) << "it lands where it stands afterwards";
    }
    EXPECT_EQ(text, u"hello·"_s);
    EXPECT_GT(flights.front().progress, flights.back().progress) << "in order";
}

TEST(Scene, nothingFliesBetweenOtherEventsNorWithReducedMotionNorWhenStopped)
{
    const trace::Story story(test::pendingLesson());
    SceneOptions reduced;
    reduced.reducedMotion = true;
    for (std::uint32_t event = 0; event < story.size(); ++event) {
        const trace::Moment moment = trace::momentAt(story, {event, 0});
        const EventType coming = story.event(event).type;
        EXPECT_EQ(all<Flight>(buildScene(story, between(moment, 0.5), {})).empty(),
                  coming != EventType::PeerSend && coming != EventType::KernelReceived)
            << nameOf(coming);
        EXPECT_TRUE(all<Flight>(buildScene(story, between(moment, 0.5), reduced)).empty());
        EXPECT_TRUE(all<Flight>(buildScene(story, moment, {})).empty());
        EXPECT_EQ(buildScene(story, between(moment, 0.5), reduced).items.size(),
                  buildScene(story, moment, reduced).items.size());
    }
}

TEST(Scene, manyBytesFlyAsOnePieceForEachSend)
{
    const trace::Story story(test::kibibyte());
    trace::Moment moment = trace::momentAt(story, {0, 0});
    for (std::uint32_t event = 0; event < story.size() && story.event(event).type != EventType::KernelReceived; ++event)
        moment = trace::momentAt(story, {event + 1, 0});
    const std::vector<Flight> flights = all<Flight>(buildScene(story, between(moment, 0.3), {}));
    EXPECT_EQ(flights.size(), 8U) << "seven sends, one of them parted by the buffers' border";
}

TEST(Scene, whoWaitsBehindIsAHatchedChipToSelect)
{
    const trace::Story story(test::pendingLesson());
    const Scene scene = buildScene(story, test::momentAfter(story, EventType::EventSet, test::r1), {});
    EXPECT_TRUE(allText(scene).contains(u"Waiting behind it:"_s));
    const Place *chip = placeNamed(scene, u"receive r2"_s);
    ASSERT_NE(chip, nullptr);
    EXPECT_EQ(chip->target.kind, Target::Kind::Receive);
    EXPECT_EQ(chip->target.receive, test::r2);
    const std::vector<Box> boxes = all<Box>(scene);
    EXPECT_TRUE(
        std::any_of(boxes.begin(), boxes.end(), [&](const Box &box) { return box.hatched && box.rect == chip->rect; }));
    EXPECT_EQ(scene.placeAt(chip->rect.center() * scene.zoom), chip);
}

TEST(Scene, aSelectedReceiveIsTheLargeOne)
{
    const trace::Story story(test::pendingLesson());
    SceneOptions options;
    options.selected = test::r2;
    const Scene scene = buildScene(story, test::momentAfter(story, EventType::EventSet, test::r1), options);
    EXPECT_TRUE(allText(scene).contains(u"RECEIVE r2"_s));
    EXPECT_TRUE(allText(scene).contains(u"Done:"_s));
}

TEST(Scene, endsAreToldBySignAndWord)
{
    const trace::Story end(test::pendingLesson());
    const Scene ended = buildScene(end, test::momentAtEnd(end), {});
    EXPECT_TRUE(allText(ended).contains(u"end seen: 0 = the end"_s));
    EXPECT_TRUE(std::ranges::any_of(all<Mark>(ended), [](const Mark &mark) { return mark.sign == Sign::EndCap; }));
    const trace::Story reset(test::resetWhilePending());
    const Scene broken = buildScene(reset, test::momentAtEnd(reset), {});
    EXPECT_TRUE(allText(broken).contains(u"reset seen"_s));
    EXPECT_TRUE(std::ranges::any_of(all<Mark>(broken), [](const Mark &mark) { return mark.sign == Sign::Cross; }));
}

TEST(Scene, severalSocketsAreTabsAndTheChosenOneIsDrawn)
{
    const trace::Story story(test::manySockets());
    const trace::Moment moment = test::momentAtEnd(story);
    const Scene latest = buildScene(story, moment, {});
    EXPECT_TRUE(allText(latest).contains(u"holds 12"_s)) << "the socket of the latest event";
    SceneOptions options;
    options.socket = SocketId{5};
    const Scene chosen = buildScene(story, moment, options);
    EXPECT_TRUE(allText(chosen).contains(u"holds 0"_s));
    EXPECT_TRUE(allText(chosen).contains(u"RECEIVE r5"_s));
    EXPECT_EQ(std::ranges::count_if(chosen.places,
                                    [](const Place &place) { return place.target.kind == Target::Kind::Socket; }),
              5);
}

TEST(Scene, hexIsShownOnDemand)
{
    const trace::Story story(test::pendingLesson());
    SceneOptions options;
    options.hexCells = true;
    const Scene scene = buildScene(story, test::momentAfter(story, EventType::PeerSend), options);
    EXPECT_TRUE(std::ranges::any_of(all<Cell>(scene), [](const Cell &cell) { return cell.character == u"6F"_s; }));
}

TEST(Scene, anEmptyTraceSaysWhatToDo)
{
    const trace::Story story;
    const Scene scene = buildScene(story, trace::momentAt(story, {}), {});
    EXPECT_TRUE(allText(scene).contains(u"Nothing has happened yet"_s));
    EXPECT_TRUE(allText(scene).contains(u"Listen"_s));
    EXPECT_FALSE(scene.summary.isEmpty());
}

TEST(Scene, aCutLinkHasAGapThatNothingCrosses)
{
    test::TraceBuilder trace;
    trace.opened(test::toldSocket);
    trace.called(test::r1, test::toldSocket, {8}, trace::CallOverlapped);
    trace.add(EventType::PeerLinkCut, test::toldSocket);
    const trace::Story story(trace.snapshot());
    const auto links = [](const Scene &scene) {
        std::vector<Line> found = all<Line>(scene);
        std::erase_if(found, [](const Line &line) { return line.style != LineStyle::Link; });
        return found;
    };
    EXPECT_EQ(links(buildScene(story, test::momentAfter(story, EventType::Called), {})).size(), 1U);
    const Scene cut = buildScene(story, test::momentAtEnd(story), {});
    ASSERT_EQ(links(cut).size(), 2U);
    EXPECT_LT(links(cut)[0].to.x() + 12, links(cut)[1].from.x());
    EXPECT_TRUE(allText(cut).contains(u"cut"_s));
}

TEST(Scene, theStageComesToTheReceiveWhoseLinkIsCut)
{
    test::TraceBuilder trace;
    trace.called(test::r1, SocketId{1}, {8}, trace::CallOverlapped);
    trace.add(EventType::Queued, SocketId{1}, 0, 0, test::r1);
    trace.called(test::r2, SocketId{2}, {8}, trace::CallOverlapped);
    trace.add(EventType::Queued, SocketId{2}, 0, 0, test::r2);
    trace.add(EventType::PeerLinkCut, SocketId{1});
    const trace::Story story(trace.snapshot());
    EXPECT_EQ(activeReceive(story, test::momentAfter(story, EventType::Queued, test::r2)), test::r2);
    EXPECT_EQ(activeReceive(story, test::momentAtEnd(story)), test::r1);
}

TEST(Scene, theKernelsSizeIsWhatItSaidWhenTheSocketWasOpenedAndNoMore)
{
    const auto holdingEleven = [](net::SocketKind kind, std::uint32_t receiveBuffer) {
        test::TraceBuilder trace;
        trace.add(EventType::SocketOpened, test::toldSocket, static_cast<std::uint32_t>(kind),
                  trace::packOpened(true, receiveBuffer));
        trace.sent(test::toldSocket, "hello world");
        const trace::Story story(trace.snapshot());
        return buildScene(story, test::momentAtEnd(story), {});
    };
    const auto kernelSays = [](const Scene &scene) {
        const auto place = std::find_if(scene.places.begin(), scene.places.end(),
                                        [](const Place &each) { return each.says.startsWith(u"The kernel holds"_s); });
        return place == scene.places.end() ? QString() : place->says;
    };
    const Scene known = holdingEleven(net::SocketKind::Tcp, 4096);
    EXPECT_TRUE(allText(known).contains(u"holds 11 of 4,096 bytes"_s));
    EXPECT_TRUE(kernelSays(known).contains(u"4,096 bytes when the socket was opened (SO_RCVBUF)"_s));
    EXPECT_TRUE(kernelSays(known).contains(u"it may have grown since"_s));
    for (const Scene &silent : {holdingEleven(net::SocketKind::Tcp, 0), holdingEleven(net::SocketKind::Tcp, 10),
                                holdingEleven(net::SocketKind::Unix, 4096)}) {
        EXPECT_TRUE(allText(silent).contains(u"holds 11 bytes"_s));
        EXPECT_FALSE(kernelSays(silent).contains(u"SO_RCVBUF"_s)) << kernelSays(silent).toStdString();
    }
}

TEST(Scene, everythingStandsWithinItsSizeAndTextsDoNotOverlap)
{
    for (const auto snapshot : {test::pendingLesson, test::kibibyte, test::mebibytes, test::resetWhilePending,
                                test::blocked, test::refused, test::atOnce, test::manyBuffers, test::manySockets})
        for (const QSizeF size : {QSizeF(560, 300), QSizeF(640, 480), QSizeF(836, 372), QSizeF(1600, 500)}) {
            const trace::Story story(snapshot());
            SceneOptions options;
            options.size = size;
            const Scene scene = buildScene(story, test::momentAtEnd(story), options);
            const QRectF frame(QPointF(0, 0), size / scene.zoom);
            const std::vector<Text> texts = all<Text>(scene);
            for (std::size_t i = 0; i < texts.size(); ++i) {
                EXPECT_TRUE(frame.contains(texts[i].rect))
                    << texts[i].spans.front().text.toStdString() << " at " << size.width();
                for (std::size_t j = i + 1; j < texts.size(); ++j)
                    EXPECT_FALSE(texts[i].rect.adjusted(1, 3, -1, -3).intersects(texts[j].rect.adjusted(1, 3, -1, -3)))
                        << texts[i].spans.front().text.toStdString() << " over "
                        << texts[j].spans.front().text.toStdString() << " at " << size.width();
            }
            for (const Cell &cell : all<Cell>(scene))
                EXPECT_TRUE(frame.contains(cell.rect));
            for (const Box &box : all<Box>(scene))
                EXPECT_TRUE(frame.contains(box.rect));
        }
}

} // namespace recvscope::gui::stage
