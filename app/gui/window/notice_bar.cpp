#include "gui/window/notice_bar.h"

#include "gui/card.h"
#include "gui/controls/flat_button.h"
#include "gui/controls/label.h"

#include <QHBoxLayout>
#include <QPainter>

namespace recvscope::gui {

namespace {
constexpr int gapAbove = 8;
}

NoticeBar::NoticeBar(const Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_text(new Label(appearance, appearance.fonts().body))
{
    m_text->wrapped();
    auto *close = new FlatButton(FlatButton::Look::Plain, Glyph::Cross, tr("Close this notice"), appearance);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, gapAbove + 4, 8, 4);
    layout->addWidget(m_text, 1);
    layout->addWidget(close);
    connect(close, &QAbstractButton::clicked, this, &QWidget::hide);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
    hide();
}

void NoticeBar::tell(const QString &sentence, bool bad)
{
    m_bad = bad;
    m_text->setText(sentence);
    m_text->setInk(bad ? &Theme::failure : &Theme::ink);
    setAccessibleName(sentence);
    show();
    update();
}

QString NoticeBar::sentence() const
{
    return isHidden() ? QString() : m_text->text();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_bad ? m_appearance.theme().failureFill : m_appearance.theme().accentFill);
    painter.drawRoundedRect(rect().adjusted(0, gapAbove, 0, 0), Card::radius, Card::radius);
}

} // namespace recvscope::gui
