#include "gui/window/studio.h"

#include "gui/window/whole_file.h"
#include "scenario/read.h"

#include <QFileInfo>
#include <QSettings>

namespace recvscope::gui {

namespace {

constexpr int mostRecent = 8;
constexpr std::size_t scenarioDataLimit = 256 * 1024; ///< of what Listen received: a scenario is read by people

QString recentKey()
{
    return QStringLiteral("recentFiles");
}

} // namespace

Studio::Studio(QSettings &settings, const Clock &clock, QObject *parent)
    : QObject(parent),
      m_settings(settings),
      m_questions(m_presentation),
      m_player(m_presentation, m_questions, m_appearance, clock),
      m_bridge(m_presentation),
      m_progress(settings),
      m_shelf(Shelf::read())
{
    connect(&m_bridge, &SessionBridge::runStarted, &m_questions, &Questions::reopen);
    connect(&m_bridge, &SessionBridge::runEnded, this, [this](const RunSummary &summary) {
        if (!summary.sentence.isEmpty())
            emit notice(summary.sentence, !summary.asExpected);
    });
    connect(&m_bridge, &SessionBridge::liveChanged, this, &Studio::liveChanged);
    connect(&m_questions, &Questions::answered, this, [this](StepId question, bool right) {
        m_progress.setAnswer(m_presentation.telling().number, question, right);
    });
    connect(&m_player, &Player::toldToTheEnd, this, [this] { m_progress.setDone(m_presentation.telling().number); });
    connect(&m_presentation, &Presentation::lessonAsked, this, [this](int number) { openLesson(number, Then::Play); });
}

bool Studio::openFile(const QString &path, Then then)
{
    const scenario::ReadResult read = scenario::readScenario(path.toStdString());
    if (!read) {
        emit notice(QString::fromStdString(read.error().message()), true);
        return false;
    }
    if (m_shelf.lessonOf(path.toStdString()) == nullptr)
        remember(path);
    m_bridge.run(read.value());
    if (then == Then::Play)
        m_player.play();
    return true;
}

bool Studio::openLesson(int number, Then then)
{
    const LessonEntry *entry = m_shelf.lesson(number);
    if (entry == nullptr) {
        QStringList known;
        for (const LessonEntry &each : m_shelf.lessons)
            known.push_back(QString::number(each.number));
        emit notice(known.isEmpty()
                        ? tr("There is no lesson %1: no lessons were found.").arg(number)
                        : tr("There is no lesson %1. There are %2.").arg(number).arg(known.join(QStringLiteral(", "))),
                    true);
        return false;
    }
    return openFile(QString::fromStdString(entry->file.string()), then);
}

void Studio::runAgain()
{
    m_bridge.runAgain();
    m_player.play();
}

void Studio::remember(const QString &path)
{
    const QString whole = QFileInfo(path).absoluteFilePath();
    QStringList files = recentFiles();
    files.removeAll(whole);
    files.prepend(whole);
    m_settings.setValue(recentKey(), QStringList(files.mid(0, mostRecent)));
    emit recentFilesChanged();
}

QStringList Studio::recentFiles() const
{
    return m_settings.value(recentKey()).toStringList();
}

void Studio::forgetRecentFiles()
{
    m_settings.remove(recentKey());
    emit recentFilesChanged();
}

bool Studio::saveLiveScenario(const QString &path)
{
    const Outcome saved = writeWhole("save the scenario", m_bridge.liveAsScenario(scenarioDataLimit).toUtf8(), path);
    if (!saved) {
        emit notice(QString::fromStdString(saved.error().message()), true);
        return false;
    }
    remember(path);
    emit notice(tr("Saved to %1. Open it to tell it again.").arg(path), false);
    return true;
}

void Studio::liveChanged()
{
    const LiveStatus &status = m_bridge.liveStatus();
    if (status.phase == LiveStatus::Phase::Running && m_livePhase != status.phase)
        m_player.toEnd(); // pinned to the end of what grows
    if (!status.trouble.isEmpty() && status.phase == LiveStatus::Phase::Off)
        emit notice(status.trouble, true);
    m_livePhase = status.phase;
}

} // namespace recvscope::gui
