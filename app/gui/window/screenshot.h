// A picture of the window without anybody there: waits until the run has ended or a live session has begun, sets the
// playhead, saves, ends. What the window would tell a person as bad news is written to the standard error output.
//
// Threads: the window's.

#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace recvscope::gui {

class MainWindow;
class Studio;

/// To be called before something is opened. Ends the application with 0, or with 1 when something in the window went
/// wrong (an expectation that was not met, an address in use) or the picture could not be saved.
void takeScreenshot(MainWindow &window, Studio &studio, const QString &path, std::optional<std::uint32_t> at);

} // namespace recvscope::gui
