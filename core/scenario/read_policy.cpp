#include "scenario/reading.h"
#include "scenario/verbs.h"
#include "scenario/words.h"

#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, bool> refusedOrAllowed[] = {{"refused", false}, {"allowed", true}};
constexpr std::pair<std::string_view, bool> closings[] = {{"operation-aborted", false}, {"connection-aborted", true}};

constexpr std::pair<std::string_view, bool> presets[] = {{"documented", false}, {"windows", true}};
constexpr std::pair<std::string_view, bool> counts[] = {{"untouched", false}, {"told", true}};
constexpr std::pair<std::string_view, bool> routineOrders[] = {{"completion", false}, {"newest-first", true}};

constexpr std::pair<std::string_view, bool> reenablings[] = {{"when-called", false}, {"when-completed", true}};
constexpr std::pair<std::string_view, bool> pendingResets[] = {{"STATUS_CONNECTION_RESET", false},
                                                               {"STATUS_FILE_FORCED_CLOSED", true}};

/// What Windows was seen to do.
PolicyChoices windowsPolicy()
{
    PolicyChoices policy;
    policy.overlappedOnPlainSocketAllowed = true;
    policy.overlappedPeekAllowed = true;
    policy.closeAbortsWithConnAborted = true;
    policy.resetDiscardsData = true;
    policy.tooLargeCountReported = true;
    return policy;
}

} // namespace

PolicyChoices readPolicy(Reading &reading, const Node &node)
{
    if (node.isScalar()) {
        std::vector<std::string_view> names;
        for (const auto &[name, windows] : presets) {
            if (node.text == name)
                return windows ? windowsPolicy() : PolicyChoices();
            names.push_back(name);
        }
        reading.refuse(node, oneOf(names) + ", or switches such as {preset: windows, too-large-count: untouched}",
                       nearestWord(node.text, names));
        return {};
    }
    const Fields fields(reading, node, grammar::policy());
    // What stands beside the preset counts more.
    PolicyChoices policy = fields.choice<bool>("preset", presets, false) ? windowsPolicy() : PolicyChoices();
    const auto chosen = [&](std::string_view word, std::span<const std::pair<std::string_view, bool>> choices,
                            bool &choice) { choice = fields.choice<bool>(word, choices, choice); };
    chosen("overlapped-on-plain-socket", refusedOrAllowed, policy.overlappedOnPlainSocketAllowed);
    chosen("overlapped-peek", refusedOrAllowed, policy.overlappedPeekAllowed);
    chosen("socket-closed", closings, policy.closeAbortsWithConnAborted);
    policy.resetDiscardsData = fields.boolean("reset-discards-data", policy.resetDiscardsData);
    chosen("too-large-count", counts, policy.tooLargeCountReported);
    chosen("routine-order", routineOrders, policy.routinesNewestFirst);
    policy.maxOutstanding = fields.number("max-outstanding", 1'000'000, policy.maxOutstanding);
    chosen("wsk-reenable", reenablings, policy.reenableWhenCompleted);
    chosen("wsk-pending-reset", pendingResets, policy.pendingResetForcedClosed);
    return policy;
}

} // namespace recvscope::scenario
