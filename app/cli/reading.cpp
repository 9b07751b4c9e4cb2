#include "cli/reading.h"

#include "cli/text.h"
#include "resources/folder.h"
#include "resources/lessons.h"

#include <algorithm>
#include <charconv>
#include <fstream>

namespace recvscope::cli {

namespace {

constexpr std::size_t shownColumns = 100;

/// Line @p number of the file, counted from 1, without its end; nothing when it cannot be read again.
std::optional<std::string> lineOf(const std::string &file, std::uint32_t number)
{
    std::ifstream stream(file, std::ios::binary);
    std::string line;
    for (std::uint32_t i = 0; i < number; ++i)
        if (!std::getline(stream, line))
            return std::nullopt;
    if (line.ends_with('\r'))
        line.pop_back();
    return line;
}

/// The line with a caret under its columns [from, to), counted in characters from 1. Tabs become blanks, and of a long
/// line the part around the mistake is shown.
std::string caretUnder(const std::string &line, std::size_t from, std::size_t to, const Paint &paint)
{
    std::vector<std::string> characters;
    for (const char c : line) {
        if ((static_cast<unsigned char>(c) & 0xC0U) == 0x80U && !characters.empty())
            characters.back() += c;
        else
            characters.emplace_back(1, static_cast<unsigned char>(c) < 0x20U ? ' ' : c);
    }
    const std::size_t begin = std::min(from - 1, characters.size());
    const std::size_t end = std::clamp(to - 1, begin + 1, std::max(begin + 1, characters.size()));
    const std::size_t first = begin > shownColumns / 2 ? begin - shownColumns / 2 : 0;
    const std::size_t last = std::min(characters.size(), first + shownColumns);

    std::string text = "  | ";
    for (std::size_t i = first; i < last; ++i)
        text += characters[i];
    const std::size_t marks = std::max<std::size_t>(1, std::min(end, std::max(last, begin + 1)) - begin);
    return text + "\n  | " + std::string(begin - first, ' ') + paint(Ink::Failure, "^" + std::string(marks - 1, '~')) +
           "\n";
}

std::optional<scenario::Scenario> lessonNumbered(std::uint32_t number, Invocation &invocation)
{
    invocation.exitCode = ExitCode::BadInput;
    const auto folder = resources::Folder::find();
    if (!folder) {
        invocation.err << folder.error().message() << "\n";
        return std::nullopt;
    }
    const resources::Lessons lessons = resources::readLessons(folder.value().lessonFiles());
    const resources::LessonFile *lesson = lessons.numbered(number);
    if (lesson == nullptr) {
        for (const scenario::ReadError &error : lessons.unreadable)
            invocation.err << explained(error, false);
        invocation.err << "There is no lesson " << number << ". Those there are: recvscope-cli list\n";
        return std::nullopt;
    }
    invocation.exitCode = ExitCode::AllMet;
    return scenario::readScenario(lesson->file.string()).value();
}

} // namespace

std::string explained(const scenario::ReadError &error, bool colour)
{
    const Paint paint(colour);
    std::string text = error.message() + "\n";
    if (error.line == 0 || error.column == 0)
        return text;
    const std::optional<std::string> line = lineOf(error.file, error.line);
    if (!line)
        return text;
    // A mistake that goes on over the next lines is marked to the end of its first.
    const std::size_t to = error.endLine == error.line ? error.endColumn : columnsOf(*line) + 1;
    return text + caretUnder(*line, error.column, to, paint);
}

ExitCode exitCodeOf(const scenario::ReadError &error)
{
    return error.later ? ExitCode::NotPossibleHere : ExitCode::BadInput;
}

std::optional<scenario::Scenario> scenarioNamed(const std::string &fileOrNumber, Invocation &invocation)
{
    std::uint32_t number = 0;
    const char *end = fileOrNumber.data() + fileOrNumber.size();
    if (const auto parsed = std::from_chars(fileOrNumber.data(), end, number);
        parsed.ec == std::errc() && parsed.ptr == end)
        return lessonNumbered(number, invocation);

    scenario::ReadResult read = scenario::readScenario(fileOrNumber);
    if (read)
        return std::move(read.value());
    invocation.err << explained(read.error(), false);
    invocation.exitCode = exitCodeOf(read.error());
    return std::nullopt;
}

} // namespace recvscope::cli
