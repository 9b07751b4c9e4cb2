// How far the learner came: lessons told to their end, and the first choice on each question. Kept between starts.
//
// Threads: the window's.

#pragma once

#include "base/ids.h"

#include <QObject>

class QSettings;

namespace recvscope::gui {

class Progress : public QObject {
    Q_OBJECT
public:
    /// @p settings must outlive this.
    explicit Progress(QSettings &settings, QObject *parent = nullptr);

    [[nodiscard]] bool done(int lesson) const;
    void setDone(int lesson);

    /// The first choice counts, however often the lesson is told.
    void setAnswer(int lesson, StepId question, bool right);
    [[nodiscard]] int answered() const { return m_answered; }
    [[nodiscard]] int right() const { return m_right; }

    void forget();

signals:
    void changed();

private:
    void count();

    QSettings &m_settings;
    int m_answered = 0;
    int m_right = 0;
};

} // namespace recvscope::gui
