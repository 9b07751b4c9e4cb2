// The questions of the story that is told: what the learner chose, and where the telling still holds.
//
// Threads: the window's.

#pragma once

#include "gui/telling.h"
#include "trace/story.h"

#include <QObject>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace recvscope::gui {

class Presentation;

class Questions : public QObject {
    Q_OBJECT
public:
    enum class Mark : std::uint8_t { Open, Right, Wrong, Shown };

    explicit Questions(const Presentation &presentation, QObject *parent = nullptr);

    /// Counts of events at which the telling holds: after the question was asked, while it is open.
    [[nodiscard]] std::vector<std::uint32_t> gates() const;

    /// Where that one question holds, open or not; beyond the story when it has not been asked yet.
    [[nodiscard]] std::uint32_t gate(StepId question) const;

    /// Count of events before the answer of the next open question; nothing where none is ahead of the playhead. Who
    /// looked past a question has seen what it asks, and nothing of that is hidden any more.
    [[nodiscard]] std::optional<std::uint32_t> veil() const;

    [[nodiscard]] Mark mark(StepId question) const;
    /// Index of what was chosen; nothing while it is open or when the answer was only shown.
    [[nodiscard]] std::optional<int> chosen(StepId question) const;
    /// The latest question that was asked by step @p told, or null.
    [[nodiscard]] const Prediction *askedBy(StepId told) const;

    /// The first choice counts; later ones change nothing.
    void choose(StepId question, int choice);
    /// Gives up: the story goes on, and it counts as neither right nor wrong.
    void show(StepId question);
    /// Opens all questions again, when a story is told anew.
    void reopen();

signals:
    void changed();
    /// The learner's first choice on a question.
    void answered(StepId question, bool right);

private:
    [[nodiscard]] const Prediction *question(StepId step) const;
    /// Finds where questions were asked, in what came since the last call.
    void look();

    const Presentation &m_presentation;
    std::map<StepId, int> m_chosen;          ///< -1: shown
    std::map<StepId, std::uint32_t> m_asked; ///< count of events after which each was asked
    std::uint32_t m_looked = 0;              ///< events of the story that were looked at
};

} // namespace recvscope::gui
