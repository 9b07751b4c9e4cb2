// What recvscope is asked to do on its command line.
//
// Threads: pure function, called before anything of Qt.

#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace recvscope::gui {

struct CommandLine {
    std::string file; ///< a scenario; empty: none
    int lesson = 0;   ///< 0: none
    bool play = false;
    std::string theme;         ///< "light", "dark", or empty: as remembered
    std::string listenOn;      ///< "127.0.0.1:7000"; empty: does not listen
    int width = 0, height = 0; ///< of the window; 0: as remembered

    std::string screenshot;          ///< writes a picture there and ends
    std::optional<std::uint32_t> at; ///< with screenshot: after that many events; else at the end
    bool clockTime = false;
    bool exitAfterPaint = false; ///< for measuring how long a start takes
};

struct ReadCommandLine {
    CommandLine line;
    std::optional<int> exitCode; ///< set: help, version or a mistake was printed
};

[[nodiscard]] ReadCommandLine readCommandLine(int argc, const char *const *argv, const char *version);

} // namespace recvscope::gui
