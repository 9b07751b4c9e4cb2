// A button in the window's look: quiet until it is needed.
//
// Threads: the window's.

#pragma once

#include "gui/controls/glyph.h"

#include <QAbstractButton>

namespace recvscope::gui {

class Appearance;

class FlatButton : public QAbstractButton {
    Q_OBJECT
public:
    enum class Look : std::uint8_t {
        Soft,    ///< on the soft fill
        Pill,    ///< the same, fully rounded
        Primary, ///< the one thing to do
        Choice,  ///< on the panel with a line; checked: as Primary
        Tab,     ///< on the soft fill; checked: on the accent's fill
        Plain,   ///< no fill until the pointer is on it
    };

    FlatButton(Look look, const QString &text, const Appearance &appearance, QWidget *parent = nullptr);
    /// @p name tells screen readers and the tool tip what it does.
    FlatButton(Look look, Glyph glyph, const QString &name, const Appearance &appearance, QWidget *parent = nullptr);

    void setGlyph(Glyph glyph, const QString &name);
    void setLook(Look look);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void begin();

    const Appearance &m_appearance;
    Look m_look;
    Glyph m_glyph = Glyph::None;
};

} // namespace recvscope::gui
