// A switch between a few names of which one holds: "Story | Clock".
//
// Threads: the window's.

#pragma once

#include <QStringList>
#include <QWidget>

namespace recvscope::gui {

class Appearance;

class Segments : public QWidget {
    Q_OBJECT
public:
    Segments(const QStringList &names, const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] int current() const { return m_current; }
    /// Emits changed() when it is another.
    void setCurrent(int index);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QRect segment(int index) const;

signals:
    void changed(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    [[nodiscard]] int widthOf(int index) const;

    const Appearance &m_appearance;
    QStringList m_names;
    int m_current = 0;
};

} // namespace recvscope::gui
