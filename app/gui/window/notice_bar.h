// One sentence the learner must know, below the top bar: it waits until it is read, and stops nothing.
//
// Threads: the window's.

#pragma once

#include <QWidget>

namespace recvscope::gui {

class Appearance;
class Label;

class NoticeBar : public QWidget {
    Q_OBJECT
public:
    explicit NoticeBar(const Appearance &appearance, QWidget *parent = nullptr);

    void tell(const QString &sentence, bool bad);
    [[nodiscard]] QString sentence() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Appearance &m_appearance;
    Label *m_text = nullptr;
    bool m_bad = false;
};

} // namespace recvscope::gui
