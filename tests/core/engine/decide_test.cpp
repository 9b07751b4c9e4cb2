// The engine's decisions, by table.

#include "engine/decide.h"

#include <gtest/gtest.h>

#include <cerrno>

namespace recvscope::engine {

namespace {

using net::Received;

const Ask overlappedAsk{1, 16, false, true, {}, false};
const Ask blockingAsk{1, 16, false, false, {}, false};

Attempt got(std::size_t bytes)
{
    return {{Received::Kind::Bytes, bytes}};
}

Attempt failedWith(int code)
{
    return {{Received::Kind::Failed, 0, code}};
}

} // namespace

TEST(Decide, anOrderlyReceiveIsTried)
{
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, Policy{}), (Decision{Action::Try, Result::Ok, Reason::Admitted}));
    EXPECT_EQ(decide(SocketState{}, blockingAsk, Policy{}),
              (Decision{Action::Try, Result::Ok, Reason::AdmittedNonoverlapped}));
}

TEST(Decide, withAnythingQueuedAReceiveJoinsTheQueue)
{
    SocketState socket;
    socket.waiting = 1;
    EXPECT_EQ(decide(socket, overlappedAsk, Policy{}).action, Action::Queue);
    EXPECT_EQ(decide(socket, blockingAsk, Policy{}).action, Action::Queue);
    socket.nonblocking = true;
    EXPECT_EQ(decide(socket, blockingAsk, Policy{}),
              (Decision{Action::Refuse, Result::WouldBlock, Reason::NothingThereReturn}));
    EXPECT_EQ(decide(socket, overlappedAsk, Policy{}).action, Action::Queue);
}

TEST(Decide, whatIsWrongWithTheCallComesBeforeWhatHappenedToTheSocket)
{
    SocketState socket;
    socket.receiveShutDown = true;
    socket.ended = Ended::Reset;
    Ask ask = overlappedAsk;
    ask.bufferCount = 0;
    EXPECT_EQ(decide(socket, ask, Policy{}).reason, Reason::NoBuffers);
    ask = overlappedAsk;
    ask.badMemory = true;
    EXPECT_EQ(decide(socket, ask, Policy{}).reason, Reason::BadMemory);
    EXPECT_EQ(decide(socket, overlappedAsk, Policy{}).reason, Reason::ReceiveShutDown);
    socket.receiveShutDown = false;
    EXPECT_EQ(decide(socket, overlappedAsk, Policy{}), (Decision{Action::Complete, Result::Reset, Reason::EndLatched}));
}

TEST(Decide, theLimitConcernsOverlappedReceivesAlone)
{
    SocketState socket;
    socket.waiting = 3;
    Policy policy;
    policy.maxOutstanding = 3;
    EXPECT_EQ(decide(socket, overlappedAsk, policy).reason, Reason::TooManyOutstanding);
    EXPECT_EQ(decide(socket, blockingAsk, policy).action, Action::Queue);
}

TEST(Decide, dataCompletesForTheReasonThatTheCallWaitedFor)
{
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, got(3)).reason, Reason::StreamData);
    EXPECT_EQ(decide(SocketState{}, blockingAsk, got(3)).reason, Reason::BufferedData);
    EXPECT_EQ(decide(SocketState{}, blockingAsk, got(16)).reason, Reason::AsMuchAsFits);
    Ask waited = blockingAsk;
    waited.hasWaited = true;
    EXPECT_EQ(decide(SocketState{}, waited, got(3)).reason, Reason::OneByteUnblocks);
    Ask peek = blockingAsk;
    peek.flags.peek = true;
    EXPECT_EQ(decide(SocketState{}, peek, got(3)).reason, Reason::Peeked);
}

TEST(Decide, nothingThereMeansPendBlockOrReturn)
{
    SocketState nonblocking;
    nonblocking.nonblocking = true;
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, Attempt{}).action, Action::Wait);
    EXPECT_EQ(decide(SocketState{}, blockingAsk, Attempt{}).action, Action::Block);
    EXPECT_EQ(decide(nonblocking, blockingAsk, Attempt{}).result, Result::WouldBlock);
    EXPECT_EQ(decide(nonblocking, overlappedAsk, Attempt{}).action, Action::Wait);
}

TEST(Decide, theSystemsErrorsAreTold)
{
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, failedWith(ECONNRESET)).result, Result::Reset);
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, failedWith(EPIPE)).result, Result::Aborted);
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, failedWith(ETIMEDOUT)).result, Result::Aborted);
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, failedWith(EFAULT)),
              (Decision{Action::Refuse, Result::Fault, Reason::BadMemory}));
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, failedWith(ENOBUFS)).result, Result::NoMemory);
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, failedWith(ENETDOWN)).result, Result::NetworkDown);
}

TEST(Decide, onlyAnEndOfTheConnectionIsLatched)
{
    EXPECT_EQ(endedBy(Received{Received::Kind::End}), Ended::Gracefully);
    EXPECT_EQ(endedBy(failedWith(ECONNRESET).answer), Ended::Reset);
    EXPECT_EQ(endedBy(failedWith(ETIMEDOUT).answer), Ended::Failed);
    for (const int code : {EFAULT, ENOMEM, ENOTCONN, ENETDOWN})
        EXPECT_EQ(endedBy(failedWith(code).answer), Ended::No) << code;
    EXPECT_EQ(endedBy(got(0).answer), Ended::No);
    EXPECT_EQ(endedBy(Received{Received::Kind::Interrupted}), Ended::No);
}

TEST(Decide, closingAbortsAsThePageSaysOrAsWindowsDoes)
{
    Policy windows;
    windows.closeAbortsWithConnAborted = true;
    SocketState unixStream;
    unixStream.kind = net::SocketKind::Unix;
    EXPECT_EQ(decideClosed(SocketState{}, overlappedAsk, Policy{}).result, Result::CancelledByClose);
    EXPECT_EQ(decideClosed(SocketState{}, overlappedAsk, windows).result, Result::AbortedByClose);
    EXPECT_EQ(decideClosed(unixStream, overlappedAsk, windows).result, Result::CancelledByClose);
    EXPECT_EQ(decideClosed(SocketState{}, blockingAsk, Policy{}).result, Result::Interrupted);
}

TEST(Decide, aDeadLinkIsKeepAlivesFindOrAbortsWhatWasUnacknowledged)
{
    Attempt timedOut = failedWith(ETIMEDOUT);
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, timedOut),
              (Decision{Action::Complete, Result::Aborted, Reason::ConnectionFailed}));
    EXPECT_EQ(endedBy(timedOut.answer), Ended::Failed);
    timedOut.answer.keepAlive = true;
    EXPECT_EQ(decide(SocketState{}, overlappedAsk, timedOut),
              (Decision{Action::Complete, Result::NetworkReset, Reason::KeepAliveFailed}));
    SocketState socket;
    socket.ended = endedBy(timedOut.answer);
    EXPECT_EQ(decideEnded(socket, overlappedAsk), (Decision{Action::Complete, Result::NetworkReset, Reason::EndLatched}));
}

} // namespace recvscope::engine
