#include "checker.h"

#include "checks.h"

namespace recvscope::checker {

std::vector<Refusal> refusalsOf(const trace::Snapshot &snapshot, const Setup &setup)
{
    static constexpr void (*everyCheck[])(const Case &) = {
        soundTrace,   oneOutcomeEach, outputs,     indications, placing,    streamBytes, messages,
        urgentByte,   ends,           latchedEnds, shutDown,    cancelling, postedOrder, waitAll,
        flagsAllowed, arguments,      blocking,    outstanding, results,    rulesNamed,  statuses,
    };
    Refusals refusals;
    if (snapshot.dropped() != 0)
        refusals.add("trace", "the trace", {}, "events were dropped, so it cannot be judged");
    for (const Account &account : accountsOf(snapshot, setup))
        for (const auto check : everyCheck)
            check({account, setup, refusals});
    return refusals.all();
}

std::string told(const std::vector<Refusal> &refusals)
{
    std::string text;
    for (const Refusal &refusal : refusals)
        text += refusal.text() + '\n';
    return text;
}

} // namespace recvscope::checker
