// A value, or what failed, on what, and why. No exception crosses the engine's edge.

#pragma once

#include <cassert>
#include <string>
#include <utility>
#include <variant>

namespace recvscope {

struct Error {
    std::string what;   ///< what was attempted: "bind"
    std::string on;     ///< on what: "127.0.0.1:7000"; may be empty
    std::string why;    ///< the reason, in words, and what to do next where that is known
    int systemCode = 0; ///< errno of the system call, or 0

    /// One sentence: "Cannot bind 127.0.0.1:7000: the address is in use."
    [[nodiscard]] std::string message() const;

    /// The error of a system call that just failed with @p code.
    [[nodiscard]] static Error system(std::string what, std::string on, int code);
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::move(value)) {}
    Result(Error error) : m_state(std::move(error)) {}

    [[nodiscard]] bool ok() const { return std::holds_alternative<T>(m_state); }
    explicit operator bool() const { return ok(); }

    /// Only when ok().
    [[nodiscard]] T &value() &
    {
        assert(ok());
        return std::get<T>(m_state);
    }
    [[nodiscard]] const T &value() const &
    {
        assert(ok());
        return std::get<T>(m_state);
    }
    [[nodiscard]] T &&value() &&
    {
        assert(ok());
        return std::get<T>(std::move(m_state));
    }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    T &operator*() { return value(); }
    const T &operator*() const { return value(); }

    /// Only when not ok().
    [[nodiscard]] const Error &error() const
    {
        assert(!ok());
        return std::get<Error>(m_state);
    }

private:
    std::variant<T, Error> m_state;
};

struct Done {};
using Outcome = Result<Done>;

} // namespace recvscope
