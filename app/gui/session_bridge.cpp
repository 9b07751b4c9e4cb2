#include "gui/session_bridge.h"

#include "gui/lessons/telling_of.h"
#include "gui/presentation.h"
#include "session/live.h"
#include "session/run.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace recvscope::gui {

namespace {

constexpr int framePause = 16;
constexpr int idlePause = 128;

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

RunSummary summaryOf(const session::RunReport &report)
{
    using End = session::RunEnd;
    RunSummary summary{report.end == End::AllMet || report.end == End::Stopped, {}};
    if (report.end == End::ExpectationFailed) {
        for (const session::ExpectationReport &each : report.expectations)
            if (!each.met) {
                summary.sentence = SessionBridge::tr("Line %1: expected %2 to be %3, it was %4. %5")
                                       .arg(each.line)
                                       .arg(text(each.what), text(each.expected), text(each.found), text(each.why));
                break;
            }
    } else if (report.end == End::TimedOut) {
        summary.sentence = SessionBridge::tr("The run was ended: %1").arg(text(report.reason));
    } else if (report.end == End::NotPossibleHere) {
        summary.sentence = SessionBridge::tr("This cannot be run on this machine: %1").arg(text(report.reason));
    } else if (report.end == End::Failed) {
        summary.sentence = SessionBridge::tr("The run failed: %1").arg(text(report.reason));
    }
    return summary;
}

session::LiveBehaviour behaviourOf(const LiveReceiving &receiving)
{
    return {receiving.buffers, receiving.overlapped, receiving.inFlight, receiving.bytesPerSecond};
}

QString endOf(const session::Connection &connection)
{
    if (connection.open)
        return {};
    if (connection.endStatus == Status::Success)
        return SessionBridge::tr("ended");
    return text(std::string(nameOf(connection.endStatus)));
}

} // namespace

struct SessionBridge::RunJob {
    std::unique_ptr<session::ScenarioRun> run;
    std::thread thread;
};

struct SessionBridge::LiveJob {
    LiveOptions options;
    std::unique_ptr<session::Live> live; ///< set on the window's thread once it started
    std::thread starting;
    std::thread stopping;
    bool unwanted = false; ///< another session took its place
};

SessionBridge::SessionBridge(Presentation &presentation, QObject *parent)
    : QObject(parent), m_presentation(presentation)
{
    m_look.setSingleShot(true);
    connect(&m_look, &QTimer::timeout, this, &SessionBridge::frame);
}

SessionBridge::~SessionBridge()
{
    for (const auto &job : m_runs) {
        job->run->stop();
        job->thread.join();
    }
    for (const auto &job : m_lives) {
        job->starting.join();
        if (job->stopping.joinable())
            job->stopping.join();
    }
}

void SessionBridge::run(const scenario::Scenario &scenario)
{
    retireAll();
    m_scenario = scenario;
    auto job = std::make_unique<RunJob>();
    job->run = session::makeRun(scenario);
    m_run = job.get();
    m_runs.push_back(std::move(job));
    m_shownEvents = 0;
    m_shownFull = false;
    emit runStarted();
    m_presentation.setGrowing(true);
    m_presentation.replaceTrace(m_run->run->snapshot(), tellingOf(scenario));
    m_run->thread = std::thread([this, job = m_run] {
        session::RunReport report = job->run->run();
        QMetaObject::invokeMethod(
            this, [this, job, report = std::move(report)] { ended(job, report); }, Qt::QueuedConnection);
    });
    m_look.start(framePause);
    emit busyChanged();
}

void SessionBridge::runAgain()
{
    if (m_scenario)
        run(scenario::Scenario(*m_scenario));
}

void SessionBridge::ended(RunJob *job, const session::RunReport &report)
{
    job->thread.join();
    const bool shown = job == m_run;
    if (shown) {
        grow();
        m_look.stop();
        Telling telling = m_presentation.telling();
        answerFrom(m_presentation.story(), *m_scenario, telling);
        m_presentation.setTelling(std::move(telling));
        m_presentation.setGrowing(false);
        m_run = nullptr;
    }
    m_runs.remove_if([job](const auto &each) { return each.get() == job; });
    if (shown) {
        emit busyChanged();
        emit runEnded(summaryOf(report));
    }
}

void SessionBridge::startLive(const LiveOptions &options)
{
    LiveJob *const kept = m_status.phase == LiveStatus::Phase::Stopped ? std::exchange(m_live, nullptr) : nullptr;
    const LiveStatus keptStatus = m_status;
    retireAll();
    m_kept = kept;
    m_keptStatus = keptStatus;
    m_scenario.reset();
    auto job = std::make_unique<LiveJob>();
    job->options = options;
    m_live = job.get();
    m_lives.push_back(std::move(job));
    LiveStatus status;
    status.phase = LiveStatus::Phase::Starting;
    status.connects = options.connects;
    status.where = addressText(options.host, options.port);
    status.memoryLimit = options.memoryLimit;
    setStatus(std::move(status));

    m_live->starting = std::thread([this, job = m_live] {
        auto result = [&]() -> Result<std::unique_ptr<session::Live>> {
            const LiveOptions &wanted = job->options;
            auto address = net::Address::parse(addressText(wanted.host, wanted.port).toStdString());
            if (!address)
                return address.error();
            session::LiveSettings settings;
            settings.mode =
                wanted.connects ? session::LiveSettings::Mode::Connect : session::LiveSettings::Mode::Listen;
            settings.address = *address;
            settings.behaviour = behaviourOf(wanted.receiving);
            settings.memoryLimit = wanted.memoryLimit;
            return session::startLive(std::move(settings));
        }();
        auto box = std::make_shared<decltype(result)>(std::move(result));
        QMetaObject::invokeMethod(
            this, [this, job, box] { started(job, std::move(*box)); }, Qt::QueuedConnection);
    });
    emit busyChanged();
}

void SessionBridge::started(LiveJob *job, Result<std::unique_ptr<session::Live>> result)
{
    if (result)
        job->live = std::move(result).value();
    if (job->unwanted) {
        job->live ? end(*job) : stopped(job);
        return;
    }
    LiveStatus status = m_status;
    if (!result) {
        status.phase = LiveStatus::Phase::Off;
        status.trouble = text(result.error().message());
        const QString trouble = status.trouble;
        setStatus(std::move(status));
        stopped(job);
        takeKeptBack(trouble);
        return;
    }
    dropKept();
    status.phase = LiveStatus::Phase::Running;
    if (!job->options.connects)
        status.where = text(job->live->address().text());
    Telling telling;
    telling.outside = true;
    telling.title = (job->options.connects ? tr("Connected to %1") : tr("Listening on %1")).arg(status.where);
    m_shownEvents = 0;
    m_shownFull = false;
    m_presentation.setGrowing(true);
    m_presentation.replaceTrace(job->live->snapshot(), std::move(telling));
    setStatus(std::move(status)); // last: who hears of it finds the trace there
    m_pause = framePause;
    m_look.start(m_pause);
}

void SessionBridge::changeLive(const LiveReceiving &receiving)
{
    if (m_live == nullptr)
        return;
    m_live->options.receiving = receiving;
    if (m_live->live)
        m_live->live->setBehaviour(behaviourOf(receiving));
}

QString SessionBridge::liveAsScenario(std::size_t maxBytes) const
{
    return m_live != nullptr && m_live->live ? text(m_live->live->asScenario(maxBytes)) : QString();
}

void SessionBridge::stop()
{
    if (m_run != nullptr)
        m_run->run->stop();
    if (m_live == nullptr || m_live->stopping.joinable())
        return;
    if (!m_live->live) {
        m_live->unwanted = true; // it still starts: dropped as soon as it has
        m_live = nullptr;
        setStatus({});
        takeKeptBack({});
        emit busyChanged();
        return;
    }
    LiveStatus status = m_status;
    status.phase = LiveStatus::Phase::Stopping;
    setStatus(std::move(status));
    end(*m_live);
}

void SessionBridge::end(LiveJob &job)
{
    job.stopping = std::thread([this, job = &job] {
        job->live->stop();
        QMetaObject::invokeMethod(
            this, [this, job] { stopped(job); }, Qt::QueuedConnection);
    });
}

void SessionBridge::stopped(LiveJob *job)
{
    if (job == m_live && job->live) {
        refreshLive();
        LiveStatus status = m_status;
        status.phase = LiveStatus::Phase::Stopped;
        setStatus(std::move(status));
        m_look.stop();
        m_presentation.setGrowing(false);
        Telling telling = m_presentation.telling();
        telling.title = (job->options.connects ? tr("Was connected to %1") : tr("Listened on %1")).arg(m_status.where);
        m_presentation.setTelling(std::move(telling));
        emit busyChanged(); // the job stays: what it received can still be saved
        return;
    }
    if (job == m_live) {
        m_live = nullptr;
        emit busyChanged();
    }
    job->starting.join();
    if (job->stopping.joinable())
        job->stopping.join();
    m_lives.remove_if([job](const auto &each) { return each.get() == job; });
}

/// The session that stood before one that could not start: what it received can still be looked at and saved.
void SessionBridge::takeKeptBack(const QString &trouble)
{
    if (m_kept == nullptr)
        return;
    m_live = std::exchange(m_kept, nullptr);
    m_keptStatus.trouble = trouble;
    setStatus(m_keptStatus);
}

void SessionBridge::dropKept()
{
    if (LiveJob *job = std::exchange(m_kept, nullptr))
        stopped(job);
}

void SessionBridge::retireAll()
{
    m_look.stop();
    dropKept();
    if (m_run != nullptr)
        m_run->run->stop();
    m_run = nullptr;
    if (LiveJob *job = std::exchange(m_live, nullptr)) {
        job->unwanted = true;
        if (m_status.phase == LiveStatus::Phase::Stopped)
            stopped(job);
        else if (job->live && !job->stopping.joinable())
            end(*job);
        setStatus({});
    }
    m_presentation.setGrowing(false);
}

bool SessionBridge::busy() const
{
    return m_run != nullptr || m_status.phase == LiveStatus::Phase::Starting ||
           m_status.phase == LiveStatus::Phase::Running || m_status.phase == LiveStatus::Phase::Stopping;
}

void SessionBridge::frame()
{
    const bool grew = grow();
    if (m_live != nullptr) {
        refreshLive();
        if (m_live->live && !m_live->live->running() && m_status.phase == LiveStatus::Phase::Running)
            stop(); // it ended by itself: what it leaves is collected as if it had been asked to
    }
    m_pause = grew || m_run != nullptr ? framePause : std::min(2 * m_pause, idlePause);
    m_look.start(m_pause);
}

bool SessionBridge::grow()
{
    trace::Snapshot snapshot;
    if (m_run != nullptr)
        snapshot = m_run->run->snapshot();
    else if (m_live != nullptr && m_live->live)
        snapshot = m_live->live->snapshot();
    const bool full = snapshot.dropped() > 0; // where it ends is news, too
    if (snapshot.eventCount() <= m_shownEvents && full == m_shownFull)
        return false;
    m_shownEvents = snapshot.eventCount();
    m_shownFull = full;
    m_presentation.growTrace(std::move(snapshot));
    return true;
}

void SessionBridge::refreshLive()
{
    if (!m_live->live)
        return;
    grow();
    LiveStatus status = m_status;
    status.connections.clear();
    for (const session::Connection &each : m_live->live->connections())
        status.connections.push_back(
            {each.socket, text(each.peer.text()), each.bytes, each.receives, each.open, endOf(each)});
    status.notKept = m_live->live->snapshot().dropped(); // goes on when the trace does not
    setStatus(std::move(status));
}

void SessionBridge::setStatus(LiveStatus status)
{
    if (status == m_status)
        return;
    m_status = std::move(status);
    emit liveChanged();
}

} // namespace recvscope::gui
