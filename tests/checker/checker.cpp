#include "checker.h"

#include "checks.h"

namespace recvscope::checker {

namespace {

constexpr void (*ofAnyInterface[])(const Case &) = {
    soundTrace, placing, streamBytes, messages, messageParts, postedOrder,
};
constexpr void (*ofWspRecv[])(const Case &) = {
    oneOutcomeEach, outputs, indications,  routines,  urgentByte, ends,        latchedEnds, shutDown,   cancelling,
    threadExits,    waitAll, flagsAllowed, arguments, blocking,   outstanding, results,     rulesNamed, statuses,
};
constexpr void (*ofWskReceive[])(const Case &) = {
    irps, wskRefusals, lockedMemory, wskBytes, wskEnds, wskClosing, eventCallbacks, rulesNamed,
};
constexpr void (*ofTheWhole[])(const WholeCase &) = {alertableWaits, otherIrps};

} // namespace

std::vector<Refusal> refusalsOf(const trace::Snapshot &snapshot, const Setup &setup)
{
    Refusals refusals;
    if (snapshot.dropped() != 0)
        refusals.add("trace", "the trace", {}, "events were dropped, so it cannot be judged");
    const std::vector<Account> accounts = accountsOf(snapshot, setup);
    const std::vector<ThreadAccount> threads = threadsOf(snapshot);
    for (const Account &account : accounts) {
        const Case socket{account, threads, setup, refusals};
        for (const auto check : ofAnyInterface)
            check(socket);
        if (account.socket.wsk())
            for (const auto check : ofWskReceive)
                check(socket);
        else
            for (const auto check : ofWspRecv)
                check(socket);
    }
    for (const auto check : ofTheWhole)
        check({accounts, threads, setup, refusals});
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
