// The lessons that are there, by track, as their scenario files say.
//
// Threads: values; reading is done on the caller's thread.

#pragma once

#include <QString>

#include <filesystem>
#include <vector>

namespace recvscope::gui {

struct LessonEntry {
    int number = 0;
    QString track; ///< "Streams"
    QString title;
    QString about; ///< one line; may be empty
    std::filesystem::path file;
};

struct Shelf {
    std::vector<LessonEntry> lessons; ///< by number
    std::vector<QString> troubles;    ///< a sentence for each file that could not be used

    [[nodiscard]] const LessonEntry *lesson(int number) const;
    [[nodiscard]] const LessonEntry *lessonOf(const std::filesystem::path &file) const;
    /// Track names, in the order of their lessons.
    [[nodiscard]] std::vector<QString> tracks() const;

    /// From resources::Folder; when that is not found, an empty shelf that says so.
    [[nodiscard]] static Shelf read();
    [[nodiscard]] static Shelf read(const std::vector<std::filesystem::path> &files);
};

/// "streams" → "Streams".
[[nodiscard]] QString capitalised(std::string_view word);

} // namespace recvscope::gui
