#include "gui/lessons/shelf.h"

#include "resources/folder.h"
#include "scenario/read.h"

#include <algorithm>
#include <string_view>

namespace recvscope::gui {

const LessonEntry *Shelf::lesson(int number) const
{
    const auto found =
        std::find_if(lessons.begin(), lessons.end(), [&](const LessonEntry &each) { return each.number == number; });
    return found == lessons.end() ? nullptr : &*found;
}

const LessonEntry *Shelf::lessonOf(const std::filesystem::path &file) const
{
    const auto found =
        std::find_if(lessons.begin(), lessons.end(), [&](const LessonEntry &each) { return each.file == file; });
    return found == lessons.end() ? nullptr : &*found;
}

std::vector<QString> Shelf::tracks() const
{
    std::vector<QString> tracks;
    for (const LessonEntry &each : lessons)
        if (std::find(tracks.begin(), tracks.end(), each.track) == tracks.end())
            tracks.push_back(each.track);
    return tracks;
}

Shelf Shelf::read()
{
    const auto folder = resources::Folder::find();
    if (!folder) {
        Shelf shelf;
        shelf.troubles.push_back(QString::fromStdString(folder.error().message()));
        return shelf;
    }
    return read(folder->lessonFiles());
}

Shelf Shelf::read(const std::vector<std::filesystem::path> &files)
{
    Shelf shelf;
    for (const std::filesystem::path &file : files) {
        const scenario::ReadResult read = scenario::readScenario(file.string());
        if (!read) {
            shelf.troubles.push_back(QString::fromStdString(read.error().message()));
            continue;
        }
        const scenario::Scenario &scenario = read.value();
        if (!scenario.lesson)
            continue;
        shelf.lessons.push_back(
            {static_cast<int>(scenario.lesson->number), capitalised(scenario::nameOf(scenario.lesson->track)),
             QString::fromStdString(scenario.title), QString::fromStdString(scenario.lesson->about), file});
    }
    std::stable_sort(shelf.lessons.begin(), shelf.lessons.end(),
                     [](const LessonEntry &a, const LessonEntry &b) { return a.number < b.number; });
    return shelf;
}

QString capitalised(std::string_view word)
{
    QString text = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace recvscope::gui
