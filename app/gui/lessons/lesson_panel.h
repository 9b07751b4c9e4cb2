// The left panel: which lessons there are, the words of the one that is told, and its question.
//
// Threads: the window's.

#pragma once

#include <QWidget>

namespace recvscope::gui {

class Appearance;
class Label;
class LessonList;
class LessonText;
class PredictionCard;
class Presentation;
class Progress;
class Questions;
struct Shelf;

class LessonPanel : public QWidget {
    Q_OBJECT
public:
    LessonPanel(const Presentation &presentation, Questions &questions, const Shelf &shelf, const Progress &progress,
                const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] LessonList &list() { return *m_list; }
    [[nodiscard]] PredictionCard &prediction() { return *m_prediction; }
    [[nodiscard]] const LessonText &text() const { return *m_text; }

signals:
    void lessonChosen(int number);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void retitle();

    const Presentation &m_presentation;
    const Appearance &m_appearance;
    LessonList *m_list = nullptr;
    Label *m_empty = nullptr;
    Label *m_title = nullptr;
    LessonText *m_text = nullptr;
    PredictionCard *m_prediction = nullptr;
};

} // namespace recvscope::gui
