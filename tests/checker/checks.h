// The single checks behind refusalsOf(), one idea and one file each; the rule texts are in resources/rules.
//
// Three groups: what holds for the receives of any interface (how bytes come out of a socket), what is WSPRecv's alone
// (its calls, statuses and indications), and what is seen along the threads and not along a socket. Checks of another
// interface are a group beside the second, for the sockets that it has.
//
// Threads: functions of their arguments.

#pragma once

#include "account.h"
#include "refusal.h"
#include "threads.h"

namespace recvscope::checker {

/// One socket.
struct Case {
    const Account &account;
    const std::vector<ThreadAccount> &threads;
    const Setup &setup;
    Refusals &refusals;

    void refuse(std::string_view rule, const Receive &receive, std::string sentence) const
    {
        refusals.add(rule, account.name, receive.name, std::move(sentence));
    }
    void refuse(std::string_view rule, std::string sentence) const
    {
        refusals.add(rule, account.name, {}, std::move(sentence));
    }
};

/// All of it.
struct WholeCase {
    const std::vector<Account> &accounts;
    const std::vector<ThreadAccount> &threads;
    const Setup &setup;
    Refusals &refusals;
};

// -- of any interface: the trace, and the bytes

void soundTrace(const Case &);   ///< the socket's events count from 1 without a gap
void placing(const Case &);      ///< array order, packed, never past a buffer; and the memory agrees
void streamBytes(const Case &);  ///< the receives hold what was sent: in order, nothing twice, nothing left out
void messages(const Case &);     ///< one message a receive; what does not fit; what is lost and kept
void messageParts(const Case &); ///< messages that are received in parts, and how a part is told
void postedOrder(const Case &);  ///< filled in the order in which they were posted

// -- of WSPRecv

void oneOutcomeEach(const Case &); ///< exactly one outcome, told once, never after a refusal
void outputs(const Case &);        ///< what the call leaves alone and what it sets
void indications(const Case &);    ///< the event is set once for each completion, and for nothing else
void routines(const Case &);       ///< the routine: queued and run once, by whom, told what
void urgentByte(const Case &);     ///< out-of-band data
void ends(const Case &);           ///< zero bytes, WSAEDISCON and WSAECONNRESET only after their causes
void latchedEnds(const Case &);    ///< an end once told is told for ever
void shutDown(const Case &);       ///< WSAESHUTDOWN every time
void cancelling(const Case &);     ///< what closing and cancelling may end, and with what
void threadExits(const Case &);    ///< what a thread started goes with it
void waitAll(const Case &);        ///< full, or ended
void flagsAllowed(const Case &);   ///< which flags are refused where
void arguments(const Case &);      ///< calls that must be refused for what they were given
void blocking(const Case &);       ///< who may block, and who must not be told "would block"
void outstanding(const Case &);    ///< the limit of pending receives
void results(const Case &);        ///< WSPGetOverlappedResult
void rulesNamed(const Case &);     ///< every decision names its rule, and agrees with what that rule gives
void statuses(const Case &);       ///< statuses that this kind of call can have at all

// -- of WskReceive

void irps(const Case &);           ///< each IRP completes exactly once, and says what became of its call
void wskRefusals(const Case &);    ///< what a call is refused for, and that it is
void lockedMemory(const Case &);   ///< nothing is written to memory that was taken away
void wskBytes(const Case &);       ///< receives, drains and the callback share the stream, and end when they may
void wskEnds(const Case &);        ///< failures only after their causes
void wskClosing(const Case &);     ///< what is pending comes back before the close is done, and nothing after it
void eventCallbacks(const Case &); ///< when the callbacks are called

/// The IRPs of the calls that receive nothing.
void otherIrps(const WholeCase &);

// -- along the threads

void alertableWaits(const WholeCase &); ///< what is queued runs in an alertable wait alone, all of it, never nested

} // namespace recvscope::checker
