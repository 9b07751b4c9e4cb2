#include "gui/window/panel_dock.h"

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/controls/glyph.h"

#include <QMouseEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {

constexpr int gripHeight = 10;
constexpr int closeWidth = 24;

/// Where the panel is taken hold of. A double click floats it, the cross at its right hides it.
class Grip : public QWidget {
public:
    Grip(QDockWidget &dock, const Appearance &appearance) : QWidget(&dock), m_dock(dock), m_appearance(appearance)
    {
        setMouseTracking(true);
        setToolTip(QDockWidget::tr("Drag to move, double click to float"));
    }

    [[nodiscard]] QSize sizeHint() const override { return {2 * closeWidth, gripHeight}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (!underMouse())
            return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_appearance.theme().dim);
        for (int dot = -2; dot <= 2; ++dot)
            painter.drawEllipse(QPointF(width() / 2.0 + dot * 6, 6), 1.4, 1.4);
        paintGlyph(painter, Glyph::Cross, closeRect().translated(0, 1), m_appearance.theme().dim);
    }
    void mousePressEvent(QMouseEvent *event) override
    {
        m_closing = closeRect().contains(event->position());
        event->setAccepted(m_closing); // else the dock drags
    }
    void mouseReleaseEvent(QMouseEvent *event) override
    {
        if (m_closing && closeRect().contains(event->position()))
            m_dock.close();
        event->setAccepted(m_closing);
        m_closing = false;
    }
    void enterEvent(QEnterEvent *) override { update(); }
    void leaveEvent(QEvent *) override { update(); }

private:
    [[nodiscard]] QRectF closeRect() const { return {width() - closeWidth - 2.0, 0, closeWidth, gripHeight}; }

    QDockWidget &m_dock;
    const Appearance &m_appearance;
    bool m_closing = false;
};

} // namespace

PanelDock::PanelDock(const QString &name, const QString &title, const Appearance &appearance, QWidget *parent)
    : QDockWidget(title, parent), m_appearance(appearance)
{
    setObjectName(name);
    setAccessibleName(title);
    setTitleBarWidget(new Grip(*this, appearance));
    setAttribute(Qt::WA_TranslucentBackground, false);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void PanelDock::setBody(QWidget *body, int side)
{
    auto *holder = new QWidget;
    auto *layout = new QVBoxLayout(holder);
    layout->setContentsMargins(side, 0, side, side);
    layout->setSpacing(0);
    layout->addWidget(body);
    setWidget(holder);
}

void PanelDock::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    Card::paintFrame(painter, rect(), m_appearance);
}

} // namespace recvscope::gui
