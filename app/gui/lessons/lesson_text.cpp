#include "gui/lessons/lesson_text.h"

#include "gui/controls/label.h"
#include "gui/presentation.h"

#include <QPainter>
#include <QScrollBar>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {

constexpr int fadeHeight = 28;

/// What was scrolled away fades instead of being cut through a line.
class Fade : public QWidget {
public:
    Fade(const Appearance &appearance, QWidget *parent) : QWidget(parent), m_appearance(appearance)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QLinearGradient gradient(0, 0, 0, height());
        QColor clear = m_appearance.theme().panel;
        gradient.setColorAt(0, clear);
        clear.setAlpha(0);
        gradient.setColorAt(1, clear);
        QPainter(this).fillRect(rect(), gradient);
    }

private:
    const Appearance &m_appearance;
};

} // namespace

int presentSay(const Presentation &presentation)
{
    const auto &says = presentation.telling().says;
    const StepId told = presentation.moment().step;
    int present = says.empty() ? -1 : 0;
    for (std::size_t i = 0; i < says.size(); ++i)
        if (says[i].step <= told)
            present = static_cast<int>(i);
    return present;
}

LessonText::LessonText(const Presentation &presentation, const Appearance &appearance, QWidget *parent)
    : QScrollArea(parent),
      m_presentation(presentation),
      m_appearance(appearance),
      m_page(new QWidget),
      m_layout(new QVBoxLayout(m_page))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
    m_next = new Label(appearance, appearance.fonts().body, &Theme::dim);
    m_next->wrapped();
    m_layout->addWidget(m_next);
    m_layout->addStretch();
    setWidget(m_page);
    m_page->setAutoFillBackground(false);
    m_fade = new Fade(appearance, this);
    connect(verticalScrollBar(), &QScrollBar::valueChanged, this, [this](int value) { m_fade->setVisible(value > 0); });
    m_fade->hide();
    viewport()->setAutoFillBackground(false);
    connect(&presentation, &Presentation::traceReplaced, this, &LessonText::rebuild);
    connect(&presentation, &Presentation::tellingChanged, this, &LessonText::rebuild);
    connect(&presentation, &Presentation::playheadMoved, this, &LessonText::follow);
    rebuild();
}

QString LessonText::present() const
{
    const int index = presentSay(m_presentation);
    return index < 0 ? QString() : m_presentation.telling().says[static_cast<std::size_t>(index)].text;
}

void LessonText::rebuild()
{
    for (Label *each : m_says)
        delete each;
    m_says.clear();
    for (const Telling::Said &said : m_presentation.telling().says) {
        auto *label = new Label(m_appearance, m_appearance.fonts().body, &Theme::dim);
        label->wrapped()->setProse(said.text);
        m_layout->insertWidget(static_cast<int>(m_says.size()), label);
        m_says.push_back(label);
    }
    m_fresh = false;
    follow();
}

void LessonText::follow()
{
    const int present = presentSay(m_presentation);
    const StepId told = m_presentation.moment().step;
    if (m_fresh && told == m_told)
        return;
    m_fresh = true;
    m_told = told;
    m_layout->setEnabled(false); // else it lays everything out with each that is shown
    for (std::size_t i = 0; i < m_says.size(); ++i) {
        const bool now = static_cast<int>(i) == present;
        m_says[i]->setVisible(static_cast<int>(i) <= present);
        m_says[i]->setInk(now ? &Theme::ink : &Theme::dim);
    }
    // What comes next is named only when it is a question: telling it would answer it.
    const Telling &telling = m_presentation.telling();
    const auto next = static_cast<std::size_t>(present + 1);
    QString words;
    for (const Prediction &each : telling.predictions)
        if (each.step > told && (next >= telling.says.size() || each.step < telling.says[next].step)) {
            words = tr("Next: %1").arg(each.question);
            break;
        }
    m_next->setProse(words);
    m_next->setVisible(!words.isEmpty());
    m_layout->setEnabled(true);
    // The page lays itself out first.
    QMetaObject::invokeMethod(this, &LessonText::reveal, Qt::QueuedConnection);
}

void LessonText::reveal()
{
    const int present = presentSay(m_presentation);
    if (present < 0 || static_cast<std::size_t>(present) >= m_says.size())
        return;
    m_layout->activate();
    const QWidget *last = m_next->isVisibleTo(m_page) ? m_next : m_says[static_cast<std::size_t>(present)];
    const int bottom = last->geometry().bottom() + 1 - viewport()->height();
    const int top = m_says[static_cast<std::size_t>(present)]->geometry().top();
    verticalScrollBar()->setValue(qMin(bottom, top));
}

void LessonText::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    m_fade->setGeometry(0, 0, viewport()->width(), fadeHeight);
    QMetaObject::invokeMethod(this, &LessonText::reveal, Qt::QueuedConnection);
}

} // namespace recvscope::gui
