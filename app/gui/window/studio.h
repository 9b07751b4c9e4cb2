// Everything that works together behind the window, without one: opens lessons and scenarios, runs them, keeps
// progress.
//
// Threads: the window's.

#pragma once

#include "base/clock.h"
#include "gui/appearance.h"
#include "gui/lessons/progress.h"
#include "gui/lessons/shelf.h"
#include "gui/player.h"
#include "gui/presentation.h"
#include "gui/questions.h"
#include "gui/session_bridge.h"

#include <QObject>

class QSettings;

namespace recvscope::gui {

class Studio : public QObject {
    Q_OBJECT
public:
    /// Both must outlive this. @p clock is the learner's time.
    Studio(QSettings &settings, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] QSettings &settings() { return m_settings; }
    [[nodiscard]] Appearance &appearance() { return m_appearance; }
    [[nodiscard]] Presentation &presentation() { return m_presentation; }
    [[nodiscard]] Questions &questions() { return m_questions; }
    [[nodiscard]] Player &player() { return m_player; }
    [[nodiscard]] SessionBridge &bridge() { return m_bridge; }
    [[nodiscard]] Progress &progress() { return m_progress; }
    [[nodiscard]] const Shelf &shelf() const { return m_shelf; }

    enum class Then : std::uint8_t { Wait, Play };

    /// Reads and runs a scenario. When it cannot be read, says so and leaves what is shown as it is.
    bool openFile(const QString &path, Then then);
    /// A lesson of the shelf, by its number.
    bool openLesson(int number, Then then);
    void runAgain();

    [[nodiscard]] QStringList recentFiles() const;
    void forgetRecentFiles();

    /// Writes what Listen received. Says so when that fails.
    bool saveLiveScenario(const QString &path);

signals:
    /// Something the learner must know, in a sentence; @p bad: it did not work.
    void notice(const QString &sentence, bool bad);
    void recentFilesChanged();

private:
    void remember(const QString &path);
    void liveChanged();

    QSettings &m_settings;
    Appearance m_appearance;
    Presentation m_presentation;
    Questions m_questions;
    Player m_player;
    SessionBridge m_bridge;
    Progress m_progress;
    Shelf m_shelf;
    LiveStatus::Phase m_livePhase = LiveStatus::Phase::Off;
};

} // namespace recvscope::gui
