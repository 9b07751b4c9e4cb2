// How tests wait: for causes, never for a time.

#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace recvscope::test {

/// Waits for a cause that another thread or the kernel brings about. Fails the test after ten seconds.
template <class Condition>
void waitUntil(Condition condition, const char *what)
{
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            ADD_FAILURE() << "never came true: " << what;
            return;
        }
        std::this_thread::yield();
    }
}

} // namespace recvscope::test
