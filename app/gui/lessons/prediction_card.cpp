#include "gui/lessons/prediction_card.h"

#include "gui/card.h"
#include "gui/controls/flat_button.h"
#include "gui/controls/label.h"
#include "gui/presentation.h"
#include "gui/questions.h"

#include <QPainter>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {
constexpr int longChoice = 6; ///< characters from which choices stand below one another
}

PredictionCard::PredictionCard(const Presentation &presentation, Questions &questions, const Appearance &appearance,
                               QWidget *parent)
    : QWidget(parent), m_presentation(presentation), m_questions(questions), m_appearance(appearance)
{
    const Fonts &fonts = appearance.fonts();
    m_title = new Label(appearance, fonts.bold, &Theme::caution);
    m_title->setText(tr("Your prediction"));
    m_question = new Label(appearance, fonts.body);
    m_question->setWordWrap(true);
    m_verdict = new Label(appearance, fonts.bold, &Theme::good);
    m_verdict->setWordWrap(true);
    m_note = new Label(appearance, fonts.small, &Theme::dim);
    m_note->setWordWrap(true);
    m_show = new FlatButton(FlatButton::Look::Plain, tr("Show me"), appearance);
    m_row = new QWidget;

    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, 0, 0);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_show);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(14, 12, 10, 10);
    layout->setSpacing(8);
    for (QWidget *each : {static_cast<QWidget *>(m_title), static_cast<QWidget *>(m_question), m_row,
                          static_cast<QWidget *>(m_verdict)})
        layout->addWidget(each);
    layout->addLayout(foot);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);

    connect(m_show, &QAbstractButton::clicked, this, [this] { m_questions.show(m_asked); });
    for (const auto signal :
         {&Presentation::traceReplaced, &Presentation::tellingChanged, &Presentation::playheadMoved})
        connect(&presentation, signal, this, &PredictionCard::follow);
    connect(&questions, &Questions::changed, this, &PredictionCard::follow);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
    follow();
}

void PredictionCard::choose(int choice)
{
    if (isVisibleTo(parentWidget()))
        m_questions.choose(m_asked, choice);
}

void PredictionCard::follow()
{
    const Prediction *asked = m_questions.askedBy(m_presentation.moment().step);
    // Who looked ahead past an open question has seen its answer: it is not asked any more.
    const bool passed = asked != nullptr && m_questions.mark(asked->step) == Questions::Mark::Open &&
                        m_presentation.playhead().event > m_questions.gate(asked->step);
    if (asked == nullptr || passed) {
        m_asked = {};
        hide();
        return;
    }
    if (asked->step != m_asked || m_choices.size() != static_cast<std::size_t>(asked->choices.size()))
        rebuild(*asked);
    judge(*asked);
    show();
}

void PredictionCard::rebuild(const Prediction &asked)
{
    m_asked = asked.step;
    m_question->setProse(asked.question);
    for (FlatButton *each : m_choices)
        delete each;
    m_choices.clear();
    delete m_row->layout();
    bool wide = false;
    for (const QString &choice : asked.choices)
        wide = wide || choice.size() > longChoice;
    auto *row = new QBoxLayout(wide ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight, m_row);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(wide ? 4 : 8);
    for (int i = 0; i < asked.choices.size(); ++i) {
        auto *button =
            new FlatButton(FlatButton::Look::Choice,
                           QString(asked.choices[i]).replace(QLatin1Char('&'), QLatin1String("&&")), m_appearance);
        button->setCheckable(true);
        button->setToolTip(tr("Key %1").arg(i + 1));
        connect(button, &QAbstractButton::clicked, this, [this, i] { choose(i); });
        row->addWidget(button, 1);
        m_choices.push_back(button);
    }
}

void PredictionCard::judge(const Prediction &asked)
{
    const Questions::Mark mark = m_questions.mark(asked.step);
    const bool open = mark == Questions::Mark::Open;
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        m_choices[i]->setChecked(m_questions.chosen(asked.step) == static_cast<int>(i));
        m_choices[i]->setEnabled(open || m_choices[i]->isChecked());
    }
    m_show->setVisible(open);
    m_verdict->setVisible(!open);
    if (open) {
        m_note->setText(tr("The story holds here until you choose."));
    } else {
        m_note->setText(asked.why);
        m_verdict->setInk(mark == Questions::Mark::Right   ? &Theme::good
                          : mark == Questions::Mark::Wrong ? &Theme::failure
                                                           : &Theme::caution);
        m_verdict->setText(mark == Questions::Mark::Right   ? tr("Right: %1.").arg(asked.answer)
                           : mark == Questions::Mark::Wrong ? tr("Not so: it is %1.").arg(asked.answer)
                                                            : tr("It is %1.").arg(asked.answer));
    }
    m_note->setVisible(!m_note->text().isEmpty());
}

void PredictionCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_appearance.theme().cautionFill);
    painter.drawRoundedRect(rect(), Card::radius, Card::radius);
}

} // namespace recvscope::gui
