#include "gui/window/command_line.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace recvscope::gui {

namespace {

/// "1440x900" into two numbers; an explanation when it is not that.
std::string readSize(const std::string &text, CommandLine &line)
{
    const char *const end = text.data() + text.size();
    const auto [afterWidth, widthTrouble] = std::from_chars(text.data(), end, line.width);
    if (widthTrouble == std::errc() && afterWidth != end && *afterWidth == 'x') {
        const auto [afterHeight, heightTrouble] = std::from_chars(afterWidth + 1, end, line.height);
        if (heightTrouble == std::errc() && afterHeight == end && line.width >= 640 && line.height >= 480 &&
            line.width <= 16384 && line.height <= 16384)
            return {};
    }
    return "expected WIDTHxHEIGHT from 640x480 on, such as 1440x900, found '" + text + "'";
}

bool isNumber(const std::string &text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

} // namespace

ReadCommandLine readCommandLine(int argc, const char *const *argv, const char *version)
{
    ReadCommandLine read;
    CommandLine &line = read.line;
    std::string size;
    CLI::App app("Recvscope shows what a socket receive really does. Without arguments it plays the first lesson.",
                 "recvscope");
    app.set_version_flag("--version", std::string("recvscope ") + version);
    app.add_option("FILE", line.file, "A scenario to open, or the number of a lesson");
    app.add_option("--lesson", line.lesson, "The lesson of that number")->check(CLI::Range(1, 999));
    app.add_flag("--play", line.play, "Play what was opened");
    app.add_flag("--clock", line.clockTime, "Show clock time instead of story time");
    app.add_option("--theme", line.theme, "light or dark; otherwise as it was left")
        ->check(CLI::IsMember({"light", "dark"}));
    app.add_option("--listen", line.listenOn, "Listen on ADDRESS:PORT for programs of yours");
    app.add_option("--size", size, "Size of the window: WIDTHxHEIGHT")->check([&line](const std::string &text) {
        return readSize(text, line);
    });
    app.add_option("--screenshot", line.screenshot, "Write a picture of the window there as PNG, and end")
        ->group("Pictures");
    app.add_option("--at", line.at, "How many events have happened in the picture; otherwise all")->group("Pictures");
    app.add_flag("--exit-after-paint", line.exitAfterPaint)->group(""); // not shown: for measurements
    app.footer("Keys: Space plays, the arrows step, ? shows all. QT_SCALE_FACTOR=2 makes everything twice as large.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError &end) {
        read.exitCode = app.exit(end) == 0 ? 0 : 2;
        return read;
    }
    if (line.lesson == 0 && isNumber(line.file)) {
        line.lesson = std::atoi(line.file.c_str());
        line.file.clear();
    }
    if (line.file.empty() && line.lesson == 0 && line.listenOn.empty()) {
        line.lesson = 1;
        line.play = line.screenshot.empty();
    }
    return read;
}

} // namespace recvscope::gui
