// A manual-reset event, as hEvent holds it.
//
// Threads: every function may be called from any thread. What signals keeps the state of its own accord, so an Event
// may be destroyed as soon as a wait for it returned.

#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

namespace recvscope::wsp {

class Event {
public:
    /// What is signalled; shared with pending receives.
    class State {
    public:
        void set();
        void reset();
        [[nodiscard]] bool isSet() const;
        void wait();

    private:
        mutable std::mutex m_mutex;
        std::condition_variable m_changed;
        bool m_set = false;
    };

    Event() : m_state(std::make_shared<State>()) {}
    Event(const Event &) = delete;
    Event &operator=(const Event &) = delete;

    void set() { m_state->set(); }
    void reset() { m_state->reset(); }
    [[nodiscard]] bool isSet() const { return m_state->isSet(); }
    /// Blocks until it is set. Not alertable.
    void wait() { m_state->wait(); }
    [[nodiscard]] const std::shared_ptr<State> &state() const { return m_state; }

private:
    std::shared_ptr<State> m_state;
};

} // namespace recvscope::wsp
