#include "net/poller.h"
#include "net/socket.h"

#include <gtest/gtest.h>

#include <functional>
#include <span>
#include <thread>

namespace recvscope::net {

using MakePoller = std::unique_ptr<Poller> (*)();

/// Both pollers keep the same promises.
class Pollers : public testing::TestWithParam<MakePoller> {
protected:
    void SetUp() override
    {
        Result<ConnectedPair> pair = connectedPair(SocketKind::Tcp);
        ASSERT_TRUE(pair);
        m_pair = std::move(pair).value();
    }
    void send() { ASSERT_TRUE(m_pair.peer.send(std::as_bytes(std::span("x", 1)))); }
    [[nodiscard]] std::vector<Readiness> wait(int timeout = -1)
    {
        std::vector<Readiness> ready;
        m_poller->wait(ready, timeout);
        return ready;
    }

    std::unique_ptr<Poller> m_poller = GetParam()();
    ConnectedPair m_pair;
};

TEST_P(Pollers, dataIsTold)
{
    ASSERT_TRUE(m_poller->add(m_pair.receiver.descriptor(), 42));
    send();
    const auto ready = wait();
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_EQ(ready[0].token, 42U);
    EXPECT_TRUE(ready[0].readable);
}

TEST_P(Pollers, anAnswerDisarmsAndArmingAsksAgain)
{
    ASSERT_TRUE(m_poller->add(m_pair.receiver.descriptor(), 42));
    send();
    ASSERT_EQ(wait().size(), 1U);
    EXPECT_TRUE(wait(0).empty());
    m_poller->arm(m_pair.receiver.descriptor(), 43);
    // poll()'s wake-up for the new list may come first, and tells of nothing.
    std::vector<Readiness> ready = wait();
    if (ready.empty())
        ready = wait();
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_EQ(ready[0].token, 43U);
}

TEST_P(Pollers, anEndIsToldAsHungUp)
{
    ASSERT_TRUE(m_poller->add(m_pair.receiver.descriptor(), 42));
    ASSERT_TRUE(m_pair.peer.shutdown(Direction::Send));
    std::vector<Readiness> ready = wait();
    if (ready.empty())
        ready = wait();
    ASSERT_EQ(ready.size(), 1U);
    EXPECT_TRUE(ready[0].hungUp);
}

TEST_P(Pollers, anUrgentByteAloneIsNotTold)
{
    ASSERT_TRUE(m_poller->add(m_pair.receiver.descriptor(), 42));
    EXPECT_TRUE(wait(0).empty()); // poll()'s wake-up for the new list
    ASSERT_TRUE(m_pair.peer.sendOob(std::byte{'!'}));
    while (!m_pair.receiver.urgent())
        std::this_thread::yield();
    EXPECT_TRUE(wait(0).empty());
    send();
    EXPECT_EQ(wait().size(), 1U);
}

TEST_P(Pollers, aRemovedSocketIsNotTold)
{
    ASSERT_TRUE(m_poller->add(m_pair.receiver.descriptor(), 42));
    m_poller->remove(m_pair.receiver.descriptor());
    send();
    EXPECT_TRUE(wait(0).empty());
    EXPECT_TRUE(wait(0).empty());
}

TEST_P(Pollers, wakeEndsAWait)
{
    std::thread waiter([&] { EXPECT_TRUE(wait().empty()); });
    m_poller->wake();
    waiter.join();
}

INSTANTIATE_TEST_SUITE_P(Net, Pollers, testing::Values(&makePoller, &makePollPoller));

} // namespace recvscope::net
