// The tokens hold what the look asks of them: computed, not trusted.

#include "gui/theme.h"

#include <gtest/gtest.h>

#include <set>
#include <utility>

namespace recvscope::gui {
namespace {

constexpr double text = 4.5;
constexpr double mark = 3;

class ThemeTest : public testing::TestWithParam<const Theme *> {
protected:
    const Theme &theme = *GetParam();
};

TEST_P(ThemeTest, textCanBeReadOnEverySurface)
{
    for (const QColor &surface : {theme.ground, theme.panel, theme.soft}) {
        EXPECT_GE(contrast(theme.ink, surface), text) << surface.name().toStdString();
        EXPECT_GE(contrast(theme.dim, surface), text) << surface.name().toStdString();
    }
    for (const QColor &surface : {theme.accentFill, theme.goodFill, theme.cautionFill, theme.failureFill}) {
        EXPECT_GE(contrast(theme.ink, surface), text) << surface.name().toStdString();
        EXPECT_GE(contrast(theme.dim, surface), text) << surface.name().toStdString();
    }
    EXPECT_GE(contrast(theme.onAccent, theme.accent), text);
}

TEST_P(ThemeTest, wordsOfMeaningCanBeReadOnTheirFillAndOnPanels)
{
    const std::pair<QColor, QColor> words[] = {{theme.accent, theme.accentFill},
                                               {theme.good, theme.goodFill},
                                               {theme.caution, theme.cautionFill},
                                               {theme.failure, theme.failureFill}};
    for (const auto &[word, fill] : words)
        for (const QColor &surface : {fill, theme.panel, theme.soft})
            EXPECT_GE(contrast(word, surface), text)
                << word.name().toStdString() << " on " << surface.name().toStdString();
}

TEST_P(ThemeTest, marksStandOutFromWhatTheyLieOn)
{
    for (const QColor &surface : {theme.ground, theme.panel, theme.soft})
        EXPECT_GE(contrast(theme.playhead, surface), mark);
    for (std::size_t send = 0; send < 12; ++send) {
        const SendColour colour = theme.sendColour(send);
        for (const QColor &surface : {theme.panel, theme.soft, theme.accentFill, colour.fill})
            EXPECT_GE(contrast(colour.edge, surface), mark)
                << "send " << send << " on " << surface.name().toStdString();
        EXPECT_GE(contrast(theme.ink, colour.fill), text) << "send " << send;
    }
}

TEST_P(ThemeTest, sendsStayApartByColourAndTexture)
{
    std::set<std::pair<QRgb, Texture>> seen;
    for (std::size_t send = 0; send < 24; ++send) {
        const SendColour colour = theme.sendColour(send);
        EXPECT_EQ(colour.texture == Texture::None, send < 3) << "send " << send;
        EXPECT_TRUE(seen.emplace(colour.edge.rgb(), colour.texture).second) << "send " << send;
    }
}

INSTANTIATE_TEST_SUITE_P(LightAndDark, ThemeTest, testing::Values(&Theme::light(), &Theme::darkTheme()),
                         [](const auto &each) { return each.param->dark ? "dark" : "light"; });

} // namespace
} // namespace recvscope::gui
