// recvscope-cli list: the lessons, by track.

#include "cli/invocation.h"
#include "cli/reading.h"
#include "cli/text.h"
#include "resources/folder.h"
#include "resources/lessons.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace recvscope::cli {

namespace {

std::string capitalised(std::string_view word)
{
    std::string text(word);
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
        text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

void print(const resources::LessonFile &lesson, bool withFile, const Invocation &invocation)
{
    const Paint paint(invocation.terminal.colour);
    const auto columns = static_cast<std::size_t>(invocation.terminal.columns);
    const std::string number = std::to_string(lesson.lesson.number);
    invocation.out << std::string(number.size() < 4 ? 4 - number.size() : 0, ' ') << paint(Ink::Accent, number) << "  "
                   << lesson.title << "\n";
    if (!lesson.lesson.about.empty())
        invocation.out << "      " << paint(Ink::Dim, paragraph(lesson.lesson.about, columns, 6)) << "\n";
    if (withFile)
        invocation.out << "      " << lesson.file.string() << "\n";
}

ExitCode work(bool withFiles, const Invocation &invocation)
{
    const auto folder = resources::Folder::find();
    if (!folder) {
        invocation.err << folder.error().message() << "\n";
        return ExitCode::BadInput;
    }
    const resources::Lessons lessons = resources::readLessons(folder.value().lessonFiles());
    const Paint paint(invocation.terminal.colour);
    // The tracks in the curriculum's order, each with its lessons by number.
    for (const auto track :
         {scenario::LessonTrack::Streams, scenario::LessonTrack::Messages, scenario::LessonTrack::Completion,
          scenario::LessonTrack::Kernel, scenario::LessonTrack::Compare, scenario::LessonTrack::Museum}) {
        bool named = false;
        for (const resources::LessonFile &lesson : lessons.lessons) {
            if (lesson.lesson.track != track)
                continue;
            if (!named)
                invocation.out << paint(Ink::Strong, capitalised(scenario::nameOf(track))) << "\n";
            named = true;
            print(lesson, withFiles, invocation);
        }
    }
    if (!lessons.lessons.empty())
        invocation.out << "\nTell one: recvscope-cli play " << lessons.lessons.front().lesson.number << "\n";
    else if (lessons.unreadable.empty())
        invocation.out << "There are no lessons in " << folder.value().lessons().string() << "\n";
    for (const scenario::ReadError &error : lessons.unreadable)
        invocation.err << explained(error, false);
    return lessons.unreadable.empty() ? ExitCode::AllMet : ExitCode::BadInput;
}

} // namespace

void addListCommand(CLI::App &app, Invocation &invocation)
{
    CLI::App *command = app.add_subcommand("list", "List the lessons");
    const auto withFiles = std::make_shared<bool>(false);
    command->add_flag("--files", *withFiles, "Name each lesson's file as well");
    command->callback([withFiles, &invocation] { invocation.exitCode = work(*withFiles, invocation); });
}

} // namespace recvscope::cli
