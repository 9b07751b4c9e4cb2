#include "gui/lessons/progress.h"

#include <QSettings>

namespace recvscope::gui {

namespace {

QString doneKey(int lesson)
{
    return QStringLiteral("progress/done/%1").arg(lesson);
}

QString answerKey(int lesson, StepId question)
{
    return QStringLiteral("progress/answers/%1-%2").arg(lesson).arg(question.value);
}

} // namespace

Progress::Progress(QSettings &settings, QObject *parent) : QObject(parent), m_settings(settings)
{
    count();
}

bool Progress::done(int lesson) const
{
    return m_settings.value(doneKey(lesson), false).toBool();
}

void Progress::setDone(int lesson)
{
    if (lesson <= 0 || done(lesson))
        return;
    m_settings.setValue(doneKey(lesson), true);
    emit changed();
}

void Progress::setAnswer(int lesson, StepId question, bool right)
{
    if (lesson <= 0 || m_settings.contains(answerKey(lesson, question)))
        return;
    m_settings.setValue(answerKey(lesson, question), right);
    count();
    emit changed();
}

void Progress::forget()
{
    m_settings.remove(QStringLiteral("progress"));
    count();
    emit changed();
}

void Progress::count()
{
    m_answered = m_right = 0;
    m_settings.beginGroup(QStringLiteral("progress/answers"));
    for (const QString &key : m_settings.childKeys()) {
        ++m_answered;
        m_right += m_settings.value(key).toBool() ? 1 : 0;
    }
    m_settings.endGroup();
}

} // namespace recvscope::gui
