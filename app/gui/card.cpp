#include "gui/card.h"

#include "gui/appearance.h"

#include <QPainter>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {
constexpr int titleHeight = 32;
constexpr int titleBaseline = 24;
} // namespace

Card::Card(const QString &title, const Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_title(title), m_layout(new QVBoxLayout(this))
{
    m_layout->setSpacing(8);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
    placeBody();
}

void Card::setBody(QWidget *body, bool padded)
{
    m_padded = padded;
    m_layout->addWidget(body);
    placeBody();
}

void Card::setTitle(const QString &title)
{
    m_title = title;
    placeBody();
    update();
}

void Card::placeBody()
{
    const int side = m_padded ? padding : 1;
    m_layout->setContentsMargins(side, m_title.isEmpty() ? side : titleHeight, side, side);
}

void Card::paintFrame(QPainter &painter, const QRectF &rect, const Appearance &appearance)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(appearance.theme().line, 1));
    painter.setBrush(appearance.theme().panel);
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

void Card::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintFrame(painter, rect(), m_appearance);
    if (!m_title.isEmpty())
        paintCapitals(painter, QPointF(padding, titleBaseline), m_title, m_appearance);
}

void paintCapitals(QPainter &painter, const QPointF &baseline, const QString &text, const Appearance &appearance)
{
    painter.setFont(appearance.fonts().capitals);
    painter.setPen(appearance.theme().dim);
    painter.drawText(baseline, text.toUpper());
}

} // namespace recvscope::gui
