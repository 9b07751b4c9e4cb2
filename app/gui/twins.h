// The same receive on sockets of different interfaces: the first of the one beside the first of the other, and so on;
// and in what their outcomes differ.
//
// Threads: values; pure functions.

#pragma once

#include "trace/moment.h"

#include <QString>

#include <optional>
#include <vector>

namespace recvscope::gui {

enum class Waits : std::uint8_t { NotYet, AtOnce, Pending, Blocks };

/// What came of one receive, whatever its interface.
struct Outcome {
    trace::Interface face = trace::Interface::Wsp;
    Waits waits = Waits::NotYet;
    std::optional<Status> returned; ///< nothing: the call has not returned
    std::optional<Status> status;   ///< nothing: it is not over
    std::uint64_t bytes = 0;
    QString toldBy;       ///< "the event", "the IRP, before the return"; empty while nobody is told
    bool refused = false; ///< the call failed and nothing but its return tells so: no event, no routine, no IRP

    friend bool operator==(const Outcome &, const Outcome &) = default;
};
[[nodiscard]] Outcome outcomeOf(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

/// How much two answers to one question differ: Named is the same thing in other words.
enum class Unlike : std::uint8_t { No, Named, Yes };

struct Difference {
    Unlike waits = Unlike::No; ///< at once, pending, blocked
    Unlike status = Unlike::No;
    Unlike bytes = Unlike::No;
    Unlike told = Unlike::No;

    [[nodiscard]] Unlike most() const;
    friend bool operator==(const Difference &, const Difference &) = default;
};
/// Only what is known of both is compared.
[[nodiscard]] Difference differenceOf(const Outcome &one, const Outcome &other);

/// Whether both statuses say the same, each in its interface's name.
[[nodiscard]] bool sameMeaning(Status one, Status other);

/// One socket's place in a comparison.
struct Twin {
    const trace::SocketMoment *socket = nullptr;
    const trace::ReceiveMoment *receive = nullptr; ///< null: not called yet, or no longer listed
    Outcome outcome;
    Difference difference; ///< from the first socket's
};
struct Twins {
    std::uint64_t number = 0; ///< which receive of each socket, from 0
    std::vector<Twin> rows;   ///< in the order of the sockets
};

/// The sockets of a moment are used through more than one interface: they are there to be compared.
[[nodiscard]] bool comparesFaces(const trace::Moment &moment);
/// The receive of every socket that has the number of @p shown on its own.
[[nodiscard]] Twins twinsOf(const trace::Moment &moment, OperationId shown);

} // namespace recvscope::gui
