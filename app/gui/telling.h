// What is told beside the trace: the scenario's title, texts and questions, as the window needs them.
//
// Threads: values.

#pragma once

#include "base/ids.h"

#include <QString>
#include <QStringList>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace recvscope::gui {

/// A question that holds the telling until the learner chose.
struct Prediction {
    StepId step;
    QString question; ///< "How many bytes will r2 report?"
    QStringList choices;
    int right = -1; ///< index into choices; -1: the run gave none of them
    QString answer; ///< what the run gave
    QString why;    ///< the deciding rule's sentence for learners
};

struct Telling {
    struct Said {
        StepId step;
        QString text;
    };

    QString title;
    QString track;  ///< "Completion"; empty outside the lessons
    int number = 0; ///< the lesson's number; 0 outside the lessons
    QString file;   ///< where it was read from; empty for Listen and Connect
    std::vector<Said> says;
    std::vector<Prediction> predictions;
    bool outside = false; ///< an outside peer sends: colours go by observed chunk, and the views say so
};

} // namespace recvscope::gui
