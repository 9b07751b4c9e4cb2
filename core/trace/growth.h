// Long-lived vectors grow by an eighth, not by doubling: a trace's indexes should not take twice what they hold.

#pragma once

#include <cstddef>
#include <vector>

namespace recvscope::trace {

template <class T>
void pushTightly(std::vector<T> &to, const T &value)
{
    if (to.size() == to.capacity())
        to.reserve(to.size() + to.size() / 8 + 8);
    to.push_back(value);
}

template <class T>
[[nodiscard]] std::size_t bytesHeld(const std::vector<T> &vector)
{
    return vector.capacity() * sizeof(T);
}

} // namespace recvscope::trace
