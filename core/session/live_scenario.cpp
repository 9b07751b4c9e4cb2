// Live entries as a scenario that gives the same receives again: what a receive was seen to take becomes a send of its
// own, made when the receive's fate was settled in the observed run too.

#include "scenario/scenario.h"
#include "scenario/write.h"
#include "session/byte_text.h"
#include "session/live_log.h"

#include <algorithm>
#include <map>
#include <set>

namespace recvscope::session {

namespace {

scenario::Data dataOf(const std::string &bytes)
{
    const bool text =
        std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == '\n' || (c >= 0x20 && c < 0x7F); });
    if (text)
        return scenario::TextBytes{bytes};
    return scenario::HexBytes{bytes};
}

class Retelling {
public:
    explicit Retelling(const engine::Policy &policy)
    {
        m_scenario.policy.overlappedOnPlainSocketAllowed = policy.overlappedOnPlainSocketAllowed;
        m_scenario.policy.overlappedPeekAllowed = policy.overlappedPeekAllowed;
        m_scenario.policy.closeAbortsWithConnAborted = policy.closeAbortsWithConnAborted;
        m_scenario.policy.maxOutstanding = policy.maxOutstanding;
        m_scenario.title = "What was received live";
        say("What a peer sent to a live session: each chunk that was observed is one send here.");
    }

    /// @return false when it cannot be told; what was told so far stands.
    bool tell(const LiveEntry &entry)
    {
        const std::string socket = 'c' + std::to_string(entry.socket.value);
        switch (entry.kind) {
        case LiveEntry::Kind::Opened:
            declare(socket, entry.family);
            return true;
        case LiveEntry::Kind::Posted:
            call(socket, entry);
            expectReturn(nameOf(entry), Status::WsaIoPending, std::nullopt);
            return true;
        case LiveEntry::Kind::Completed:
            return completed(socket, entry);
        case LiveEntry::Kind::AtOnce:
            return atOnce(socket, entry);
        case LiveEntry::Kind::Closed:
            add(scenario::WspClose{socket, false, {}, {}});
            m_closed.insert(socket);
            return true;
        }
        return false;
    }

    void say(std::string text) { add(scenario::Say{std::move(text)}); }

    [[nodiscard]] std::string text() const { return scenario::write(m_scenario); }

private:
    static std::string nameOf(const LiveEntry &entry)
    {
        return "r" + std::to_string(entry.socket.value) + '_' + std::to_string(entry.receive);
    }

    void declare(const std::string &name, net::AddressFamily family)
    {
        scenario::SocketDeclaration socket;
        socket.name = name;
        socket.family = family;
        m_scenario.sockets.push_back(std::move(socket));
    }

    bool completed(const std::string &socket, const LiveEntry &entry)
    {
        if (!peerActs(socket, entry))
            return false;
        add(scenario::Wait{scenario::Completed{nameOf(entry)}});
        scenario::Expect expect;
        expect.op = nameOf(entry);
        expect.status = entry.status;
        expect.bytes = static_cast<std::uint32_t>(entry.data.size());
        add(std::move(expect));
        return true;
    }

    bool atOnce(const std::string &socket, const LiveEntry &entry)
    {
        if (!peerActs(socket, entry))
            return false;
        if (!entry.data.empty())
            add(scenario::Wait{scenario::Queued{socket, entry.data.size()}});
        call(socket, entry);
        expectReturn(nameOf(entry), entry.status,
                     entry.status == Status::Success ? std::optional(static_cast<std::uint32_t>(entry.data.size()))
                                                     : std::nullopt);
        return true;
    }

    /// What the peer does so that the receive ends as it did.
    bool peerActs(const std::string &socket, const LiveEntry &entry)
    {
        if (!entry.data.empty()) {
            add(scenario::PeerSend{socket, dataOf(entry.data), {}, false, {}, 0});
            return true;
        }
        if (m_closed.contains(socket))
            return true; // our own close, a step before, ends it
        const bool reset = entry.status == Status::WsaEconnreset;
        if (!reset && entry.status != Status::Success)
            return false;
        if (m_ended.insert(socket).second) {
            if (reset)
                add(scenario::PeerReset{socket});
            else
                add(scenario::PeerShutdown{socket});
            add(scenario::Wait{scenario::Arrived{socket, reset ? scenario::Arrival::Reset : scenario::Arrival::End}});
        }
        return true;
    }

    void call(const std::string &socket, const LiveEntry &entry)
    {
        scenario::WspRecv recv;
        recv.socket = socket;
        recv.op = nameOf(entry);
        for (const std::uint32_t size : entry.buffers)
            recv.buffers.push_back({size, false, 1});
        if (entry.overlapped) {
            recv.overlapped = 'o' + recv.op.substr(1);
            recv.event = 'e' + recv.op.substr(1);
        }
        add(std::move(recv));
    }

    void expectReturn(const std::string &op, Status status, std::optional<std::uint32_t> bytes)
    {
        scenario::Expect expect;
        expect.op = op;
        expect.returns = status;
        if (bytes)
            expect.bytes = *bytes;
        add(std::move(expect));
    }

    void add(scenario::Action action) { m_scenario.steps.push_back({{}, std::move(action)}); }

    scenario::Scenario m_scenario;
    std::set<std::string> m_ended;  ///< sockets whose peer has finished or reset
    std::set<std::string> m_closed; ///< sockets that we closed
};

} // namespace

std::string scenarioOf(const std::vector<LiveEntry> &entries, const engine::Policy &policy, bool complete,
                       std::size_t maxBytes)
{
    Retelling retelling(policy);
    std::size_t told = 0;
    for (const LiveEntry &entry : entries) {
        complete = complete && told + entry.data.size() <= maxBytes;
        if (told + entry.data.size() > maxBytes)
            break;
        told += entry.data.size();
        if (!retelling.tell(entry)) {
            retelling.say("Here it is cut: the connection then ended with " +
                          std::string(recvscope::nameOf(entry.status)) + ", which steps cannot bring about.");
            return retelling.text();
        }
    }
    if (!complete)
        retelling.say("Here it is cut, after " + countedBytes(told) + ": more was received.");
    return retelling.text();
}

} // namespace recvscope::session
