// The sentences of Winsock Kernel: what a call was given, what its IRP tells, what callbacks do.

#include "trace/moment.h"

#include "trace_builder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recvscope::trace {

using test::TraceBuilder;
using ::testing::ElementsAre;

namespace {

constexpr SocketId k{1};
constexpr OperationId r1{1};

void openKernelSocket(TraceBuilder &trace)
{
    trace.opened(k, "k");
    trace.add(EventType::FaceGiven, k, static_cast<std::uint32_t>(Interface::Wsk));
}

/// The sentences behind the two events that open the socket.
std::vector<std::string> told(const TraceBuilder &trace)
{
    const Story story(trace.snapshot());
    std::vector<std::string> sentences;
    for (std::uint32_t i = 2; i < story.size(); ++i)
        sentences.push_back(describe(story, i));
    return sentences;
}

} // namespace

TEST(DescribeKernel, aCallNamesItsDescriptorsItsOffsetAndItsLevel)
{
    TraceBuilder trace;
    openKernelSocket(trace);
    trace.add(EventType::AtIrql, k, 2, 0, r1);
    trace.called(r1, k, {2, 8}, CallWsk, 0x6);
    trace.add(EventType::ChainGiven, k, 6, 10, r1);
    trace.add(EventType::MdlGiven, k, 0, 8, r1);
    trace.add(EventType::MdlGiven, k, 1, 8, r1);
    EXPECT_THAT(told(trace),
                ElementsAre("called at DISPATCH_LEVEL",
                            "called at DISPATCH_LEVEL for 10 bytes, from offset 6 of 2 memory descriptors of 8 bytes, "
                            "flags WSK_FLAG_WAITALL | WSK_FLAG_DRAIN",
                            "the length leaves it 2 bytes of descriptor 0",
                            "the length leaves it 8 bytes of descriptor 1", "its WSK_BUF: 10 bytes from offset 6",
                            "memory descriptor 0 describes 8 bytes", "memory descriptor 1 describes 8 bytes"));
}

TEST(DescribeKernel, aCallTooHighOrWithoutABufferIsToldSo)
{
    TraceBuilder trace;
    openKernelSocket(trace);
    trace.add(EventType::AtIrql, k, 31, 0, r1);
    trace.called(r1, k, {4}, CallWsk, 0);
    trace.add(EventType::ChainGiven, k, 0, 4, r1);
    trace.add(EventType::MdlGiven, k, 0, 4, r1);
    EXPECT_EQ(told(trace)[1],
              "called at IRQL 31, above DISPATCH_LEVEL, for 4 bytes into 1 memory descriptor of 4 bytes");

    TraceBuilder without;
    openKernelSocket(without);
    without.called(r1, k, {0}, CallWsk, 0);
    EXPECT_EQ(told(without).front(), "called with no buffer to fill");
}

TEST(DescribeKernel, aFlagThatHasNoNameIsTheNumberItIs)
{
    TraceBuilder trace;
    openKernelSocket(trace);
    trace.called(r1, k, {}, CallWsk, 0x12);
    trace.add(EventType::ChainGiven, k, 0, 0, r1);
    EXPECT_EQ(told(trace).front(), "called without memory, for 0 bytes, flags WSK_FLAG_WAITALL | 0x10");
}

TEST(DescribeKernel, anIrpTellsItsStatusAndItsInformation)
{
    TraceBuilder trace;
    openKernelSocket(trace);
    trace.add(EventType::Completed, k, 2, packOutcome(Status::NtCancelled, 0), r1);
    trace.add(EventType::IrpCompleted, k, 2, packOutcome(Status::NtCancelled, 0), r1);
    trace.add(EventType::IrpCompleted, k, 0, packOutcome(Status::Success, 0));
    trace.add(EventType::Returned, k, leftAlone, packOutcome(Status::NtPending, flagsLeftAlone), r1);
    EXPECT_THAT(told(trace), ElementsAre("done, with STATUS_CANCELLED and 2 bytes",
                                         "its IRP completes with STATUS_CANCELLED, Information 2",
                                         "the IRP of that call completes with STATUS_SUCCESS",
                                         "returned STATUS_PENDING; its IRP is not complete yet"));
}

TEST(DescribeKernel, aCallbackAcceptsKeepsOrDoesNotAccept)
{
    TraceBuilder trace;
    openKernelSocket(trace);
    trace.add(EventType::CallbackSet, k, EventReceive, packOutcome(Status::Success, 0));
    trace.add(EventType::IndicationBegan, k, 5);
    trace.add(EventType::DescriptorGiven, k, 0, 4);
    trace.add(EventType::DescriptorGiven, k, 1, 1);
    trace.add(EventType::IndicationEnded, k, 3, packOutcome(Status::Success, 0));
    trace.add(EventType::IndicationBegan, k, leftAlone);
    trace.add(EventType::IndicationEnded, k, 0, packOutcome(Status::Success, 0));
    trace.add(EventType::IndicationEnded, k, 2, packOutcome(Status::NtPending, 0));
    trace.add(EventType::IndicationEnded, k, 0, packOutcome(Status::NtDataNotAccepted, 0));
    trace.add(EventType::CallbackSet, k, EventReceive | EventDisconnect | EventDisable,
              packOutcome(Status::NtEventPending, 0));
    EXPECT_THAT(
        told(trace),
        ElementsAre("the receive event callback is enabled",
                    "the receive event callback is called with 5 bytes in 2 data descriptors",
                    "data descriptor 0 of it holds 4 bytes", "data descriptor 1 of it holds 1 byte",
                    "the callback accepts 3 bytes",
                    "the receive event callback is called without data: the socket does not function any more",
                    "the callback has returned", "the callback keeps 2 bytes (STATUS_PENDING)",
                    "the callback does not accept the data (STATUS_DATA_NOT_ACCEPTED)",
                    "the receive and the disconnect event callback are disabled; one that runs has yet to return "
                    "(STATUS_EVENT_PENDING)"));
}

TEST(DescribeKernel, theSameEventIsToldInTheWordsOfItsSocketsInterface)
{
    TraceBuilder trace;
    trace.opened(k, "k");
    trace.opened({2}, "w");
    trace.add(EventType::FaceGiven, k, static_cast<std::uint32_t>(Interface::Wsk));
    trace.add(EventType::CancelAsked, k, 0, 0, r1);
    trace.add(EventType::CancelAsked, {2}, 0, 0, {2});
    const Story story(trace.snapshot());
    EXPECT_EQ(describe(story, 3), "cancelling its IRP was asked for");
    EXPECT_NE(describe(story, 4), describe(story, 3));
}

} // namespace recvscope::trace
