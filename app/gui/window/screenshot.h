// A picture of the window without anybody there: waits until the run has ended, sets the playhead, saves, ends.
//
// Threads: the window's.

#pragma once

#include <QString>

#include <cstdint>
#include <optional>

namespace recvscope::gui {

class MainWindow;
class Studio;

/// Ends the application with 0, or with 1 when the picture could not be saved.
void takeScreenshot(MainWindow &window, Studio &studio, const QString &path, std::optional<std::uint32_t> at);

} // namespace recvscope::gui
