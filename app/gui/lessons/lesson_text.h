// The lesson's words: what was told, the present sentence set off, and what comes next when it is a question.
//
// Threads: the window's.

#pragma once

#include "base/ids.h"

#include <QScrollArea>

#include <vector>

class QVBoxLayout;

namespace recvscope::gui {

class Appearance;
class Label;
class Presentation;

class LessonText : public QScrollArea {
    Q_OBJECT
public:
    LessonText(const Presentation &presentation, const Appearance &appearance, QWidget *parent = nullptr);

    /// The sentence that is told now; empty before the first.
    [[nodiscard]] QString present() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// Scrolls so that the present sentence is seen, and what comes next where there is room.
    void reveal();
    void rebuild();
    void follow();

    const Presentation &m_presentation;
    const Appearance &m_appearance;
    QWidget *m_page = nullptr;
    QVBoxLayout *m_layout = nullptr;
    std::vector<Label *> m_says;
    Label *m_next = nullptr;
    QWidget *m_fade = nullptr; ///< over the cut line at the top
    StepId m_told;
    bool m_fresh = false; ///< what is shown is of m_told
};

/// Index of the say that is told at @p presentation's playhead; the first one before anything happened; -1: there is
/// none.
[[nodiscard]] int presentSay(const Presentation &presentation);

} // namespace recvscope::gui
