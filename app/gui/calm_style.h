// Fusion, made quieter: thin scroll bars, tabs without boxes, gaps instead of handles between panels.
//
// Threads: the window's.

#pragma once

#include <QProxyStyle>

namespace recvscope::gui {

class Appearance;

class CalmStyle : public QProxyStyle {
    Q_OBJECT
public:
    static constexpr int gap = 8; ///< between panels

    explicit CalmStyle(const Appearance &appearance);

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;

private:
    const Appearance &m_appearance;
};

} // namespace recvscope::gui
