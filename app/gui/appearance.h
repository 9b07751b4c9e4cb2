// How everything looks now: the theme in force, the fonts, and whether things may move.
//
// Threads: the window's.

#pragma once

#include "gui/theme.h"

#include <QFont>
#include <QObject>

class QPainter;

namespace recvscope::gui {

/// Sizes are in device-independent pixels.
struct Fonts {
    QFont body;     ///< the interface font, 13 px
    QFont bold;     ///< body, semibold
    QFont small;    ///< 11 px, for notes beside marks
    QFont capitals; ///< 11 px, semibold, spaced: panel names; the caller gives upper-case text
    QFont heading;  ///< 15 px, semibold
    QFont mono;     ///< bytes, times and identifiers, 12 px
    QFont monoBold;

    /// From the fonts that are installed.
    [[nodiscard]] static Fonts installed();
};

class Appearance : public QObject {
    Q_OBJECT
public:
    enum class Choice : unsigned char { System, Light, Dark };

    explicit Appearance(QObject *parent = nullptr);

    [[nodiscard]] const Theme &theme() const;
    [[nodiscard]] const Fonts &fonts() const { return m_fonts; }
    /// Nothing moves between events then.
    [[nodiscard]] bool reducedMotion() const;

    [[nodiscard]] Choice choice() const { return m_choice; }
    void setChoice(Choice choice);
    /// Reduces motion whatever the system says.
    void setReducedMotion(bool reduced);

    /// Gives the application palette, font and style of the theme; once it has been called, later changes follow.
    void applyToApplication();

signals:
    /// The theme or the motion changed: repaint.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setDark(bool dark);

    Fonts m_fonts;
    Choice m_choice = Choice::System;
    bool m_systemDark = false;
    bool m_dark = false;
    bool m_reducedMotion = false;
    bool m_applies = false;
};

} // namespace recvscope::gui
