// A line or paragraph of text in one of the theme's inks, that follows the theme.
//
// Threads: the window's.

#pragma once

#include "gui/appearance.h"

#include <QLabel>

namespace recvscope::gui {

class Label : public QLabel {
    Q_OBJECT
public:
    using Ink = QColor Theme::*;

    /// @p font one of appearance.fonts()
    Label(const Appearance &appearance, const QFont &font, Ink ink = &Theme::ink, QWidget *parent = nullptr);

    void setInk(Ink ink);
    /// A paragraph: wraps, and its text can be selected.
    Label *wrapped();
    /// Text with the line spacing of running prose.
    void setProse(const QString &text);

private:
    void recolour();

    const Appearance &m_appearance;
    Ink m_ink;
};

} // namespace recvscope::gui
