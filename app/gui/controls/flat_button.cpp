#include "gui/controls/flat_button.h"

#include "gui/appearance.h"

#include <QPainter>

namespace recvscope::gui {

namespace {

constexpr int textHeight = 28;
constexpr int glyphWidth = 34;
constexpr int glyphHeight = 30;

struct Ink {
    QColor fill, line, text;
};

QColor mixed(const QColor &one, const QColor &other, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(a + (b - a) * share); };
    return {mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue())};
}

Ink inkOf(FlatButton::Look look, bool checked, const Theme &theme)
{
    using Look = FlatButton::Look;
    if (look == Look::Primary || (look == Look::Choice && checked))
        return {theme.accent, theme.accent, theme.onAccent};
    if (checked)
        return {theme.accentFill, theme.accentFill, theme.accent};
    switch (look) {
    case Look::Choice:
        return {theme.panel, theme.line, theme.ink};
    case Look::Plain:
        return {Qt::transparent, Qt::transparent, theme.ink};
    default:
        return {theme.soft, theme.soft, theme.ink};
    }
}

} // namespace

FlatButton::FlatButton(Look look, const QString &text, const Appearance &appearance, QWidget *parent)
    : QAbstractButton(parent), m_appearance(appearance), m_look(look)
{
    setText(text);
    begin();
}

FlatButton::FlatButton(Look look, Glyph glyph, const QString &name, const Appearance &appearance, QWidget *parent)
    : QAbstractButton(parent), m_appearance(appearance), m_look(look)
{
    setGlyph(glyph, name);
    begin();
}

void FlatButton::begin()
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setFont(m_appearance.fonts().body);
    connect(&m_appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void FlatButton::setGlyph(Glyph glyph, const QString &name)
{
    m_glyph = glyph;
    setAccessibleName(name);
    setToolTip(name);
    update();
}

void FlatButton::setLook(Look look)
{
    m_look = look;
    update();
}

QSize FlatButton::sizeHint() const
{
    if (m_glyph != Glyph::None)
        return {glyphWidth, glyphHeight};
    const int sides = m_look == Look::Plain ? 16 : 32;
    const int width = fontMetrics().size(Qt::TextShowMnemonic, text()).width();
    return {width + sides, textHeight};
}

QSize FlatButton::minimumSizeHint() const
{
    return sizeHint();
}

void FlatButton::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_appearance.theme();
    Ink ink = inkOf(m_look, isChecked(), theme);
    if (!isEnabled())
        // The answers that were not chosen are still there to be read.
        ink.text = m_look == Look::Choice ? theme.dim : mixed(theme.dim, theme.panel, 0.45);
    else if (isDown() || underMouse())
        ink.fill = ink.fill.alpha() == 0 ? theme.soft : mixed(ink.fill, theme.ink, isDown() ? 0.12 : 0.06);

    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF frame = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    const double radius = m_look == Look::Pill ? frame.height() / 2 : 6;
    painter.setPen(ink.line.alpha() == 0 ? QPen(Qt::NoPen) : QPen(m_look == Look::Choice ? ink.line : ink.fill, 1));
    painter.setBrush(ink.fill);
    painter.drawRoundedRect(frame, radius, radius);
    if (hasFocus()) {
        painter.setPen(QPen(m_look == Look::Primary ? theme.ink : theme.accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    }
    if (m_glyph != Glyph::None) {
        paintGlyph(painter, m_glyph, rect(), ink.text);
        return;
    }
    painter.setFont(isChecked() && m_look != Look::Pill ? m_appearance.fonts().bold : font());
    painter.setPen(ink.text);
    painter.drawText(rect(), Qt::AlignCenter | Qt::TextShowMnemonic, text());
}

void FlatButton::enterEvent(QEnterEvent *event)
{
    QAbstractButton::enterEvent(event);
    update();
}

void FlatButton::leaveEvent(QEvent *event)
{
    QAbstractButton::leaveEvent(event);
    update();
}

} // namespace recvscope::gui
