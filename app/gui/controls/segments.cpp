#include "gui/controls/segments.h"

#include "gui/appearance.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace recvscope::gui {

namespace {
constexpr int fullHeight = 28;
constexpr int inset = 2;
constexpr int sides = 10;
} // namespace

Segments::Segments(const QStringList &names, const Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_names(names)
{
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void Segments::setCurrent(int index)
{
    index = std::clamp(index, 0, static_cast<int>(m_names.size()) - 1);
    if (index == m_current)
        return;
    m_current = index;
    update();
    emit changed(index);
}

int Segments::widthOf(int index) const
{
    return QFontMetrics(m_appearance.fonts().bold).horizontalAdvance(m_names[index]) + 2 * sides;
}

QRect Segments::segment(int index) const
{
    int x = inset;
    for (int i = 0; i < index; ++i)
        x += widthOf(i);
    return {x, inset, widthOf(index), fullHeight - 2 * inset};
}

QSize Segments::sizeHint() const
{
    return {segment(static_cast<int>(m_names.size()) - 1).right() + 1 + inset, fullHeight};
}

void Segments::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_appearance.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(hasFocus() ? QPen(theme.accent, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(theme.soft);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    for (int i = 0; i < m_names.size(); ++i) {
        const QRect place = segment(i);
        const bool on = i == m_current;
        if (on) {
            painter.setPen(QPen(theme.line, 1));
            painter.setBrush(theme.panel);
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        }
        painter.setFont(on ? m_appearance.fonts().bold : m_appearance.fonts().body);
        painter.setPen(on ? theme.ink : theme.dim);
        painter.drawText(place, Qt::AlignCenter, m_names[i]);
    }
}

void Segments::mousePressEvent(QMouseEvent *event)
{
    for (int i = 0; i < m_names.size(); ++i)
        if (segment(i).contains(event->pos()))
            setCurrent(i);
}

void Segments::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Left)
        setCurrent(m_current - 1);
    else if (event->key() == Qt::Key_Right)
        setCurrent(m_current + 1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace recvscope::gui
