#include "gui/lessons/lesson_panel.h"

#include "gui/controls/label.h"
#include "gui/lessons/lesson_list.h"
#include "gui/lessons/lesson_text.h"
#include "gui/lessons/prediction_card.h"
#include "gui/lessons/shelf.h"
#include "gui/presentation.h"

#include <QFontMetrics>
#include <QPainter>
#include <QVBoxLayout>

namespace recvscope::gui {

LessonPanel::LessonPanel(const Presentation &presentation, Questions &questions, const Shelf &shelf,
                         const Progress &progress, const Appearance &appearance, QWidget *parent)
    : QWidget(parent),
      m_presentation(presentation),
      m_appearance(appearance),
      m_list(new LessonList(shelf, progress, appearance)),
      m_empty(new Label(appearance, appearance.fonts().body, &Theme::dim)),
      m_title(new Label(appearance, appearance.fonts().bold)),
      m_text(new LessonText(presentation, appearance)),
      m_prediction(new PredictionCard(presentation, questions, appearance))
{
    m_empty->wrapped();
    QString troubles;
    for (const QString &trouble : shelf.troubles)
        troubles += trouble + QLatin1Char('\n');
    m_empty->setText(!troubles.isEmpty() ? troubles.trimmed()
                     : shelf.lessons.empty()
                         ? tr("There are no lessons here. Open a scenario (Ctrl+O), or Listen for a program of yours.")
                         : QString());
    m_empty->setVisible(!m_empty->text().isEmpty());
    m_title->setWordWrap(true);
    // However many lessons the list has, what is told of the one that plays can be read without scrolling.
    constexpr int linesToRead = 9;
    m_text->setMinimumHeight(QFontMetrics(appearance.fonts().body).lineSpacing() * linesToRead);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(0);
    auto *words = new QVBoxLayout;
    words->setContentsMargins(8, 0, 0, 8);
    words->setSpacing(8);
    words->addWidget(m_title);
    words->addWidget(m_text, 1);
    layout->addWidget(m_list);
    layout->addWidget(m_empty);
    layout->addSpacing(24);
    layout->addLayout(words, 1);
    layout->addWidget(m_prediction);

    connect(m_list, &LessonList::lessonChosen, this, &LessonPanel::lessonChosen);
    connect(&presentation, &Presentation::traceReplaced, this, &LessonPanel::retitle);
    connect(&presentation, &Presentation::tellingChanged, this, &LessonPanel::retitle);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
    retitle();
}

void LessonPanel::retitle()
{
    const Telling &telling = m_presentation.telling();
    m_list->setTold(telling.number);
    // The list shows a lesson's title; a scenario from elsewhere has it here alone.
    m_title->setText(telling.title);
    m_title->setVisible(telling.number == 0 && !telling.title.isEmpty());
}

void LessonPanel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(m_appearance.theme().line);
    const int y = (m_empty->isVisible() ? m_empty : static_cast<QWidget *>(m_list))->geometry().bottom() + 12;
    painter.drawLine(8, y, width() - 8, y);
}

} // namespace recvscope::gui
