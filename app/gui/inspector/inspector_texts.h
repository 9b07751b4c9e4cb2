// What the inspector says of a receive: why it returned as it did, and every argument before and after.
//
// Threads: pure functions.

#pragma once

#include "trace/moment.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace recvscope::gui::inspector {

/// What kind of news it is; the window gives it a colour, the title says it in words.
enum class Mood : std::uint8_t { Neutral, Good, Caution, Failure };

struct Why {
    QString title;    ///< "Why did r1 complete now?"
    QString sentence; ///< the deciding rule for a learner
    RuleId rule = RuleId::None;
    QString ruleName; ///< "wsp.stream.fills-until"
    QString says;     ///< the rule's own text
    QString source;   ///< "The page says so: WSPRecv, Remarks"
    Mood mood = Mood::Neutral;
    QString repair;     ///< what a program does instead; may be empty
    QStringList others; ///< other rules its events name, in their order

    friend bool operator==(const Why &, const Why &) = default;
};

/// Why the receive stands as it does at the moment; while the playhead stands on an event of its routine, why that.
[[nodiscard]] Why whyOf(const trace::Story &story, const trace::Moment &moment, const trace::SocketMoment &socket,
                        const trace::ReceiveMoment &receive);

/// Who says a rule: "The page says so: WSPRecv, Remarks".
[[nodiscard]] QString sourceOf(const Rule &rule);

struct Value {
    QString text;
    QString more; ///< the number and the like
    bool leftAlone = false;
    bool absent = false; ///< a dash: there is nothing to look at (yet)

    friend bool operator==(const Value &, const Value &) = default;
};

/// One output at the two moments a program can look at it.
struct Argument {
    QString name;
    Value atReturn;
    Value completed;
    QString shortName{}; ///< where there is no room; may be empty

    friend bool operator==(const Argument &, const Argument &) = default;
};

/// result, error, bytes received, flags; for overlapped calls hEvent (where there is one) and Internal.
[[nodiscard]] std::vector<Argument> argumentsOf(const trace::Story &story, const trace::ReceiveMoment &receive);

struct Input {
    QString name;
    QString text;

    friend bool operator==(const Input &, const Input &) = default;
};

/// What the program handed in: socket, buffers, flags, overlapped, thread, when.
[[nodiscard]] std::vector<Input> inputsOf(const trace::Story &story, const trace::SocketMoment &socket,
                                          const trace::ReceiveMoment &receive);

} // namespace recvscope::gui::inspector
