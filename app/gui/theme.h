// The colours of the window as tokens, for light and dark. Each says what it means, never where it is used.
//
// Threads: values.

#pragma once

#include <QColor>

#include <cstddef>

namespace recvscope::gui {

/// A second sign beside colour, for those who cannot tell colours apart: the first three sends have none.
enum class Texture : unsigned char { None, Rising, Falling, Level, Dots };

struct SendColour {
    QColor edge;                     ///< carries the meaning: at least 3 to 1 against panel and soft
    QColor fill;                     ///< characters stand in `ink` on it
    Texture texture = Texture::None; ///< drawn thinly in `edge` over the fill
};

struct Theme {
    bool dark = false;
    QColor ground, panel, soft;
    QColor ink, dim, line;
    QColor accent, accentFill, onAccent; ///< onAccent: text on a surface of accent
    QColor good, goodFill;
    QColor caution, cautionFill;
    QColor failure, failureFill;
    QColor playhead; ///< for the playhead alone

    /// The colour of a send, counted from 0. It never runs out: after the series, textures tell the same colours apart.
    [[nodiscard]] SendColour sendColour(std::size_t index) const;

    [[nodiscard]] static const Theme &light();
    [[nodiscard]] static const Theme &darkTheme();
};

/// Contrast of two opaque colours, 1 to 21, as WCAG 2 defines it.
[[nodiscard]] double contrast(const QColor &one, const QColor &other);

} // namespace recvscope::gui
