#include "gui/lessons/lesson_list.h"

#include "gui/appearance.h"
#include "gui/controls/glyph.h"
#include "gui/lessons/progress.h"
#include "gui/lessons/shelf.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>

namespace recvscope::gui {

namespace {
constexpr int trackHeight = 26;
constexpr int lessonHeight = 30;
constexpr int numberRole = Qt::UserRole;
} // namespace

LessonList::LessonList(const Shelf &shelf, const Progress &progress, const Appearance &appearance, QWidget *parent)
    : QTreeWidget(parent), m_shelf(shelf), m_progress(progress), m_appearance(appearance)
{
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(0);
    setMouseTracking(true);
    setExpandsOnDoubleClick(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    setAccessibleName(tr("Lessons"));
    viewport()->setAutoFillBackground(false);
    connect(this, &QTreeWidget::itemClicked, this, &LessonList::choose);
    connect(this, &QTreeWidget::itemExpanded, this, [this] { updateGeometry(); });
    connect(this, &QTreeWidget::itemCollapsed, this, [this] { updateGeometry(); });
    connect(&progress, &Progress::changed, viewport(), qOverload<>(&QWidget::update));
    connect(&appearance, &Appearance::changed, viewport(), qOverload<>(&QWidget::update));
    refill();
}

void LessonList::refill()
{
    clear();
    for (const QString &track : m_shelf.tracks()) {
        auto *group = new QTreeWidgetItem(this, {track});
        group->setSizeHint(0, QSize(0, trackHeight));
        group->setFlags(Qt::ItemIsEnabled);
        for (const LessonEntry &each : m_shelf.lessons) {
            if (each.track != track)
                continue;
            auto *item = new QTreeWidgetItem(group, {QStringLiteral("%1 %2").arg(each.number).arg(each.title)});
            item->setData(0, numberRole, each.number);
            item->setSizeHint(0, QSize(0, lessonHeight));
            item->setToolTip(0, each.about.isEmpty() ? each.title : each.title + QLatin1Char('\n') + each.about);
        }
    }
    expandAll();
    updateGeometry();
}

void LessonList::setTold(int lesson)
{
    m_told = lesson;
    for (QTreeWidgetItemIterator it(this); *it != nullptr; ++it)
        if ((*it)->data(0, numberRole).toInt() == lesson && lesson > 0) {
            (*it)->parent()->setExpanded(true);
            setCurrentItem(*it);
        }
    viewport()->update();
}

int LessonList::contentHeight() const
{
    int height = 0;
    for (int i = 0; i < topLevelItemCount(); ++i) {
        height += trackHeight;
        if (topLevelItem(i)->isExpanded())
            height += topLevelItem(i)->childCount() * lessonHeight;
    }
    return height;
}

QSize LessonList::sizeHint() const
{
    return {224, contentHeight()};
}

QSize LessonList::minimumSizeHint() const
{
    return {120, std::min(contentHeight(), trackHeight + 3 * lessonHeight)};
}

void LessonList::choose(QTreeWidgetItem *item)
{
    if (item == nullptr)
        return;
    if (const int number = item->data(0, numberRole).toInt(); number > 0)
        emit lessonChosen(number);
    else
        item->setExpanded(!item->isExpanded());
}

void LessonList::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        choose(currentItem());
    else
        QTreeWidget::keyPressEvent(event);
}

void LessonList::drawRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const int number = index.data(numberRole).toInt();
    if (number == 0)
        paintTrack(*painter, option.rect, index);
    else
        paintLesson(*painter, option.rect, number, index == currentIndex() && hasFocus());
    painter->restore();
}

void LessonList::paintTrack(QPainter &painter, const QRect &row, const QModelIndex &index) const
{
    const Theme &theme = m_appearance.theme();
    painter.setFont(m_appearance.fonts().capitals);
    painter.setPen(theme.dim);
    painter.drawText(row.adjusted(8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, index.data().toString().toUpper());

    constexpr int step = 9;
    const int count = model()->rowCount(index);
    double x = row.right() - 8 - (count - 1) * step;
    for (int i = 0; i < count; ++i, x += step) {
        const bool done = m_progress.done(model()->index(i, 0, index).data(numberRole).toInt());
        painter.setPen(QPen(theme.accent, 1.2));
        painter.setBrush(done ? QBrush(theme.accent) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QPointF(x, row.center().y() + 0.5), 3, 3);
    }
}

void LessonList::paintLesson(QPainter &painter, const QRect &row, int number, bool current) const
{
    const Theme &theme = m_appearance.theme();
    const bool told = number == m_told;
    const QRectF frame = QRectF(row).adjusted(0.5, 1.5, -0.5, -1.5);
    const bool hovered = row.contains(viewport()->mapFromGlobal(QCursor::pos())) && viewport()->underMouse();
    if (told || current || hovered) {
        painter.setPen(current ? QPen(theme.accent, 1.2) : QPen(Qt::NoPen));
        painter.setBrush(told ? theme.accentFill : hovered ? theme.soft : theme.panel);
        painter.drawRoundedRect(frame, 6, 6);
    }
    const LessonEntry *entry = m_shelf.lesson(number);
    if (entry == nullptr)
        return;
    painter.setFont(m_appearance.fonts().body);
    painter.setPen(told ? theme.accent : theme.dim);
    painter.drawText(QRect(row.left() + 2, row.top(), 18, row.height()), Qt::AlignVCenter | Qt::AlignRight,
                     QString::number(number));
    const bool done = m_progress.done(number);
    const QRect words(row.left() + 27, row.top(), row.width() - 27 - (done ? 22 : 4), row.height());
    QFont title = m_appearance.fonts().body;
    title.setWeight(told ? QFont::Medium : QFont::Normal);
    painter.setFont(title);
    painter.setPen(told ? theme.accent : theme.ink);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(entry->title, Qt::ElideRight, words.width()));
    if (done)
        paintGlyph(painter, Glyph::Tick, QRectF(row.right() - 20, row.top(), 16, row.height()), theme.good);
}

} // namespace recvscope::gui
