// The lessons that are there, as their scenario files say.
//
// Threads: functions of their arguments.

#pragma once

#include "scenario/read.h"

#include <filesystem>
#include <string>
#include <vector>

namespace recvscope::resources {

struct LessonFile {
    scenario::Lesson lesson;
    std::string title;
    std::filesystem::path file;
};

struct Lessons {
    std::vector<LessonFile> lessons;             ///< by number
    std::vector<scenario::ReadError> unreadable; ///< files that cannot be used, and why

    [[nodiscard]] const LessonFile *numbered(std::uint32_t number) const; ///< null when there is none
};

/// Reads each file; a scenario that is no lesson is left out.
[[nodiscard]] Lessons readLessons(const std::vector<std::filesystem::path> &files);

} // namespace recvscope::resources
