// The question that was asked last: its choices, and once one is taken, whether it was right and why.
//
// Threads: the window's.

#pragma once

#include "base/ids.h"

#include <QWidget>

#include <vector>

class QBoxLayout;

namespace recvscope::gui {

class Appearance;
class FlatButton;
class Label;
class Presentation;
class Questions;
struct Prediction;

class PredictionCard : public QWidget {
    Q_OBJECT
public:
    PredictionCard(const Presentation &presentation, Questions &questions, const Appearance &appearance,
                   QWidget *parent = nullptr);

    /// Takes the choice of that number (from 0) as a click on it would.
    void choose(int choice);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow();
    void rebuild(const Prediction &asked);
    void judge(const Prediction &asked);

    const Presentation &m_presentation;
    Questions &m_questions;
    const Appearance &m_appearance;
    StepId m_asked;
    Label *m_title = nullptr;
    Label *m_question = nullptr;
    Label *m_verdict = nullptr;
    Label *m_note = nullptr;
    FlatButton *m_show = nullptr;
    QWidget *m_row = nullptr;
    std::vector<FlatButton *> m_choices;
};

} // namespace recvscope::gui
