// Moments against a small model of a socket that moves real bytes, and against themselves however they are reached.

#include "trace/moment.h"

#include "trace_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <random>

namespace recvscope::trace {

using test::TraceBuilder;

namespace {

/// Receives on a few sockets, whose outcome is known after each event.
class Model {
public:
    explicit Model(unsigned seed) : m_random(seed)
    {
        m_sockets.resize(1 + upTo(9) / 7); // mostly one: then more finish than are listed
        m_outside = upTo(2) == 0;
    }

    struct Receive {
        OperationId id;
        std::size_t socket = 0;
        bool peek = false, waits = false, overlapped = false, finished = false, returnedPending = false;
        std::vector<std::size_t> sizes;
        std::vector<std::string> contents;
        [[nodiscard]] std::size_t room() const
        {
            std::size_t sum = 0;
            for (const std::size_t size : sizes)
                sum += size;
            return sum;
        }
    };
    struct Socket {
        std::string kernel; ///< what it holds, as the trace can know it
        std::uint64_t sent = 0, taken = 0, calls = 0, finished = 0;
        std::vector<OperationId> waiting;
    };
    struct Expected {
        std::vector<Socket> sockets;
        std::optional<Receive> changed; ///< by the latest event; the others are as they were
    };
    using Receives = std::map<OperationId, Receive>;

    TraceBuilder trace;
    std::vector<Expected> after; ///< [n]: after the first n events

    void run(int actions)
    {
        if (after.empty())
            note();
        for (int i = 0; i < actions; ++i)
            act();
    }

    [[nodiscard]] static SocketId idOf(std::size_t socket) { return {static_cast<std::uint16_t>(socket + 1)}; }

    std::uint64_t upTo(std::uint64_t most) { return std::uniform_int_distribution<std::uint64_t>(0, most)(m_random); }

private:
    std::string text(std::size_t most)
    {
        std::string text(1 + upTo(most - 1), ' ');
        for (char &letter : text)
            letter = static_cast<char>('a' + m_letter++ % 26);
        return text;
    }

    void note() { after.push_back({m_sockets, {}}); }
    void note(const Receive &changed) { after.push_back({m_sockets, changed}); }

    void record(std::uint16_t track, EventType type, std::size_t socket, OperationId operation, std::uint32_t a,
                std::uint32_t b)
    {
        trace.on(track).after(upTo(50)).add(type, idOf(socket), a, b, operation);
        note(m_receives.at(operation));
    }

    void act()
    {
        const std::size_t at = upTo(m_sockets.size() - 1);
        Socket &socket = m_sockets[at];
        switch (upTo(3)) {
        case 0:
            if (!m_outside) {
                send(socket, at);
                serve(socket, at);
                break;
            }
            [[fallthrough]];
        case 1:
            if (m_outside && !socket.waiting.empty())
                arrive(socket, at);
            [[fallthrough]];
        default:
            call(socket, at);
        }
    }

    void send(Socket &socket, std::size_t at)
    {
        const std::string data = text(40);
        socket.kernel += data;
        socket.sent += data.size();
        trace.on(1).after(upTo(50)).sent(idOf(at), data);
        note();
    }

    /// An outside peer's bytes, seen only as a waiting receive takes them.
    void arrive(Socket &socket, std::size_t at)
    {
        Receive &first = m_receives.at(socket.waiting.front());
        give(first, socket, at, text(first.room()));
        complete(first, socket, at, Status::Success);
    }

    void serve(Socket &socket, std::size_t at)
    {
        while (!socket.waiting.empty() && !socket.kernel.empty()) {
            Receive &first = m_receives.at(socket.waiting.front());
            give(first, socket, at, {});
            complete(first, socket, at, Status::Success);
        }
    }

    /// What the kernel holds, or @p arriving where it holds nothing, goes into the receive's buffers.
    void give(Receive &receive, Socket &socket, std::size_t at, const std::string &arriving)
    {
        if (receive.room() > socket.kernel.size()) { // known only as far as it is seen
            const std::string seen = arriving.substr(0, receive.room() - socket.kernel.size());
            socket.kernel += seen;
            socket.sent += seen.size();
        }
        const std::string data = socket.kernel.substr(0, receive.room());
        if (!receive.peek) {
            socket.kernel.erase(0, data.size());
            socket.taken += data.size();
        }
        trace.on(2).after(upTo(50)).received(receive.id, idOf(at), data, {});
        note();
        std::size_t from = 0;
        for (std::size_t i = 0; i < receive.sizes.size() && from < data.size(); ++i) {
            const std::string part = data.substr(from, receive.sizes[i]);
            if (part.empty())
                continue;
            receive.contents[i] += part;
            from += part.size();
            record(2, EventType::Placed, at, receive.id, static_cast<std::uint32_t>(i),
                   static_cast<std::uint32_t>(part.size()));
        }
    }

    void complete(Receive &receive, Socket &socket, std::size_t at, Status status)
    {
        std::erase(socket.waiting, receive.id);
        receive.finished = true;
        ++socket.finished;
        trace.on(2).completed(receive.id, idOf(at), 0, status);
        note(receive);
    }

    void call(Socket &socket, std::size_t at)
    {
        Receive receive;
        receive.id = {++m_operations};
        receive.socket = at;
        receive.overlapped = upTo(1) == 0;
        receive.peek = !receive.overlapped && upTo(2) == 0;
        for (std::uint64_t i = 1 + upTo(2); i > 0; --i) {
            receive.sizes.push_back(1 + upTo(20));
            receive.contents.emplace_back();
        }
        Receive &kept = m_receives[receive.id] = receive;
        kept.sizes.clear();
        kept.contents.clear();
        ++socket.calls;
        record(0, EventType::Called, at, receive.id, static_cast<std::uint32_t>(receive.sizes.size()),
               (receive.peek ? 2U : 0U) | (receive.overlapped ? unsigned{CallOverlapped} << 16 : 0U));
        for (std::size_t i = 0; i < receive.sizes.size(); ++i) {
            kept.sizes.push_back(receive.sizes[i]);
            kept.contents.emplace_back();
            record(0, EventType::BufferGiven, at, receive.id, static_cast<std::uint32_t>(i),
                   static_cast<std::uint32_t>(receive.sizes[i]));
        }
        if (socket.waiting.empty() && (!socket.kernel.empty() || (m_outside && upTo(1) == 0))) {
            give(kept, socket, at, m_outside ? text(receive.room()) : std::string());
            complete(kept, socket, at, Status::Success);
            trace.returned(receive.id, idOf(at), 1);
            note();
        } else if (receive.overlapped) {
            kept.waits = true;
            socket.waiting.push_back(receive.id);
            record(0, EventType::Queued, at, receive.id, 0, 0);
            kept.returnedPending = true;
            trace.returnedPending(receive.id, idOf(at));
            note(kept);
            if (upTo(9) == 0)
                complete(kept, socket, at, Status::WsaOperationAborted);
        } else {
            ++socket.finished;
            kept.finished = true;
            trace.returned(receive.id, idOf(at), leftAlone, Status::WsaEwouldblock, flagsLeftAlone);
            note(kept);
        }
    }

    std::mt19937 m_random;
    std::vector<Socket> m_sockets;
    Receives m_receives;
    std::uint32_t m_operations = 0;
    unsigned m_letter = 0;
    bool m_outside = false;
};

std::string textOf(const Story &story, const SocketMoment &socket, const std::vector<Run> &runs)
{
    std::string text;
    for (const Run &run : runs) {
        if (run.send >= socket.sends.size())
            return "a run of no listed send";
        const SendMoment &send = socket.sends[run.send];
        EXPECT_TRUE(send.happened);
        EXPECT_LE(send.offset, run.offset);
        EXPECT_LE(run.offset + run.length, send.offset + send.length);
        text += bytesOf(story, socket, run);
    }
    return text;
}

void expectEqual(const Story &story, const Moment &moment, const Model::Expected &expected,
                 const Model::Receives &receives)
{
    for (std::size_t i = 0; i < expected.sockets.size(); ++i) {
        const Model::Socket &model = expected.sockets[i];
        const SocketMoment *socket = moment.socket(Model::idOf(i));
        if (!socket) {
            EXPECT_EQ(model.calls + model.sent, 0U);
            continue;
        }
        EXPECT_EQ(textOf(story, *socket, socket->kernel), model.kernel);
        EXPECT_EQ(socket->sent, model.sent);
        EXPECT_EQ(socket->taken, model.taken);
        EXPECT_EQ(socket->calls, model.calls);
        EXPECT_EQ(socket->finished, model.finished);
        EXPECT_EQ(socket->waiting, model.waiting);
        EXPECT_LE(socket->receives.size(), model.waiting.size() + keptReceives + 1);
    }
    std::size_t unfinished = 0;
    for (const auto &[id, model] : receives)
        unfinished += model.finished ? 0 : 1;
    for (const ReceiveMoment &receive : moment.receives) {
        const Model::Receive &model = receives.at(receive.id);
        ASSERT_EQ(receive.buffers.size(), model.sizes.size());
        for (std::size_t b = 0; b < model.sizes.size(); ++b) {
            EXPECT_EQ(textOf(story, *moment.socket(receive.socket), receive.buffers[b].runs), model.contents[b]);
            EXPECT_EQ(receive.buffers[b].size, model.sizes[b]);
            EXPECT_EQ(receive.buffers[b].filled, model.contents[b].size());
        }
        unfinished -= model.finished ? 0 : 1;
        EXPECT_EQ(receive.returned && receive.returned->status == Status::WsaIoPending, model.returnedPending);
        const auto waits = receive.state == ReceiveState::Pending;
        EXPECT_EQ(waits, model.waits && !model.finished);
    }
    EXPECT_EQ(unfinished, 0U) << "every receive that is not finished is listed";
}

} // namespace

class ModelledMoments : public testing::TestWithParam<unsigned> {};

TEST_P(ModelledMoments, areWhatTheModelSaysAfterEachEvent)
{
    Model model(GetParam());
    model.run(140);
    const Story story(model.trace.snapshot());
    ASSERT_EQ(story.size() + 1, model.after.size());
    Moments moments;
    moments.extend(story);
    Model::Receives receives;
    for (std::uint32_t event = 0; event <= story.size(); ++event) {
        if (const auto &changed = model.after[event].changed)
            receives[changed->id] = *changed;
        expectEqual(story, moments.at(story, {event, 0}), model.after[event], receives);
        if (testing::Test::HasFailure())
            FAIL() << "after " << event << " events: " << (event > 0 ? describe(story, event - 1) : "");
    }
}

TEST_P(ModelledMoments, areTheSameHoweverTheyAreReached)
{
    Model model(GetParam());
    Story story;
    Moments moments;
    for (int portion = 0; portion < 8; ++portion) {
        model.run(static_cast<int>(model.upTo(80)));
        story.extend(model.trace.snapshot());
        if (portion % 3 != 1) // also when an extension was missed
            moments.extend(story);
        for (int i = 0; i < 6; ++i) {
            const Playhead playhead{static_cast<std::uint32_t>(model.upTo(story.size())), i % 2 ? 0.5 : 0};
            ASSERT_EQ(moments.at(story, playhead), momentAt(story, playhead));
        }
    }
    for (int i = 0; i < 20; ++i) {
        const auto from = static_cast<std::uint32_t>(model.upTo(story.size()));
        const std::uint32_t stop = story.stepBack(from);
        const Moment before = moments.at(story, {stop, 0});
        const std::uint32_t next = story.stepForward(stop);
        static_cast<void>(moments.at(story, {next, 0}));
        if (next < story.size()) {
            ASSERT_EQ(story.stepBack(next), stop);
        }
        ASSERT_EQ(moments.at(story, {stop, 0}), before);
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ModelledMoments, testing::Range(0U, 14U));

TEST(Moments, forgetWhatALateEventChanged)
{
    TraceBuilder trace;
    for (std::uint32_t i = 1; i <= 5000; ++i)
        trace.at(i * 100).on(0).called({i}, {1}, {8});
    Story story(trace.snapshot());
    Moments moments;
    moments.extend(story);
    trace.at(200'000).on(1).sent({1}, "late");
    story.extend(trace.snapshot());
    moments.extend(story);
    ASSERT_LT(story.unchanged(), 5000U);
    for (const std::uint32_t event : {10U, 3000U, 4001U, 4002U, 9000U, story.size()})
        EXPECT_EQ(moments.at(story, {event, 0}), momentAt(story, {event, 0}));
}

TEST(Moments, ofManyRefusedCallsKeepWhatTheKernelHolds)
{
    TraceBuilder trace;
    trace.sent({1}, "still there");
    for (std::uint32_t i = 1; i <= 500; ++i) {
        trace.called({i}, {1}, {8});
        trace.returned({i}, {1}, leftAlone, Status::WsaEfault, flagsLeftAlone);
    }
    const Story story(trace.snapshot());
    const Moment moment = momentAt(story, {story.size(), 0});
    const SocketMoment &socket = *moment.socket({1});
    EXPECT_EQ(textOf(story, socket, socket.kernel), "still there");
    EXPECT_EQ(socket.finished, 500U);
}

TEST(Moments, ofManySocketsHoldNoMoreThanOfOne)
{
    constexpr std::uint32_t sockets = 32;
    TraceBuilder trace;
    for (std::uint32_t i = 1; i <= 100'000; ++i) {
        const SocketId socket{static_cast<std::uint16_t>(1 + i % sockets)};
        trace.called({i}, socket, {8});
        trace.completed({i}, socket, 0);
    }
    const Story story(trace.snapshot());
    Moments moments;
    moments.extend(story);
    EXPECT_LE(moments.heldReceives(), Moments::mostReceives);
    EXPECT_GT(moments.heldReceives(), Moments::mostReceives / 4) << "and what is allowed is used";
    for (const std::uint32_t event : {5'000U, 150'000U, story.size()})
        EXPECT_EQ(moments.at(story, {event, 0}), momentAt(story, {event, 0}));
}

TEST(Moments, ofALongLiveTraceListWhatCanBeSeenAndCountTheRest)
{
    TraceBuilder trace;
    constexpr std::uint32_t receives = 20'000;
    trace.called({receives + 1}, {1}, {4}, CallOverlapped);
    trace.returnedPending({receives + 1}, {1});
    for (std::uint32_t i = 1; i <= receives; ++i) {
        trace.sent({1}, "abc");
        trace.called({i}, {1}, {8});
        trace.received({i}, {1}, "abc", {{0, 3}});
        trace.completed({i}, {1}, 3);
    }
    const Story story(trace.snapshot());
    Moments moments;
    moments.extend(story);
    const Moment end = moments.at(story, {story.size(), 0});
    const SocketMoment &socket = *end.socket({1});
    EXPECT_EQ(socket.calls, receives + 1);
    EXPECT_EQ(socket.finished, receives);
    EXPECT_EQ(socket.sent, 3U * receives);
    EXPECT_EQ(socket.taken, 3U * receives);
    EXPECT_EQ(end.receives.size(), keptReceives + 1);
    EXPECT_EQ(end.receives.front().id, OperationId{receives + 1}) << "the one that waits is never forgotten";
    EXPECT_LE(socket.sends.size(), 2 * keptReceives + 1);
    EXPECT_EQ(socket.sends.back().number, receives - 1);
    EXPECT_EQ(end, momentAt(story, {story.size(), 0}));
    const Moment early = moments.at(story, {1000, 0});
    EXPECT_EQ(early, momentAt(story, {1000, 0}));
    EXPECT_LE(early.socket({1})->sends.size(), 2 * keptReceives + 1 + comingSends);
}

} // namespace recvscope::trace
