// What the stage draws on what: every text at least 4.5 to 1, every mark that means something 3 to 1, in both themes.

#include "gui/stage/scene_painter.h"
#include "told_traces.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::stage {
namespace {

constexpr double forText = 4.5;
constexpr double forMark = 3;

class Contrast : public testing::TestWithParam<const Theme *> {
protected:
    /// The colour under a point: that of the last filled box before the item.
    [[nodiscard]] QColor under(const std::vector<Item> &items, std::size_t item, QPointF point) const
    {
        QColor colour = theme.panel;
        for (std::size_t i = 0; i < item; ++i)
            if (const auto *box = std::get_if<Box>(&items[i]);
                box != nullptr && box->fill != Tone::None && box->rect.contains(point))
                colour = colourOf(theme, {box->fill});
        return colour;
    }

    const Theme &theme = *GetParam();
};

} // namespace

TEST_P(Contrast, everyTextAndEverySignOfEveryCaseStandsOut)
{
    for (const auto snapshot :
         {test::pendingLesson, test::kibibyte, test::mebibytes, test::resetWhilePending, test::blocked, test::refused,
          test::atOnce, test::manySockets, test::messages, test::cutDatagram, test::routines, test::misuse,
          test::urgentByte, test::disconnected}) {
        const trace::Story story(snapshot());
        for (std::uint32_t event = 0; event <= story.size();
             event = event == story.size() ? event + 1 : story.stepForward(event)) {
            const Scene scene = buildScene(story, trace::momentAt(story, {event, 0}), {});
            for (std::size_t i = 0; i < scene.items.size(); ++i) {
                if (const auto *text = std::get_if<Text>(&scene.items[i])) {
                    const QColor surface = text->plate ? theme.panel : under(scene.items, i, text->rect.center());
                    for (const Span &span : text->spans)
                        EXPECT_GE(contrast(colourOf(theme, span.ink), surface), forText)
                            << span.text.toStdString() << " on " << surface.name().toStdString();
                } else if (const auto *mark = std::get_if<Mark>(&scene.items[i])) {
                    EXPECT_GE(contrast(colourOf(theme, {mark->tone}), under(scene.items, i, mark->centre)), forMark);
                } else if (const auto *cell = std::get_if<Cell>(&scene.items[i])) {
                    const QColor surface = under(scene.items, i, cell->rect.center());
                    const SendColour colour = theme.sendColour(cell->send);
                    if (cell->state == CellState::Filled) {
                        EXPECT_GE(contrast(theme.ink, colour.fill), forText);
                        EXPECT_GE(contrast(colour.edge, surface), forMark);
                    } else if (cell->state != CellState::Empty) {
                        EXPECT_GE(contrast(theme.dim, theme.soft), forText);
                        EXPECT_GE(contrast(colour.edge, theme.soft), forMark);
                    }
                }
            }
        }
    }
}

TEST_P(Contrast, freeSpaceAndHatchStandOutFromWhatTheyLieOn)
{
    for (const QColor &surface : {theme.panel, theme.soft, theme.accentFill})
        EXPECT_GE(contrast(quietMark(theme), surface), forMark) << surface.name().toStdString();
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, Contrast, testing::Values(&Theme::light(), &Theme::darkTheme()),
                         [](const auto &each) { return each.param->dark ? "dark" : "light"; });

} // namespace recvscope::gui::stage
