#include "gui/controls/speed_slider.h"

#include "gui/appearance.h"

#include <QMouseEvent>
#include <QPainter>
#include <QSignalBlocker>

#include <cmath>

namespace recvscope::gui {

namespace {
constexpr int steps = 1000;
constexpr double knob = 7;
} // namespace

SpeedSlider::SpeedSlider(const Appearance &appearance, QWidget *parent)
    : QSlider(Qt::Horizontal, parent), m_appearance(appearance)
{
    setRange(0, steps);
    setSingleStep(steps / 20);
    setPageStep(steps / 5);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Speed"));
    connect(this, &QSlider::valueChanged, this, [this] { emit moved(place()); });
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

double SpeedSlider::place() const
{
    return static_cast<double>(value()) / steps;
}

void SpeedSlider::setPlace(double place)
{
    const QSignalBlocker quiet(this);
    setValue(static_cast<int>(std::lround(place * steps)));
    update();
}

void SpeedSlider::paintEvent(QPaintEvent *)
{
    const Theme &theme = m_appearance.theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double y = height() / 2.0;
    const double x = knob + place() * (width() - 2 * knob);
    painter.setPen(QPen(theme.line, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(knob / 2, y), QPointF(width() - knob / 2, y));
    painter.setPen(QPen(theme.accent, 4, Qt::SolidLine, Qt::RoundCap));
    painter.drawLine(QPointF(knob / 2, y), QPointF(x, y));
    painter.setPen(hasFocus() ? QPen(theme.ink, 1.5) : QPen(Qt::NoPen));
    painter.setBrush(theme.accent);
    painter.drawEllipse(QPointF(x, y), knob, knob);
}

void SpeedSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        moveTo(event->position().x());
}

void SpeedSlider::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) != 0)
        moveTo(event->position().x());
}

void SpeedSlider::moveTo(double x)
{
    setValue(static_cast<int>(std::lround((x - knob) / (width() - 2 * knob) * steps)));
}

} // namespace recvscope::gui
