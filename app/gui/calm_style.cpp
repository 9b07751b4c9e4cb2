#include "gui/calm_style.h"

#include "gui/appearance.h"

#include <QPainter>
#include <QStyleOption>

namespace recvscope::gui {

namespace {

constexpr int scrollBarWidth = 9;

void drawTab(const QStyleOptionTab &tab, QPainter &painter, const Appearance &appearance)
{
    const Theme &theme = appearance.theme();
    const bool selected = (tab.state & QStyle::State_Selected) != 0;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (selected || (tab.state & QStyle::State_MouseOver) != 0) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(selected ? theme.accentFill : theme.soft);
        painter.drawRoundedRect(QRectF(tab.rect).adjusted(2, 2, -2, -2), 6, 6);
    }
    painter.setFont(selected ? appearance.fonts().bold : appearance.fonts().body);
    painter.setPen(selected ? theme.accent : theme.dim);
    painter.drawText(tab.rect, Qt::AlignCenter | Qt::TextShowMnemonic, tab.text);
    painter.restore();
}

} // namespace

CalmStyle::CalmStyle(const Appearance &appearance) : QProxyStyle(QStringLiteral("Fusion")), m_appearance(appearance) {}

int CalmStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DockWidgetSeparatorExtent:
        return gap;
    case PM_DockWidgetFrameWidth:
    case PM_DockWidgetTitleMargin:
        return 0;
    case PM_ScrollBarExtent:
        return scrollBarWidth;
    case PM_TabBarTabHSpace:
        return 28;
    case PM_TabBarTabVSpace:
        return 12;
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

void CalmStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    switch (element) {
    case PE_FrameTabBarBase:
    case PE_FrameDockWidget:
    case PE_PanelScrollAreaCorner:
        return;
    case PE_IndicatorDockWidgetResizeHandle:
        if ((option->state & State_MouseOver) != 0) {
            const bool tall = option->rect.height() > option->rect.width();
            const QSizeF grip = tall ? QSizeF(3, 32) : QSizeF(32, 3);
            QRectF rect({}, grip);
            rect.moveCenter(QRectF(option->rect).center());
            painter->save();
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_appearance.theme().dim);
            painter->drawRoundedRect(rect, 1.5, 1.5);
            painter->restore();
        }
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void CalmStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    if (element == CE_TabBarTab) {
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            drawTab(*tab, *painter, m_appearance);
            return;
        }
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void CalmStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                   const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || bar == nullptr) {
        QProxyStyle::drawComplexControl(control, option, painter, widget);
        return;
    }
    if (bar->maximum <= bar->minimum)
        return;
    const QRectF thumb = QRectF(subControlRect(control, option, SC_ScrollBarSlider, widget)).adjusted(2, 2, -2, -2);
    const double radius = qMin(thumb.width(), thumb.height()) / 2;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor colour = m_appearance.theme().dim;
    colour.setAlphaF((bar->state & State_MouseOver) != 0 ? 0.6F : 0.25F);
    painter->setBrush(colour);
    painter->drawRoundedRect(thumb, radius, radius);
    painter->restore();
}

QRect CalmStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                const QWidget *widget) const
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (control != CC_ScrollBar || bar == nullptr)
        return QProxyStyle::subControlRect(control, option, part, widget);
    // No arrows: the groove is all of it.
    const QRect all = bar->rect;
    const bool across = bar->orientation == Qt::Horizontal;
    const int length = across ? all.width() : all.height();
    const int range = bar->maximum - bar->minimum + bar->pageStep;
    const int thumb =
        range > 0 ? qMax(24, static_cast<int>(static_cast<qint64>(length) * bar->pageStep / range)) : length;
    const int start =
        sliderPositionFromValue(bar->minimum, bar->maximum, bar->sliderPosition, length - thumb, bar->upsideDown);
    const auto piece = [&](int from, int size) {
        const QRect rect = across ? QRect(all.left() + from, all.top(), size, all.height())
                                  : QRect(all.left(), all.top() + from, all.width(), size);
        return visualRect(bar->direction, all, rect);
    };
    switch (part) {
    case SC_ScrollBarGroove:
        return all;
    case SC_ScrollBarSlider:
        return piece(start, thumb);
    case SC_ScrollBarSubPage:
        return piece(0, start);
    case SC_ScrollBarAddPage:
        return piece(start + thumb, length - start - thumb);
    default:
        return {};
    }
}

} // namespace recvscope::gui
