// What the checker says of WskReceive's calls: IRPs, refusals, bytes, flags, ends.

#include "written_wsk.h"

namespace recvscope::checker {

using trace::EventType;

TEST(WskIrp, completesOnce)
{
    WskWritten it;
    it.waits(r1, {8});
    EXPECT_THAT(it, refusedBy("wsk.close.completes-pending"));
    it.sent("hello");
    it.got(r1, "hello");
    WskWritten forgotten = it;
    it.done(r1, 5);
    EXPECT_THAT(it, accepted());
    it.irp(r1, 5);
    EXPECT_THAT(it, refusedBy("wsk.complete.irp-always"));
    forgotten.completed(r1, 5);
    EXPECT_THAT(forgotten, refusedBy("wsk.close.completes-pending"));
}

TEST(WskIrp, ofARefusedCallCompletesTooAndBeforeItReturns)
{
    const auto refused = [](bool before, bool after) {
        WskWritten it;
        it.asked(r1, {8}, 0x100);
        it.tell(EventType::Refused, r1, static_cast<std::uint32_t>(Status::NtInvalidParameter));
        if (before)
            it.irp(r1, 0, Status::NtInvalidParameter);
        it.back(r1, Status::NtInvalidParameter);
        if (after)
            it.irp(r1, 0, Status::NtInvalidParameter);
        return it;
    };
    EXPECT_THAT(refused(true, false), accepted());
    EXPECT_THAT(refused(false, false), refusedBy("wsk.complete.irp-always"));
    EXPECT_THAT(refused(false, true), refusedBy("wsk.complete.irp-always"));
    EXPECT_THAT(refused(true, true), refusedBy("wsk.complete.irp-always"));
}

TEST(WskIrp, saysWhatBecameOfItsCall)
{
    const auto says = [](std::uint32_t information, Status status, std::uint32_t routine) {
        WskWritten it;
        it.waits(r1, {8});
        it.sent("hello");
        it.got(r1, "hello");
        it.completed(r1, 5);
        it.tell(EventType::IrpCompleted, r1, information, trace::packOutcome(status, 0));
        it.tell(EventType::RoutineBegan, r1, routine, trace::packOutcome(status, 0));
        it.tell(EventType::RoutineEnded, r1, routine, trace::packOutcome(status, 0));
        return it;
    };
    EXPECT_THAT(says(5, Status::Success, 5), accepted());
    EXPECT_THAT(says(4, Status::Success, 4), refusedBy("wsk.complete.success"));
    EXPECT_THAT(says(5, Status::NtCancelled, 5), refusedBy("wsk.complete.irp-always"));
    EXPECT_THAT(says(5, Status::Success, 4), refusedBy("wsk.complete.irp-always"));
}

TEST(WskIrp, ofAPendingReturnCompletesLater)
{
    WskWritten early;
    early.asked(r1, {8});
    early.sent("a");
    early.got(r1, "a");
    early.done(r1, 1);
    WskWritten told = early;
    early.pends(r1);
    EXPECT_THAT(early, refusedBy("wsk.complete.pending"));
    told.back(r1, Status::Success, 1);
    EXPECT_THAT(told, accepted());

    WskWritten counts;
    counts.asked(r1, {8});
    counts.tell(EventType::Queued, r1);
    counts.back(r1, Status::NtPending, 0);
    counts.sent("a");
    counts.got(r1, "a");
    counts.done(r1, 1);
    EXPECT_THAT(counts, refusedBy("wsk.complete.pending"));
}

TEST(WskIrp, ofNeighboursCompletesOnceForEachCall)
{
    WskWritten it;
    it.m_setup.otherIrps[StepId{}] = {1, 1};
    EXPECT_THAT(it, refusedBy("wsk.complete.irp-always"));
    it.tell(EventType::IrpCompleted);
    EXPECT_THAT(it, accepted());
    it.tell(EventType::IrpCompleted);
    EXPECT_THAT(it, accepted());
    it.tell(EventType::IrpCompleted);
    EXPECT_THAT(it, refusedBy("wsk.complete.irp-always"));
}

TEST(WskCalls, areRefusedOnTheirGroundsAndOnNoOther)
{
    using Make = std::function<void(WskWritten &)>;
    const auto judged = [](const Make &make, Status status, const char *rule,
                           net::SocketKind kind = net::SocketKind::Tcp) {
        WskWritten refused(kind);
        make(refused);
        WskWritten otherwise = refused;
        WskWritten taken = refused;
        refused.no(r1, status);
        EXPECT_THAT(refused, accepted()) << rule;
        taken.done(r1, 0, Status::Success);
        taken.back(r1, Status::Success, 0);
        EXPECT_THAT(taken, refusedBy(rule));
        otherwise.no(r1, Status::NtIoTimeout);
        EXPECT_THAT(otherwise, refusedBy(rule));
    };
    judged([](WskWritten &it) { it.asked(r1, {8}, 0x10); }, Status::NtInvalidParameter, "wsk.flag.unknown");
    judged([](WskWritten &it) { it.asked(r1, {}, 0x6, 0); }, Status::NtInvalidParameter, "wsk.flag.exclusive");
    judged([](WskWritten &it) { it.asked(r1, {8}, 0x2); }, Status::NtNotSupported, "wsk.flag.not-supported",
           net::SocketKind::Unix);
    judged([](WskWritten &it) { it.asked(r1, {8}, 0x4); }, Status::NtInvalidParameter, "wsk.drain.needs-zero-length");
    judged([](WskWritten &it) { it.asked(r1, {}); }, Status::NtInvalidParameter, "wsk.buffer.well-formed");
    judged([](WskWritten &it) { it.asked(r1, {4, 4}, 0, 1, 4); }, Status::NtInvalidParameter, "wsk.buffer.well-formed");
    judged([](WskWritten &it) { it.asked(r1, {4, 4}, 0, 8, 1); }, Status::NtInvalidParameter, "wsk.buffer.well-formed");
    judged(
        [](WskWritten &it) {
            it.m_setup.sockets[Written::s].connected = false;
            it.asked(r1, {8});
        },
        Status::NtInvalidDeviceState, "wsk.socket.not-connected");
    judged(
        [](WskWritten &it) {
            it.peerReset();
            it.tell(EventType::CloseDue);
            it.asked(r1, {8});
        },
        Status::NtFileForcedClosed, "wsk.socket.forced-closed");

    WskWritten high; // what gives no status of its own
    high.tell(EventType::AtIrql, r1, 3);
    high.asked(r1, {8});
    WskWritten low = high;
    high.no(r1, Status::NtInvalidParameter);
    EXPECT_THAT(high, accepted());
    low.pends(r1);
    EXPECT_THAT(low, refusedBy("wsk.call.irql"));

    WskWritten sound;
    sound.asked(r1, {8}, 0, 3, 5);
    sound.no(r1, Status::NtInvalidParameter);
    EXPECT_THAT(sound, refusedBy("wsk.complete.other-error"));

    WskWritten unnamed;
    unnamed.asked(r1, {8}, 0x10);
    unnamed.no(r1, Status::NtInvalidParameter, RuleId::WskFlagUnknown);
    EXPECT_THAT(unnamed, refusedBy("wsk.flag.unknown"));

    WskWritten none;
    none.m_setup.withoutIrp.insert(r1);
    none.asked(r1, {8});
    WskWritten anyway = none;
    none.tell(EventType::Refused, r1, static_cast<std::uint32_t>(Status::NtInvalidParameter));
    none.back(r1, Status::NtInvalidParameter);
    EXPECT_THAT(none, accepted());
    anyway.no(r1, Status::NtInvalidParameter);
    EXPECT_THAT(anyway, refusedBy("wsk.irp.required"));
}

TEST(WskMemory, thatWasTakenAwayIsLeftAlone)
{
    WskWritten it;
    it.waits(r1, {8});
    it.tell(EventType::PagesUnlocked, r1);
    EXPECT_THAT(it, refusedBy("wsk.buffer.locked-while-pending"));
    it.tell(EventType::Diagnostic, r1, 0, 0, RuleId::WskBufferLockedWhilePending);
    WskWritten written = it;
    it.done(r1, 0, Status::NtAccessViolation);
    EXPECT_THAT(it, accepted());
    written.sent("a");
    written.got(r1, "a");
    written.done(r1, 1);
    EXPECT_THAT(written, refusedBy("wsk.buffer.locked-while-pending"));

    WskWritten whole;
    whole.waits(r1, {8});
    whole.done(r1, 0, Status::NtAccessViolation);
    EXPECT_THAT(whole, refusedBy("wsk.buffer.locked-while-pending"));
}

TEST(WskFlags, waitAllCompletesWhenItIsFullOrEnded)
{
    const auto with = [](const std::string &text, bool finished, Status status = Status::Success) {
        WskWritten it;
        it.waits(r1, {4}, wskflag::WaitAll);
        it.sent(text);
        it.got(r1, text);
        if (finished)
            it.peerFinished();
        it.done(r1, static_cast<std::uint32_t>(text.size()), status);
        return it;
    };
    EXPECT_THAT(with("abcd", false), accepted());
    EXPECT_THAT(with("abc", false), refusedBy("wsk.waitall.full"));
    EXPECT_THAT(with("abc", true), accepted());
    EXPECT_THAT(with("abcd", false, Status::NtCancelled), refusedBy("wsk.waitall.full"));

    const auto cancelled = [](bool asked, std::uint32_t bytes) {
        WskWritten it;
        it.waits(r1, {4}, wskflag::WaitAll);
        it.sent("ab");
        it.got(r1, "ab");
        if (asked)
            it.cancelAsked(r1);
        it.done(r1, bytes, Status::NtCancelled);
        return it;
    };
    EXPECT_THAT(cancelled(true, 2), accepted());
    EXPECT_THAT(cancelled(false, 2), refusedBy("wsk.waitall.cancel"));
    EXPECT_THAT(cancelled(true, 0), refusedBy("wsp.complete.immediate")); // its count is lost
}

TEST(WskFlags, aDrainThrowsAwayAndPlacesNothing)
{
    WskWritten it;
    it.drain(r1);
    it.pends(r1);
    it.sent("abc");
    WskWritten placed = it;
    WskWritten other = it;
    it.discarded(r1, "abc");
    WskWritten early = it;
    it.peerFinished();
    it.done(r1, 0);
    EXPECT_THAT(it, accepted());
    early.done(r1, 0);
    EXPECT_THAT(early, refusedBy("wsk.drain.graceful"));
    placed.got(r1, "abc");
    placed.peerFinished();
    placed.done(r1, 3);
    EXPECT_THAT(placed, refusedBy("wsk.drain.discards"));
    other.discarded(r1, "bc");
    EXPECT_THAT(other, refusedBy("wsk.drain.discards"));

    WskWritten no;
    no.waits(r1, {8});
    no.sent("a");
    no.discarded(r1, "a");
    EXPECT_THAT(no, refusedBy("wsk.drain.discards"));
}

TEST(WskBytes, zeroIntoRoomIsTheEndBehindEveryByte)
{
    const auto zero = [](bool finished, bool left) {
        WskWritten it;
        it.waits(r1, {8});
        if (left)
            it.sent("a");
        if (finished)
            it.peerFinished();
        it.done(r1, 0);
        return it;
    };
    EXPECT_THAT(zero(true, false), accepted());
    EXPECT_THAT(zero(false, false), refusedBy("wsk.close.graceful-zero"));
    EXPECT_THAT(zero(true, true), refusedBy("wsk.close.graceful-zero"));

    WskWritten nothing; // asks for nothing, and gets it at once
    nothing.asked(r1, {8}, 0, 0);
    nothing.done(r1, 0);
    nothing.back(r1, Status::Success, 0);
    EXPECT_THAT(nothing, accepted());
}

TEST(WskBytes, comeInOrderAndInPostingOrder)
{
    WskWritten it;
    it.waits(r1, {2});
    it.waits(r2, {2});
    it.sent("abcd");
    WskWritten wrong = it;
    WskWritten turned = it;
    it.got(r1, "ab");
    it.done(r1, 2);
    it.got(r2, "cd");
    it.done(r2, 2);
    EXPECT_THAT(it, accepted());
    wrong.got(r1, "cd");
    EXPECT_THAT(wrong, refusedBy("wsk.flag.none"));
    turned.got(r2, "ab");
    turned.done(r2, 2);
    EXPECT_THAT(turned, refusedBy("wsp.stream.posted-order"));
}

TEST(WskEnds, comeAfterTheirCauses)
{
    const auto ended = [](Status status, const std::function<void(WskWritten &)> &cause, bool policy = false) {
        WskWritten it;
        it.m_setup.policy.pendingResetForcedClosed = policy;
        it.waits(r1, {8});
        cause(it);
        it.done(r1, 0, status);
        return it;
    };
    const auto nothing = [](WskWritten &) {};
    const auto reset = [](WskWritten &it) { it.peerReset(); };
    const auto aborted = [](WskWritten &it) { it.abortAsked(); };
    EXPECT_THAT(ended(Status::NtConnectionReset, reset), accepted());
    EXPECT_THAT(ended(Status::NtConnectionReset, nothing), refusedBy("wsk.socket.forced-closed"));
    EXPECT_THAT(ended(Status::NtConnectionReset, reset, true), refusedBy("wsk.socket.forced-closed"));
    EXPECT_THAT(ended(Status::NtFileForcedClosed, reset, true), accepted());
    EXPECT_THAT(ended(Status::NtLocalDisconnect, aborted), accepted());
    EXPECT_THAT(ended(Status::NtLocalDisconnect, nothing), refusedBy("engine.disconnect.abortive"));
    EXPECT_THAT(ended(Status::NtCancelled, aborted), refusedBy("engine.disconnect.abortive"));
    EXPECT_THAT(ended(Status::NtCancelled, nothing), refusedBy("engine.irp.cancelled"));
    EXPECT_THAT(ended(Status::NtIoTimeout, nothing), refusedBy("wsk.complete.other-error"));

    WskWritten due;
    due.tell(EventType::CloseDue);
    EXPECT_THAT(due, refusedBy("wsk.socket.must-close"));
}

TEST(WskEnds, aCancelNeverWinsOverData)
{
    const auto cancelled = [](std::uint32_t holds, bool indicating) {
        WskWritten it;
        it.enabled();
        if (indicating) {
            it.sent("a");
            it.indicated("a");
        }
        it.waits(r1, {8});
        it.holds(holds);
        it.cancelAsked(r1);
        it.done(r1, 0, Status::NtCancelled);
        if (indicating)
            it.answered(1);
        return it;
    };
    EXPECT_THAT(cancelled(0, false), accepted());
    EXPECT_THAT(cancelled(1, false), refusedBy("engine.cancel.data-wins"));
    EXPECT_THAT(cancelled(1, true), accepted()); // the callback is being asked about it
}

TEST(WskClose, isDoneWhenEverythingHasComeBack)
{
    WskWritten it;
    it.waits(r1, {8});
    it.closeAsked();
    WskWritten late = it;
    WskWritten early = it;
    it.done(r1, 0, Status::NtCancelled);
    it.closed();
    it.tell(EventType::IrpCompleted);
    it.m_setup.otherIrps[StepId{}] = {1, 0};
    EXPECT_THAT(it, accepted());
    late.completed(r1, 0, Status::NtCancelled);
    late.closed();
    late.irp(r1, 0, Status::NtCancelled);
    EXPECT_THAT(late, refusedBy("wsk.close.completes-pending"));
    early.m_setup.otherIrps[StepId{}] = {1, 0};
    early.done(r1, 0, Status::NtCancelled);
    early.tell(EventType::IrpCompleted);
    early.closed();
    EXPECT_THAT(early, refusedBy("wsk.close.completes-pending"));

    WskWritten after;
    after.enabled();
    after.closes();
    after.sent("a");
    after.called("a", 1);
    EXPECT_THAT(after, refusedBy("wsk.close.completes-pending"));
}

} // namespace recvscope::checker
