// Memory for what is written once and kept. Where the system has huge pages they are asked for: touching new memory for
// the first time then costs a tenth.
//
// Threads: values; any.

#pragma once

#include <cstddef>
#include <utility>

namespace recvscope {

class Pages {
public:
    static constexpr std::size_t unit = std::size_t{2} << 20; ///< bytes: a huge page

    Pages() = default;
    /// @p bytes: a multiple of unit. Empty when the system has none left.
    explicit Pages(std::size_t bytes);
    Pages(Pages &&other) noexcept
        : m_data(std::exchange(other.m_data, nullptr)), m_bytes(std::exchange(other.m_bytes, 0))
    {
    }
    Pages &operator=(Pages &&other) noexcept
    {
        std::swap(m_data, other.m_data);
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~Pages();

    [[nodiscard]] std::byte *data() const { return m_data; } ///< zeros at first; null when empty
    [[nodiscard]] std::size_t size() const { return m_bytes; }

private:
    std::byte *m_data = nullptr;
    std::size_t m_bytes = 0;
};

} // namespace recvscope
