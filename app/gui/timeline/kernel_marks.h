// What a timeline draws of a WSK socket beside its receives: the calls of its receive event callback, when it was
// silent, what it kept, and since when the socket is due to be closed.
//
// Grows event by event. Threads: the window's.

#pragma once

#include "gui/plots/place.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace recvscope::gui {

/// One call of the callback; calls of one socket never overlap.
struct IndicationMark {
    Place place;                ///< where it began
    std::optional<Place> ended; ///< its answer
    std::optional<Place> released;
    std::uint32_t number = 0; ///< 0: the null indication
    std::uint32_t bytes = 0, taken = 0;
    Status answer = Status::Success;
    bool injected = false;

    [[nodiscard]] bool kept() const { return ended && answer == Status::NtPending; }
};

struct Stretch {
    Place place; ///< from here
    std::optional<Place> ended;
};

struct KernelMarks {
    bool shown = false; ///< there is something to draw of it
    bool callback = false;
    bool wsk = false;
    std::vector<IndicationMark> indications;
    std::vector<Stretch> silent;
    std::optional<Stretch> closeDue;

    void add(const Place &place, const trace::Event &event);

private:
    std::uint32_t m_number = 0;
    void silence(const Place &place);
    void speak(const Place &place);
};

} // namespace recvscope::gui
