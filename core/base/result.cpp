#include "base/result.h"

#include <system_error>

namespace recvscope {

std::string Error::message() const
{
    std::string text = "Cannot " + what;
    if (!on.empty())
        text += " " + on;
    return text + ": " + why + (why.ends_with('.') ? "" : ".");
}

Error Error::system(std::string what, std::string on, int code)
{
    return {std::move(what), std::move(on), std::generic_category().message(code), code};
}

} // namespace recvscope
