#include "gui/stage/stage.h"

#include "gui/appearance.h"
#include "gui/presentation.h"
#include "gui/stage/scene_painter.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>

namespace recvscope::gui::stage {

Stage::Stage(Presentation &presentation, const Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_presentation(presentation), m_appearance(appearance)
{
    setAccessibleName(tr("Stage: what is happening"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    for (const auto change : {&Presentation::traceReplaced, &Presentation::traceGrew, &Presentation::selectionChanged})
        connect(&presentation, change, this, &Stage::rebuild);
    connect(&presentation, &Presentation::playheadMoved, this, &Stage::rebuild);
    connect(&presentation, &Presentation::veilChanged, this, &Stage::rebuild);
    connect(&appearance, &Appearance::changed, this, [this] {
        rebuild();
        update();
    });
    rebuild();
}

SceneOptions Stage::options() const
{
    SceneOptions options;
    options.size = size();
    options.selected = m_presentation.shownReceive();
    options.socket = m_presentation.selection().socket;
    const std::optional<std::uint32_t> event = m_presentation.selection().event;
    if (event && *event < m_presentation.story().size())
        options.selectedEvent = m_presentation.story().ref(*event);
    options.hexCells = m_hexCells;
    options.reducedMotion = m_appearance.reducedMotion();
    options.asking = m_presentation.veil() == m_presentation.playhead().event;
    options.link = m_link;
    return options;
}

void Stage::rebuild()
{
    Scene scene = buildScene(m_presentation.story(), m_presentation.moment(), options());
    if (scene == m_scene)
        return;
    const bool told = scene.summary == m_scene.summary;
    m_scene = std::move(scene);
    if (m_current >= static_cast<int>(m_scene.places.size()))
        m_current = -1;
    if (!told) {
        setAccessibleDescription(m_scene.summary);
        QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
        QAccessible::updateAccessibility(&changed);
    }
    update();
}

void Stage::setHexCells(bool hex)
{
    m_hexCells = hex;
    rebuild();
}

void Stage::setLink(const QString &link)
{
    m_link = link;
    rebuild();
}

void Stage::choose(const Target &target)
{
    Selection selection = m_presentation.selection();
    switch (target.kind) {
    case Target::Kind::Nothing:
        return;
    case Target::Kind::Receive:
        m_presentation.selectReceive(target.receive);
        return;
    case Target::Kind::Socket:
        selection = {};
        selection.socket = target.socket;
        break;
    case Target::Kind::Send:
    case Target::Kind::Event:
        selection.event = m_presentation.story().indexOf(target.event);
        selection.socket = target.socket;
        selection.receive = target.receive;
        break;
    }
    m_presentation.select(selection);
}

void Stage::walk(int step)
{
    const int count = static_cast<int>(m_scene.places.size());
    int at = m_current;
    for (int tried = 0; tried < count; ++tried) {
        at = at < 0 && step < 0 ? count - 1 : (at + step + count) % count;
        if (!m_scene.places[static_cast<std::size_t>(at)].name.isEmpty()) {
            m_current = at;
            const Place &place = m_scene.places[static_cast<std::size_t>(at)];
            setAccessibleDescription(place.name + QStringLiteral(". ") + place.says);
            update();
            return;
        }
    }
}

bool Stage::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const Place *place = m_scene.placeAt(help->pos());
    if (place == nullptr || place->says.isEmpty()) {
        QToolTip::hideText();
        event->ignore();
        return true;
    }
    const QRectF rect(place->rect.topLeft() * m_scene.zoom, place->rect.size() * m_scene.zoom);
    QToolTip::showText(help->globalPos(), place->says, this, rect.toAlignedRect());
    return true;
}

void Stage::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintScene(painter, m_scene, m_appearance.theme(), m_appearance.fonts());
    if (!hasFocus() || m_current < 0)
        return;
    const QRectF &rect = m_scene.places[static_cast<std::size_t>(m_current)].rect;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_appearance.theme().accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect.topLeft() * m_scene.zoom, rect.size() * m_scene.zoom).adjusted(-3, -3, 3, 3), 7,
                            7);
}

void Stage::resizeEvent(QResizeEvent *)
{
    rebuild();
}

void Stage::mouseMoveEvent(QMouseEvent *event)
{
    const Place *place = m_scene.placeAt(event->position());
    if (place != nullptr && place->target.kind != Target::Kind::Nothing)
        setCursor(Qt::PointingHandCursor);
    else
        unsetCursor();
}

void Stage::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const Place *place = m_scene.placeAt(event->position()))
        choose(Target(place->target));
}

void Stage::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Place *place = m_scene.placeAt(event->position());
    if (place == nullptr || (place->target.kind != Target::Kind::Event && place->target.kind != Target::Kind::Send))
        return;
    if (const auto index = m_presentation.story().indexOf(place->target.event))
        m_presentation.askPlayhead({*index + 1, 0});
}

void Stage::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Down:
        walk(1);
        break;
    case Qt::Key_Up:
        walk(-1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_current >= 0)
            choose(Target(m_scene.places[static_cast<std::size_t>(m_current)].target));
        break;
    case Qt::Key_Escape:
        m_presentation.select({});
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void Stage::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void Stage::focusOutEvent(QFocusEvent *event)
{
    QWidget::focusOutEvent(event);
    update();
}

} // namespace recvscope::gui::stage
