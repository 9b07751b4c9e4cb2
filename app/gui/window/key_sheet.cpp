#include "gui/window/key_sheet.h"

#include "gui/appearance.h"
#include "gui/card.h"

#include <QEvent>
#include <QPainter>

namespace recvscope::gui {

namespace {
constexpr int lineHeight = 26;
constexpr int margin = 24;
constexpr int head = 40;
constexpr int column = 440;
constexpr int keyWidth = 130;
} // namespace

KeySheet::KeySheet(const QList<Actions::Line> &lines, const Appearance &appearance, QWidget *window)
    : QWidget(window), m_lines(lines), m_appearance(appearance)
{
    setAccessibleName(tr("Keys"));
    QStringList words;
    for (const Actions::Line &line : lines)
        words.push_back(line.keys + QStringLiteral(": ") + line.meaning);
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    window->installEventFilter(this);
    hide();
}

void KeySheet::toggle()
{
    setGeometry(parentWidget()->rect());
    setVisible(isHidden());
    raise();
}

QRectF KeySheet::sheet() const
{
    const auto rows = (m_lines.size() + 1) / 2;
    QRectF rect(0, 0, 2 * column + 2 * margin, head + static_cast<double>(rows) * lineHeight + 2 * margin);
    rect.moveCenter(QRectF(this->rect()).center());
    return rect;
}

void KeySheet::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor veil = m_appearance.theme().ground;
    veil.setAlphaF(0.75F);
    painter.fillRect(rect(), veil);
    const QRectF paper = sheet();
    Card::paintFrame(painter, paper, m_appearance);
    painter.setPen(m_appearance.theme().ink);
    painter.setFont(m_appearance.fonts().heading);
    painter.drawText(paper.adjusted(margin, margin, -margin, 0), Qt::AlignLeft | Qt::AlignTop, tr("Keys"));
    const auto rows = (m_lines.size() + 1) / 2;
    for (qsizetype i = 0; i < m_lines.size(); ++i) {
        const double x = paper.left() + margin + static_cast<double>(i / rows) * column;
        const double y = paper.top() + margin + head + static_cast<double>(i % rows) * lineHeight;
        painter.setFont(m_appearance.fonts().mono);
        painter.setPen(m_appearance.theme().accent);
        painter.drawText(QRectF(x, y, keyWidth, lineHeight), Qt::AlignVCenter, m_lines[i].keys);
        painter.setFont(m_appearance.fonts().body);
        painter.setPen(m_appearance.theme().ink);
        const QRectF words(x + keyWidth, y, column - keyWidth - 8, lineHeight);
        painter.drawText(
            words, Qt::AlignVCenter,
            painter.fontMetrics().elidedText(m_lines[i].meaning, Qt::ElideRight, static_cast<int>(words.width())));
    }
}

void KeySheet::mousePressEvent(QMouseEvent *)
{
    hide();
}

bool KeySheet::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == parentWidget())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace recvscope::gui
