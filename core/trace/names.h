// Names by number: "s" for socket 1, "r1" for operation 7.
//
// Threads: any thread may give and read names; reading takes no lock.

#pragma once

#include "trace/slots.h"

#include <deque>
#include <mutex>
#include <string>
#include <string_view>

namespace recvscope::trace {

class Names {
public:
    /// Names a number, again if need be: the newest name counts.
    void give(std::uint32_t number, std::string_view name);
    /// @return its name, or null when it was never named.
    [[nodiscard]] const std::string *of(std::uint32_t number) const;

private:
    // Numbers are sparse (one operation in a million may be named), hence pages.
    static constexpr std::uint32_t pageSize = 256;
    struct Page {
        std::array<std::atomic<const std::string *>, pageSize> names{};
    };

    Slots<Page> m_pages;
    std::mutex m_mutex;             ///< guards giving
    std::deque<std::string> m_kept; ///< every name ever given: a reader may still hold it
};

} // namespace recvscope::trace
