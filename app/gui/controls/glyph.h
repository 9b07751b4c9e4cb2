// The signs on buttons, drawn rather than set in a font, so that they look the same everywhere.

#pragma once

#include <QColor>
#include <QRectF>

#include <cstdint>

class QPainter;

namespace recvscope::gui {

enum class Glyph : std::uint8_t {
    None,
    ToStart,
    StepBack,
    Play,
    Pause,
    StepForward,
    ToEnd,
    RunAgain,
    Stop,
    Menu,
    Sun,
    Moon,
    Tick,
    Cross
};

/// Centred in @p rect, 14 px high at most.
void paintGlyph(QPainter &painter, Glyph glyph, const QRectF &rect, const QColor &colour);

} // namespace recvscope::gui
