// The why card: the deciding rule in a learner's sentence, its id, where it stands, and on request its own text and the
// other rules that took part.
//
// Threads: the window's.

#pragma once

#include "gui/inspector/inspector_texts.h"

#include <QWidget>

class QLabel;

namespace recvscope::gui {

class Appearance;
class Label;

namespace inspector {

class WhyCard : public QWidget {
    Q_OBJECT
public:
    explicit WhyCard(const Appearance &appearance, QWidget *parent = nullptr);

    void tell(const Why &why);
    /// The lesson that tells this; 0: none.
    void setLesson(int number);
    [[nodiscard]] const Why &shown() const { return m_shown; }
    /// Whether the rule's own text is open.
    [[nodiscard]] bool ruleOpen() const { return m_open; }

signals:
    void lessonAsked(int number);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void follow(const QString &link);
    void relabel();

    const Appearance &m_appearance;
    Why m_shown;
    int m_lesson = 0;
    bool m_open = false;
    Label *m_sentence = nullptr;
    Label *m_rule = nullptr;
    Label *m_source = nullptr;
    QLabel *m_links = nullptr;
    Label *m_details = nullptr;
};

} // namespace inspector
} // namespace recvscope::gui
