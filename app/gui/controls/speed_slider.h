// A thin slider over [0, 1] in the window's look; what its places mean is its owner's.
//
// Threads: the window's.

#pragma once

#include <QSlider>

namespace recvscope::gui {

class Appearance;

class SpeedSlider : public QSlider {
    Q_OBJECT
public:
    explicit SpeedSlider(const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] double place() const;
    /// Emits no moved().
    void setPlace(double place);

    [[nodiscard]] QSize sizeHint() const override { return {104, 24}; }

signals:
    /// The learner moved it.
    void moved(double place);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    void moveTo(double x);

    const Appearance &m_appearance;
};

} // namespace recvscope::gui
