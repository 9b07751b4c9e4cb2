#include "resources/lessons.h"

#include <algorithm>

namespace recvscope::resources {

const LessonFile *Lessons::numbered(std::uint32_t number) const
{
    const auto found = std::find_if(lessons.begin(), lessons.end(),
                                    [&](const LessonFile &each) { return each.lesson.number == number; });
    return found == lessons.end() ? nullptr : &*found;
}

Lessons readLessons(const std::vector<std::filesystem::path> &files)
{
    Lessons lessons;
    for (const std::filesystem::path &file : files) {
        const scenario::ReadResult read = scenario::readScenario(file.string());
        if (!read)
            lessons.unreadable.push_back(read.error());
        else if (read.value().lesson)
            lessons.lessons.push_back({*read.value().lesson, read.value().title, file});
    }
    std::stable_sort(lessons.lessons.begin(), lessons.lessons.end(),
                     [](const LessonFile &a, const LessonFile &b) { return a.lesson.number < b.lesson.number; });
    return lessons;
}

} // namespace recvscope::resources
