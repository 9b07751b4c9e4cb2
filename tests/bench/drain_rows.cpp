// Receiving what is there already: bulk, small messages, scattered ones, and what recording adds.

#include "drain.h"
#include "sections.h"

namespace recvscope::benchmarks {

namespace {

constexpr std::size_t bulkSize = std::size_t{64} << 10;
constexpr std::size_t messageSize = 64;

Candidate candidate(std::string name, const Drained &what, MakeReceiver make)
{
    return {std::move(name), [=] { return drainTime(what, make); }};
}

MakeReceiver wsp(WspCall call)
{
    return [call](net::Socket socket, const BufferSizes &sizes) { return wspReceiver(std::move(socket), sizes, call); };
}

Drained bulk(const Effort &effort)
{
    return {net::SocketKind::Tcp, {bulkSize}, 8, effort.amount(4000)};
}

Drained messages(net::SocketKind kind, const Effort &effort)
{
    return {kind, {messageSize}, 1000, effort.amount(100'000)};
}

/// libuv has no sockets of reliable messages.
bool libuvCan(net::SocketKind kind)
{
    return kind != net::SocketKind::SeqPacket;
}

Rounds everybody(const Drained &what, const Effort &effort)
{
    std::vector<Candidate> all{candidate("plain", what, plainReceiver),
                               candidate("plain again", what, plainReceiver),
                               candidate("recv", what, bareReceiver),
                               candidate("wsp", what, wsp(WspCall::Overlapped)),
                               candidate("wsp blocking", what, wsp(WspCall::Blocking)),
                               candidate("wsp nonblocking", what, wsp(WspCall::Nonblocking)),
                               candidate("asio", what, asioAsyncReceiver),
                               candidate("asio sync", what, asioSyncReceiver)};
    if (libuvCan(what.kind))
        all.push_back(candidate("libuv", what, uvReceiver));
    if (net::isStream(what.kind))
        all.push_back(candidate("wsk", what, [](net::Socket socket, const BufferSizes &sizes) {
            return wskReceiver(std::move(socket), sizes);
        }));
    return alternate(all, effort);
}

/// The rows of one kind of traffic. @p what as the table names it.
std::vector<Row> against(const Rounds &rounds, const std::string &what, net::SocketKind kind, Goal plain, Goal asio)
{
    const std::string libuv = kind == net::SocketKind::Udp ? "libuv uv_udp_recv_start" : "libuv uv_read_start";
    Row noise = compare(rounds, {what, "plain again", "plain", "plain (A/A)", Reading::Speed, Goal::none()});
    noise.verdict = Row::Verdict::Noise;
    std::vector<Row> rows{
        noise,
        compare(rounds, {what + ", overlapped", "wsp", "plain", "plain", Reading::Speed, plain}),
        compare(rounds, {what + ", blocking call", "wsp blocking", "plain", "plain", Reading::Speed, plain}),
        compare(rounds, {what + ", nonblocking", "wsp nonblocking", "plain", "plain", Reading::Speed, plain}),
        compare(rounds, {what + ", overlapped", "wsp", "asio", "Asio async_receive", Reading::Speed, asio}),
        compare(rounds, {what + ", blocking call", "wsp blocking", "asio sync", "Asio receive (recv inside)",
                         Reading::Speed, Goal::none()}),
        compare(rounds,
                {what + ", recvmsg", "plain", "recv", "recv: what the header costs", Reading::Speed, Goal::none()}),
    };
    if (net::isStream(kind)) {
        rows.push_back(compare(rounds, {what + ", WskReceive", "wsk", "plain", "plain", Reading::Speed, plain}));
        rows.push_back(compare(
            rounds, {what + ", WskReceive", "wsk", "wsp", "WSPRecv, overlapped", Reading::Time, Goal::atMost(1.03)}));
    }
    if (libuvCan(kind))
        rows.insert(rows.begin() + 5,
                    compare(rounds, {what + ", overlapped", "wsp", "libuv", libuv, Reading::Speed, Goal::ahead()}));
    return rows;
}

} // namespace

std::vector<Row> bulkRows(const Effort &effort)
{
    return against(everybody(bulk(effort), effort), "64 KiB, TCP", net::SocketKind::Tcp, Goal::atLeast(0.97),
                   Goal::ahead());
}

namespace {

std::vector<Row> rowsOf(net::SocketKind kind, const std::string &name, const Effort &effort)
{
    return against(everybody(messages(kind, effort), effort), name, kind, Goal::atLeast(0.90), Goal::atLeast(1.3));
}

} // namespace

std::vector<Row> messageRows(const Effort &effort)
{
    std::vector<Row> rows = rowsOf(net::SocketKind::Tcp, "64 bytes, TCP", effort);
    for (Row &row : rowsOf(net::SocketKind::Unix, "64 bytes, unix stream", effort))
        rows.push_back(std::move(row));
    return rows;
}

std::vector<Row> datagramRows(const Effort &effort)
{
    return rowsOf(net::SocketKind::Udp, "64 bytes, UDP", effort);
}

std::vector<Row> seqPacketRows(const Effort &effort)
{
    return rowsOf(net::SocketKind::SeqPacket, "64 bytes, seqpacket", effort);
}

std::vector<Row> scatterRows(const Effort &effort)
{
    std::vector<Row> rows;
    const auto add = [&](const Drained &what, const std::string &name) {
        const Rounds rounds =
            alternate({candidate("plain", what, plainReceiver), candidate("plain again", what, plainReceiver),
                       candidate("wsp", what, wsp(WspCall::Overlapped)), candidate("asio", what, asioAsyncReceiver)},
                      effort);
        Row noise = compare(rounds, {name, "plain again", "plain", "plain (A/A)", Reading::Speed, Goal::none()});
        noise.verdict = Row::Verdict::Noise;
        rows.push_back(noise);
        rows.push_back(
            compare(rounds, {name, "wsp", "plain", "plain, the same pieces", Reading::Speed, Goal::atLeast(0.95)}));
        rows.push_back(compare(rounds, {name, "wsp", "asio", "Asio async_receive", Reading::Speed, Goal::none()}));
    };
    add({net::SocketKind::Tcp, {16, 16, 16, 16}, 1000, effort.amount(100'000)}, "64 bytes into 4 buffers, TCP");
    const std::size_t quarter = bulkSize / 4;
    add({net::SocketKind::Tcp, {quarter, quarter, quarter, quarter}, 8, effort.amount(4000)},
        "64 KiB into 4 buffers, TCP");
    return rows;
}

std::vector<Row> tracingRows(const Effort &effort)
{
    std::vector<Row> rows;
    const auto add = [&](const Drained &what, const std::string &name, Goal goal) {
        const auto traced = [&what](trace::Detail detail, std::uint32_t payload) {
            return [&what, detail, payload] {
                trace::Store store(std::size_t{4} << 30);
                const SteadyClock clock;
                trace::Recorder recorder(store, clock, {detail, payload, 1U << 14});
                const double time = drainTime(what, [&](net::Socket socket, const BufferSizes &sizes) {
                    return wspReceiver(std::move(socket), sizes, WspCall::Overlapped, &recorder);
                });
                if (store.snapshot().dropped() > 0)
                    giveUp("the trace was full: what was measured is not recording");
                return time;
            };
        };
        const Rounds rounds = alternate({candidate("off", what, wsp(WspCall::Overlapped)),
                                         candidate("off again", what, wsp(WspCall::Overlapped)),
                                         {"on", traced(trace::Detail::Measuring, 0)},
                                         {"payload", traced(trace::Detail::Measuring, 4096)},
                                         {"teaching", traced(trace::Detail::Teaching, 4096)}},
                                        effort);
        Row noise =
            compare(rounds, {name + ", tracing off", "off again", "off", "off (A/A)", Reading::Time, Goal::none()});
        noise.verdict = Row::Verdict::Noise;
        rows.push_back(noise);
        rows.push_back(compare(rounds, {name + ", tracing on", "on", "off", "tracing off", Reading::Time, goal}));
        rows.push_back(compare(rounds, {name + ", tracing on, first 4096 bytes kept", "payload", "off", "tracing off",
                                        Reading::Time, Goal::none()}));
        rows.push_back(compare(
            rounds, {name + ", tracing as in lessons", "teaching", "off", "tracing off", Reading::Time, Goal::none()}));
    };
    add(messages(net::SocketKind::Tcp, effort), "64 bytes, TCP", Goal::atMost(1.20));
    add(messages(net::SocketKind::Udp, effort), "64 bytes, UDP", Goal::atMost(1.20));
    add(bulk(effort), "64 KiB, TCP", Goal::atMost(1.02));
    return rows;
}

} // namespace recvscope::benchmarks
