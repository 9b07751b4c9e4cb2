// The signs that mean something without their colour, and the textures that tell sends apart beside it.
//
// Threads: the thread of the painter.

#pragma once

#include "gui/stage/scene.h"
#include "gui/theme.h"

class QPainter;

namespace recvscope::gui::stage {

void paintSign(QPainter &painter, Sign sign, QPointF at, double size, const QColor &colour);

/// Drawn thinly over the fill of a send; nothing for the sends that have none.
void paintTexture(QPainter &painter, const QRectF &rect, const SendColour &colour);

} // namespace recvscope::gui::stage
