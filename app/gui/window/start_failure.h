// Says in plain words that no window can be opened, and ends the program, where Qt alone would abort it.
//
// Threads: the main thread, while the application object is made.

#pragma once

namespace recvscope::gui {

/// Exit code when there is no display, or none that can be reached.
inline constexpr int noWindow = 2;

/// In force while it lives.
class StartFailure {
public:
    StartFailure();
    ~StartFailure();
    StartFailure(const StartFailure &) = delete;
    StartFailure &operator=(const StartFailure &) = delete;
};

} // namespace recvscope::gui
