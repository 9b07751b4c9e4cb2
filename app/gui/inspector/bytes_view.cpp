#include "gui/inspector/bytes_view.h"

#include "gui/appearance.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace recvscope::gui::inspector {

namespace {

constexpr std::uint64_t rowsInSight = 10;
constexpr std::uint64_t mostCopied = 65'536; ///< rows
constexpr int scrollRange = 1'000'000'000;   ///< rows that a scroll bar can count

} // namespace

BytesView::BytesView(const Appearance &appearance, QWidget *parent)
    : QAbstractScrollArea(parent), m_appearance(appearance), m_font(appearance.fonts().mono)
{
    m_font.setPixelSize(11);
    const QFontMetricsF metrics(m_font);
    m_rowHeight = static_cast<int>(std::ceil(metrics.height())) + 4;
    m_charWidth = metrics.horizontalAdvance(QLatin1Char('0'));
    setAccessibleName(tr("Bytes received"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    viewport()->setAutoFillBackground(false);
    viewport()->setCursor(Qt::IBeamCursor);
    connect(&appearance, &Appearance::changed, viewport(), qOverload<>(&QWidget::update));
}

void BytesView::tell(const trace::Story &story, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    if (receive.id != m_receive.id || &story != m_story)
        m_anchor.reset();
    m_story = &story;
    m_socket.id = socket.id;
    m_socket.sends = socket.sends;
    m_receive = receive;
    remake();
    updateGeometry();
}

std::uint64_t BytesView::perRowFor(int width) const
{
    // Offset and a blank, three characters for each byte's hex, one for its text.
    const double characters = width / m_charWidth - 4 - 1;
    const auto most = static_cast<std::uint64_t>(std::max(characters / 4, 1.0));
    return most >= 16 ? 16 : most >= 8 ? 8 : 4;
}

void BytesView::remake()
{
    if (m_story == nullptr)
        return;
    m_model = BytesModel(*m_story, m_socket, m_receive, perRowFor(viewport()->width()));
    rescale();
    viewport()->update();
}

void BytesView::rescale()
{
    const auto page = std::max<std::uint64_t>(static_cast<std::uint64_t>(viewport()->height() / m_rowHeight), 1);
    const std::uint64_t rows = m_model.rowCount();
    const std::uint64_t most = rows > page ? rows - page : 0;
    verticalScrollBar()->setRange(0, static_cast<int>(std::min<std::uint64_t>(most, scrollRange)));
    verticalScrollBar()->setPageStep(static_cast<int>(page));
    verticalScrollBar()->setSingleStep(1);
}

QSize BytesView::sizeHint() const
{
    return {200, static_cast<int>(std::clamp<std::uint64_t>(m_model.rowCount(), 1, rowsInSight)) * m_rowHeight};
}

QSize BytesView::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

std::uint64_t BytesView::rowAt(QPoint point) const
{
    const int row = verticalScrollBar()->value() + std::max(point.y(), 0) / m_rowHeight;
    return std::min<std::uint64_t>(static_cast<std::uint64_t>(row), m_model.rowCount() - 1);
}

std::optional<BytesView::Range> BytesView::selected() const
{
    if (!m_anchor || m_model.rowCount() == 0)
        return std::nullopt;
    const auto [from, to] =
        std::minmax(std::min(*m_anchor, m_model.rowCount() - 1), std::min(m_head, m_model.rowCount() - 1));
    return Range{from, to};
}

void BytesView::paintEvent(QPaintEvent *event)
{
    const Theme &theme = m_appearance.theme();
    QPainter painter(viewport());
    painter.setFont(m_font);
    const QFontMetricsF metrics(m_font);
    const std::optional<Range> chosen = selected();
    const auto first = static_cast<std::uint64_t>(verticalScrollBar()->value());
    const int top = event->rect().top() / m_rowHeight;
    const int bottom = event->rect().bottom() / m_rowHeight;
    for (int line = top; line <= bottom && first + static_cast<std::uint64_t>(line) < m_model.rowCount(); ++line) {
        const std::uint64_t index = first + static_cast<std::uint64_t>(line);
        const QRectF place(0, line * m_rowHeight, viewport()->width(), m_rowHeight);
        if (chosen && index >= chosen->from && index <= chosen->to)
            painter.fillRect(place, theme.accentFill);
        const ByteRow row = m_model.row(index);
        const double baseline = std::round(place.top() + (m_rowHeight + metrics.ascent() - metrics.descent()) / 2);
        if (!row.label.isEmpty()) {
            QFont font = m_appearance.fonts().small;
            painter.setFont(font);
            painter.setPen(theme.dim);
            painter.drawText(QPointF(0, baseline),
                             QFontMetricsF(font).elidedText(row.label, Qt::ElideRight, place.width()));
            painter.setFont(m_font);
            continue;
        }
        painter.setPen(theme.dim);
        painter.drawText(QPointF(0, baseline), row.offset);
        double x = (static_cast<double>(row.offset.size()) + 1) * m_charWidth;
        painter.drawText(QPointF(x, baseline), row.note);
        double text = x + 3 * static_cast<double>(m_model.perRow()) * m_charWidth;
        for (const ByteText &byte : row.bytes) {
            painter.setPen(theme.sendColour(byte.send).edge);
            painter.drawText(QPointF(x, baseline), byte.hex);
            painter.drawText(QPointF(text, baseline), byte.character);
            x += 3 * m_charWidth;
            text += m_charWidth;
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(theme.accent, 1));
        painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
    }
}

void BytesView::resizeEvent(QResizeEvent *)
{
    if (perRowFor(viewport()->width()) != m_model.perRow())
        remake();
    else
        rescale();
}

void BytesView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_model.rowCount() == 0)
        return;
    m_head = rowAt(event->pos());
    if ((event->modifiers() & Qt::ShiftModifier) == 0 || !m_anchor)
        m_anchor = m_head;
    viewport()->update();
}

void BytesView::mouseMoveEvent(QMouseEvent *event)
{
    if ((event->buttons() & Qt::LeftButton) == 0 || !m_anchor)
        return;
    if (event->pos().y() > viewport()->height())
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    else if (event->pos().y() < 0)
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    m_head = rowAt(event->pos());
    viewport()->update();
}

void BytesView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if ((event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) && m_model.rowCount() > 0) {
        if (m_head > 0 && event->key() == Qt::Key_Up)
            --m_head;
        else if (event->key() == Qt::Key_Down)
            m_head = std::min(m_head + 1, m_model.rowCount() - 1);
        if ((event->modifiers() & Qt::ShiftModifier) == 0 || !m_anchor)
            m_anchor = m_head;
        const int head = static_cast<int>(std::min<std::uint64_t>(m_head, scrollRange));
        const int page = verticalScrollBar()->pageStep();
        if (head < verticalScrollBar()->value())
            verticalScrollBar()->setValue(head);
        else if (head >= verticalScrollBar()->value() + page)
            verticalScrollBar()->setValue(head - page + 1);
        viewport()->update();
    } else {
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void BytesView::contextMenuEvent(QContextMenuEvent *event)
{
    QMenu menu;
    menu.addAction(tr("&Copy"), this, &BytesView::copy)->setEnabled(selected().has_value());
    menu.addAction(tr("Select &All"), this, &BytesView::selectAll);
    menu.exec(event->globalPos());
}

void BytesView::wheelEvent(QWheelEvent *event)
{
    // What cannot scroll any further leaves the wheel to the panel around it.
    if (verticalScrollBar()->maximum() == 0)
        event->ignore();
    else
        QAbstractScrollArea::wheelEvent(event);
}

void BytesView::selectAll()
{
    if (m_model.rowCount() == 0)
        return;
    m_anchor = 0;
    m_head = m_model.rowCount() - 1;
    viewport()->update();
}

QString BytesView::selectedText() const
{
    const std::optional<Range> chosen = selected();
    if (!chosen)
        return {};
    QStringList lines;
    for (std::uint64_t row = chosen->from; row <= chosen->to && row - chosen->from < mostCopied; ++row)
        lines << m_model.row(row).plain();
    if (chosen->to - chosen->from >= mostCopied)
        lines << tr("… %1 more rows").arg(chosen->to - chosen->from + 1 - mostCopied);
    return lines.join(QLatin1Char('\n'));
}

void BytesView::copy() const
{
    if (const QString text = selectedText(); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

} // namespace recvscope::gui::inspector
