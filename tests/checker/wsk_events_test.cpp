// What the checker says of the event callbacks of WSK.

#include "written_wsk.h"

namespace recvscope::checker {

using trace::EventType;

TEST(WskEvent, isCalledWithWhatComesNextAndTakesWhatItAccepts)
{
    WskWritten it;
    it.enabled();
    it.sent("abcd");
    it.called("abcd", 2);
    WskWritten twice = it;
    WskWritten lost = it;
    it.asked(r1, {8});
    it.got(r1, "cd");
    it.done(r1, 2);
    it.back(r1, Status::Success, 2);
    EXPECT_THAT(it, accepted());
    twice.asked(r1, {8});
    twice.got(r1, "abcd");
    EXPECT_THAT(twice, refusedBy("wsk.flag.none"));
    lost.asked(r1, {8});
    lost.peerFinished();
    lost.done(r1, 0);
    lost.back(r1, Status::Success, 0);
    EXPECT_THAT(lost, refusedBy("wsk.close.graceful-zero"));

    WskWritten other;
    other.enabled();
    other.sent("abcd");
    other.called("bcd", 3);
    EXPECT_THAT(other, refusedBy("wsk.event.accept-part"));
    WskWritten more;
    more.enabled();
    more.sent("abcd");
    more.called("ab", 3);
    EXPECT_THAT(more, refusedBy("wsk.event.accept-part"));
}

TEST(WskEvent, isCalledOneAfterTheOtherAndNothingIsTakenMeanwhile)
{
    WskWritten it;
    it.enabled();
    it.sent("ab");
    it.indicated("ab");
    WskWritten nested = it;
    WskWritten taken = it;
    EXPECT_THAT(it, refusedBy("wsk.event.disable-is-sure")); // it never returned
    it.answered(2);
    EXPECT_THAT(it, accepted());
    nested.indicated("ab");
    EXPECT_THAT(nested, refusedBy("engine.indication.first"));
    taken.waits(r1, {8});
    taken.got(r1, "ab");
    EXPECT_THAT(taken, refusedBy("engine.indication.first"));
}

TEST(WskEvent, comesAfterTheIrpsThatWait)
{
    const auto waiting = [](RuleId rule, trace::Provenance by) {
        WskWritten it;
        it.enabled();
        it.waits(r1, {8});
        it.sent("a");
        it.then([=](test::TraceBuilder &trace) {
            trace::Event event;
            const trace::EventRef sent = trace.sent(Written::s, "b");
            event.type = EventType::IndicationBegan;
            event.socket = Written::s;
            event.rule = rule;
            event.provenance = by;
            event.a = 1;
            event.b = trace.snapshot().event(sent).b - 1; // the payload of "a"
            trace.add(event);
            trace.add(EventType::DescriptorGiven, Written::s, 0, 1);
        });
        it.answered(1);
        it.got(r1, "b");
        it.done(r1, 1);
        return it;
    };
    EXPECT_THAT(waiting(RuleId::None, trace::Provenance::Modelled), refusedBy("wsk.event.pending-irp-first"));
    EXPECT_THAT(waiting(RuleId::WskEventRace, trace::Provenance::Injected), accepted());
    EXPECT_THAT(waiting(RuleId::WskEventRace, trace::Provenance::Modelled), refusedBy("wsk.event.race"));
}

TEST(WskEvent, isSilentAfterANoUntilAReceive)
{
    const auto again = [](Status answer, std::uint32_t taken, bool asked, bool completes, bool policy) {
        WskWritten it;
        it.m_setup.policy.reenableWhenCompleted = policy;
        it.enabled();
        it.sent("ab");
        it.called("ab", taken, answer);
        if (asked)
            it.asked(r1, {8}, 0, 0);
        if (asked && completes)
            it.done(r1, 0);
        it.called(taken == 1 ? "b" : "ab", taken == 1 ? 1 : 2);
        if (asked && !completes)
            it.done(r1, 0);
        if (asked)
            it.back(r1, Status::Success, 0);
        return it;
    };
    EXPECT_THAT(again(Status::NtDataNotAccepted, 0, false, false, false), refusedBy("wsk.event.not-accepted"));
    EXPECT_THAT(again(Status::Success, 1, false, false, false), refusedBy("wsk.event.accept-part"));
    EXPECT_THAT(again(Status::Success, 1, true, true, false), accepted());
    EXPECT_THAT(again(Status::Success, 1, true, false, false), accepted());
    EXPECT_THAT(again(Status::Success, 1, true, false, true), refusedBy("wsk.event.accept-part"));
    EXPECT_THAT(again(Status::Success, 1, true, true, true), accepted());
}

TEST(WskEvent, isCalledWithWhatNobodyWaitsFor)
{
    WskWritten it;
    it.enabled();
    it.sent("a");
    WskWritten off = it;
    it.holds(1);
    EXPECT_THAT(it, refusedBy("wsk.event.pending-irp-first"));
    off.disabled();
    off.holds(1);
    EXPECT_THAT(off, accepted());

    WskWritten opened;
    opened.enabled();
    opened.sent("a");
    opened.called("a", 0, Status::NtDataNotAccepted);
    opened.holds(1);
    EXPECT_THAT(opened, accepted());
    opened.asked(r1, {8}, 0, 0);
    opened.done(r1, 0);
    opened.back(r1, Status::Success, 0);
    opened.sent("b");
    opened.holds(2);
    EXPECT_THAT(opened, refusedBy("wsk.event.reenable"));
}

TEST(WskEvent, isOffWhenItWasDisabled)
{
    WskWritten it;
    it.sent("a");
    it.called("a", 1);
    EXPECT_THAT(it, refusedBy("wsk.event.disable-is-sure"));

    WskWritten off;
    off.enabled();
    off.disabled();
    off.sent("a");
    EXPECT_THAT(off, accepted());
    off.called("a", 1);
    EXPECT_THAT(off, refusedBy("wsk.event.disable-is-sure"));

    const auto within = [](Status answer) {
        WskWritten running;
        running.enabled();
        running.sent("a");
        running.indicated("a");
        running.disabled(answer);
        running.answered(1);
        return running;
    };
    EXPECT_THAT(within(Status::Success), refusedBy("wsk.event.disable-is-sure"));
    EXPECT_THAT(within(Status::NtPending), accepted());
    EXPECT_THAT(within(Status::NtEventPending), accepted());
    WskWritten idle;
    idle.enabled();
    idle.disabled(Status::NtPending);
    EXPECT_THAT(idle, refusedBy("wsk.event.disable-is-sure"));
}

TEST(WskEvent, whatItKeepsIsGivenBackOnce)
{
    WskWritten it;
    it.enabled();
    it.sent("ab");
    it.called("ab", 2, Status::NtPending);
    WskWritten kept = it;
    WskWritten again = it;
    it.tell(EventType::IndicationReleased, {}, 1, 2);
    WskWritten twice = it;
    it.closes();
    EXPECT_THAT(it, accepted());
    twice.tell(EventType::IndicationReleased, {}, 1, 2);
    EXPECT_THAT(twice, refusedBy("wsk.event.retain"));
    again.called("ab", 2); // what is kept was taken
    EXPECT_THAT(again, refusedBy("wsk.event.accept-part"));
    kept.closes();
    EXPECT_THAT(kept, refusedBy("wsk.event.retain"));
    kept.tell(EventType::Diagnostic, {}, 0, 0, RuleId::WskEventRetain);
    EXPECT_THAT(kept, accepted());
}

TEST(WskEvent, tellsEndsOnceAndBehindTheData)
{
    const auto null = [](bool reset, int times) {
        WskWritten it;
        it.enabled();
        if (reset)
            it.peerReset();
        for (int i = 0; i < times; ++i) {
            it.tell(EventType::IndicationBegan, {}, trace::leftAlone, trace::noPayload);
            it.answered(0);
        }
        return it;
    };
    EXPECT_THAT(null(true, 1), accepted());
    EXPECT_THAT(null(false, 1), refusedBy("wsk.socket.forced-closed"));
    EXPECT_THAT(null(true, 2), refusedBy("wsk.socket.forced-closed"));

    const auto told = [](bool enabled, bool finished, std::uint32_t lies, std::uint32_t abortive) {
        WskWritten it;
        if (enabled)
            it.enabled(trace::EventDisconnect);
        it.holds(lies);
        if (finished)
            it.peerFinished();
        it.tell(EventType::Disconnected, {}, abortive);
        return it;
    };
    EXPECT_THAT(told(true, true, 0, 0), accepted());
    EXPECT_THAT(told(false, true, 0, 0), refusedBy("engine.disconnect.event"));
    EXPECT_THAT(told(true, false, 0, 0), refusedBy("engine.disconnect.event"));
    EXPECT_THAT(told(true, true, 1, 0), refusedBy("engine.disconnect.event"));
    EXPECT_THAT(told(true, true, 0, 1), refusedBy("engine.disconnect.event"));
}

} // namespace recvscope::checker
