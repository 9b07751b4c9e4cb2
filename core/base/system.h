// What this system calls itself.
//
// Threads: any.

#pragma once

#include <string>

namespace recvscope {

struct SystemNames {
    std::string name;    ///< "Linux"
    std::string release; ///< of the kernel
    std::string machine; ///< "x86_64"
};

[[nodiscard]] SystemNames systemNames();

} // namespace recvscope
