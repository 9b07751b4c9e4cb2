// The one crossing between the window's thread and the sessions' threads: starts them, hands their trace's growth to
// the presentation once a frame, and turns what went wrong into a sentence.
//
// Threads: all functions and signals on the window's thread. A session runs on a thread of its own, which touches
// nothing of the window and reports through the event queue; the destructor stops and joins them all.

#pragma once

#include "gui/listen/live_options.h"
#include "scenario/scenario.h"

#include <QObject>
#include <QTimer>

#include <list>
#include <memory>
#include <optional>

namespace recvscope::session {
class Live;
struct RunReport;
} // namespace recvscope::session

namespace recvscope::gui {

class Presentation;

/// How a scenario's run ended, in words.
struct RunSummary {
    bool asExpected = true;
    QString sentence; ///< empty when all expectations were met
};

class SessionBridge : public QObject {
    Q_OBJECT
public:
    /// @p presentation must outlive this.
    explicit SessionBridge(Presentation &presentation, QObject *parent = nullptr);
    ~SessionBridge() override;

    /// Runs it from its start; what went on before is stopped.
    void run(const scenario::Scenario &scenario);
    void runAgain();
    [[nodiscard]] bool canRunAgain() const { return m_scenario.has_value(); }

    void startLive(const LiveOptions &options);
    void changeLive(const LiveReceiving &receiving);
    [[nodiscard]] const LiveStatus &liveStatus() const { return m_status; }
    /// What was received so far as a scenario's text, its data cut after @p maxBytes.
    [[nodiscard]] QString liveAsScenario(std::size_t maxBytes) const;

    /// Stops a run or a live session; what was recorded stays.
    void stop();
    /// A run or a live session goes on.
    [[nodiscard]] bool busy() const;

signals:
    void runStarted();
    void runEnded(const recvscope::gui::RunSummary &summary);
    void liveChanged();
    void busyChanged();

private:
    struct RunJob;
    struct LiveJob;

    void retireAll();
    void takeKeptBack(const QString &trouble);
    void dropKept();
    void frame();
    bool grow();
    void ended(RunJob *job, const session::RunReport &report);
    void started(LiveJob *job, Result<std::unique_ptr<session::Live>> result);
    /// Stops it on a thread of its own.
    void end(LiveJob &job);
    void stopped(LiveJob *job);
    void refreshLive();
    void setStatus(LiveStatus status);

    Presentation &m_presentation;
    std::optional<scenario::Scenario> m_scenario;
    std::list<std::unique_ptr<RunJob>> m_runs; ///< the last is the one that is shown, the others are ending
    std::list<std::unique_ptr<LiveJob>> m_lives;
    RunJob *m_run = nullptr;
    LiveJob *m_live = nullptr;
    LiveStatus m_status;
    LiveJob *m_kept = nullptr; ///< stopped; comes back when the session that is starting does not
    LiveStatus m_keptStatus;
    std::uint64_t m_shownEvents = 0;
    bool m_shownFull = false; ///< the trace that is shown has its last event
    int m_pause = 0;          ///< milliseconds to the next look
    QTimer m_look;
};

} // namespace recvscope::gui
