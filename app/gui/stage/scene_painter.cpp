#include "gui/stage/scene_painter.h"

#include "gui/stage/brush.h"

#include <QPainter>

#include <cmath>

namespace recvscope::gui::stage {

namespace {

constexpr double markContrast = 3;

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

} // namespace

QColor colourOf(const Theme &theme, const Shade &shade)
{
    switch (shade.tone) {
    case Tone::None:
        return Qt::transparent;
    case Tone::Panel:
        return theme.panel;
    case Tone::Soft:
        return theme.soft;
    case Tone::Line:
        return theme.line;
    case Tone::Ink:
        return theme.ink;
    case Tone::Dim:
        return theme.dim;
    case Tone::Accent:
        return theme.accent;
    case Tone::AccentFill:
        return theme.accentFill;
    case Tone::Good:
        return theme.good;
    case Tone::GoodFill:
        return theme.goodFill;
    case Tone::Caution:
        return theme.caution;
    case Tone::CautionFill:
        return theme.cautionFill;
    case Tone::Failure:
        return theme.failure;
    case Tone::FailureFill:
        return theme.failureFill;
    case Tone::Send:
        return theme.sendColour(shade.send).edge;
    case Tone::SendFill:
        return theme.sendColour(shade.send).fill;
    }
    return theme.ink;
}

QColor quietMark(const Theme &theme)
{
    constexpr double step = 0.05;
    for (double share = step; share < 1; share += step) {
        const QColor colour = mixed(theme.line, theme.dim, share);
        if (contrast(colour, theme.panel) >= markContrast && contrast(colour, theme.soft) >= markContrast &&
            contrast(colour, theme.accentFill) >= markContrast)
            return colour;
    }
    return theme.dim;
}

void paintScene(QPainter &painter, const Scene &scene, const Theme &theme, const Fonts &fonts)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    Brush brush(painter, scene, theme, fonts);
    for (const Item &item : scene.items)
        std::visit([&brush](const auto &one) { paint(brush, one); }, item);
    painter.restore();
}

} // namespace recvscope::gui::stage
