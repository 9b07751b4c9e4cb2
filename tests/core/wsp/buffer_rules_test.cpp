// The wsp.buffer rules.

#include "receiving.h"

#include <sys/mman.h>

namespace recvscope::test {

class BufferRules : public Receiving {};

RULE_TEST("wsp.buffer.in-order", BufferRules, buffersAreFilledInTheOrderOfTheArray)
{
    onEveryStream([&] {
        sendAndArrive("abcdefgh");
        Call call({3, 3, 3});
        overlapped(call);
        EXPECT_EQ(call.bytes, 8U);
        EXPECT_EQ(call.in(0, 3), "abc");
        EXPECT_EQ(call.in(1, 3), "def");
        EXPECT_EQ(call.in(2, 2), "gh");
    });
}

RULE_TEST("wsp.buffer.packed", BufferRules, theNextBufferIsBegunOnlyWhenTheOneBeforeIsFull)
{
    connect();
    sendAndArrive("abcde");
    Call call({4, 16});
    overlapped(call);
    EXPECT_EQ(call.in(0, 4), "abcd");
    EXPECT_EQ(call.in(1, 2), "e."); // and no byte more is touched
    finish();
}

RULE_TEST("wsp.buffer.array-captured", BufferRules, theDescriptorsMayBeOverwrittenWhileTheReceiveIsPending)
{
    connect();
    Call call({4, 4});
    overlapped(call.withEvent());
    ASSERT_EQ(call.error, Status::WsaIoPending);
    call.buffers[0] = {0, nullptr};
    call.buffers[1] = {1'000'000, nullptr};
    send("abcdef");
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.in(0, 4), "abcd");
    EXPECT_EQ(call.in(1, 2), "ef");
    finish();
}

RULE_TEST("wsp.buffer.any-number", BufferRules, moreBuffersThanTheSystemTakesInOneCallAreFilled)
{
    connect();
    const std::string text(3000, 'x');
    sendAndArrive(text);
    Call call(std::vector<std::size_t>(3000, 1));
    overlapped(call);
    EXPECT_EQ(call.result, 0);
    EXPECT_EQ(call.bytes, 3000U);
    EXPECT_EQ(call.text(3000), text);
    finish();
}

RULE_TEST("wsp.buffer.any-number", BufferRules, moreBuffersThanOneCallTakesWaitAndFillToo)
{
    connect();
    Call call(std::vector<std::size_t>(2500, 1));
    overlapped(call.withEvent());
    ASSERT_EQ(call.error, Status::WsaIoPending);
    Call mixed({0, 2, 0, 2});
    overlapped(mixed.withEvent());
    send(std::string(2500, 'y') + "abcd");
    mixed.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    // One byte is enough for a stream receive, so the first may have completed before all was there.
    EXPECT_EQ(call.text(call.bytes), std::string(call.bytes, 'y'));
    finish();
}

RULE_TEST("wsp.buffer.any-number", BufferRules, emptyBuffersAmongOthersAreSkipped)
{
    connect();
    sendAndArrive("abcd");
    Call call({0, 2, 0, 2, 0});
    overlapped(call);
    EXPECT_EQ(call.bytes, 4U);
    EXPECT_EQ(call.in(1, 2), "ab");
    EXPECT_EQ(call.in(3, 2), "cd");
    finish();
}

RULE_TEST("wsp.buffer.any-number", BufferRules, noBufferAtAllIsRefused)
{
    connect();
    sendAndArrive("abcd");
    Call call({});
    overlapped(call);
    EXPECT_EQ(call.error, Status::WsaEinval);
    EXPECT_EQ(m_provider->available(m_socket), 4U);
    finish();
}

RULE_TEST("engine.buffer.total-zero", BufferRules, aReceiveOfNothingWaitsForSomethingAndTakesNothing)
{
    connect();
    Call call({0, 0});
    overlapped(call.withEvent());
    ASSERT_EQ(call.error, Status::WsaIoPending);
    sendAndArrive("abc");
    call.event.wait();
    EXPECT_EQ(result(call, false), Status::Success);
    EXPECT_EQ(call.bytes, 0U);
    EXPECT_EQ(m_provider->available(m_socket), 3U);
    finish();
}

/// A page that cannot be written.
class LockedPage {
public:
    LockedPage() : m_page(::mmap(nullptr, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) {}
    ~LockedPage() { ::munmap(m_page, 4096); }
    LockedPage(const LockedPage &) = delete;
    LockedPage &operator=(const LockedPage &) = delete;
    [[nodiscard]] char *get() const { return static_cast<char *>(m_page); }

private:
    void *m_page;
};

RULE_TEST("wsp.buffer.fault", BufferRules, memoryThatCannotBeWrittenIsRefusedAndNothingIsTaken)
{
    const LockedPage page;
    for (char *bad : {page.get(), static_cast<char *>(nullptr)}) {
        for (const bool dataThere : {false, true}) {
            connect();
            if (dataThere)
                sendAndArrive("abcdefgh");
            Call call({4, 4});
            call.buffers[1].buf = bad;
            overlapped(call.withEvent());
            EXPECT_EQ(call.error, Status::WsaEfault);
            EXPECT_FALSE(call.event.isSet());
            EXPECT_EQ(m_provider->available(m_socket), dataThere ? 8U : 0U);
            finish();
        }
    }
}

RULE_TEST("wsp.buffer.fault", BufferRules, aMissingArrayIsRefused)
{
    connect();
    Status error = Status::Success;
    std::uint32_t bytes = 7;
    std::uint32_t flags = 0;
    EXPECT_EQ(m_provider->recv(m_socket, nullptr, 3, &bytes, &flags, nullptr, nullptr, nullptr, &error),
              wsp::socketError);
    EXPECT_EQ(error, Status::WsaEfault);
    EXPECT_EQ(bytes, 7U);
    finish();
}

} // namespace recvscope::test
