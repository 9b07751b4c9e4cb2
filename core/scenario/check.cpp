#include "scenario/check.h"

#include "scenario/reach.h"
#include "scenario/words.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace recvscope::scenario {

namespace {

std::uint64_t countOf(const std::vector<Buffer> &buffers)
{
    std::uint64_t count = 0;
    for (const Buffer &buffer : buffers)
        count += buffer.count;
    return count;
}

/// The step's call name, or null where it has none.
const std::string *nameIn(const Action &action)
{
    const std::string *name = nullptr;
    if (const auto *recv = std::get_if<WspRecv>(&action))
        name = &recv->op;
    else if (const auto *result = std::get_if<WspResult>(&action))
        name = &result->op;
    else if (const auto *shutdown = std::get_if<WspShutdown>(&action))
        name = &shutdown->op;
    else if (const auto *close = std::get_if<WspClose>(&action))
        name = &close->op;
    return name == nullptr || name->empty() ? nullptr : name;
}

/// Goes through the steps in order, with what is known at each.
class Checker {
public:
    Checker(const Scenario &scenario, const PlaceOf &placeOf)
        : m_scenario(scenario), m_placeOf(placeOf), m_reach(scenario)
    {
    }

    std::optional<ReadError> run();

private:
    struct Call {
        std::size_t step = 0;
        const Action *action = nullptr;
    };

    // One for each family of verbs; each may refuse.
    void visit(const Say &) {}
    void visit(const Predict &predict);
    void visit(const PeerSend &send);
    void visit(const PeerShutdown &shutdown);
    void visit(const PeerReset &reset) { peerActs(reset.socket, true); }
    void visit(const PeerClose &close) { peerActs(close.socket, true); }
    void visit(const WspRecv &recv);
    void visit(const WspResult &result);
    void visit(const WspShutdown &shutdown);
    void visit(const WspClose &close);
    void visit(const WspCancelBlocking &cancel);
    void visit(const Wait &wait);
    void visit(const Expect &expect);
    void visit(const Barrier &barrier);

    void await(const Queued &queued);
    void await(const Completed &completed);
    void await(const BlockedIn &blocked);
    void await(const EventIsSet &event);
    void await(const Arrived &arrived);

    const SocketDeclaration *socket(const std::string &name);
    void thread(const std::string &name, std::string_view word);
    const Action *operation(const std::string &name, std::string_view word, bool mayBeLater = false);
    bool peerActs(const std::string &socketName, bool afterItsEnd);
    void handOver(const std::string &on, const std::string &op);
    void contentsFit(const Expect &expect, const WspRecv &recv);
    void refuse(std::string_view word, std::string problem, std::string nearest = {});
    [[nodiscard]] std::string inLine(std::size_t step) const
    {
        return "in line " + std::to_string(m_scenario.steps[step].place.line);
    }

    const Scenario &m_scenario;
    const PlaceOf &m_placeOf;
    Reach m_reach;
    std::size_t m_step = 0;
    std::unordered_map<std::string, Call> m_calls;                      ///< of the whole scenario, by name
    std::unordered_set<std::string> m_overlapped;                       ///< structures given so far
    std::unordered_map<std::string, std::vector<std::string>> m_events; ///< given so far, with their operations
    std::unordered_map<std::string, std::vector<std::string>>
        m_threads;                          ///< operations handed to it, not yet waited for
    std::unordered_set<std::string> m_used; ///< threads that calls were handed to
    std::optional<ReadError> m_error;
};

void Checker::refuse(std::string_view word, std::string problem, std::string nearest)
{
    if (m_error)
        return;
    const Place place = m_placeOf(m_step, word);
    m_error = ReadError{m_scenario.file,    place.line,         place.column, place.endLine, place.endColumn, {}, {},
                        std::move(nearest), std::move(problem), false};
}

// -- names

const SocketDeclaration *Checker::socket(const std::string &name)
{
    const SocketDeclaration *found = m_scenario.socket(name);
    if (found != nullptr)
        return found;
    std::vector<std::string> names;
    for (const SocketDeclaration &each : m_scenario.sockets)
        names.push_back(each.name);
    refuse("socket", "there is no socket '" + name + "' under sockets.", nearestWord(name, names));
    return nullptr;
}

void Checker::thread(const std::string &name, std::string_view word)
{
    const auto &threads = m_scenario.threads;
    if (name.empty() || name == mainThread || std::find(threads.begin(), threads.end(), name) != threads.end())
        return;
    refuse(word, "there is no thread '" + name + "': name it under threads.", nearestWord(name, threads));
}

/// The call of that name if it stands before this step, else a refusal.
const Action *Checker::operation(const std::string &name, std::string_view word, bool mayBeLater)
{
    const auto found = m_calls.find(name);
    if (found == m_calls.end()) {
        std::vector<std::string> names;
        for (const auto &[each, call] : m_calls)
            names.push_back(each);
        std::sort(names.begin(), names.end());
        refuse(word, "no step makes a call named '" + name + "'.", nearestWord(name, names));
        return nullptr;
    }
    if (found->second.step >= m_step && !mayBeLater) {
        refuse(word, "'" + name + "' is called only later, " + inLine(found->second.step) + ".");
        return nullptr;
    }
    return found->second.action;
}

// -- telling

void Checker::visit(const Predict &predict)
{
    if (predict.ask == Ask::Question)
        return;
    const Action *action = operation(predict.of, "of", true);
    if (action == nullptr)
        return;
    const auto *recv = std::get_if<WspRecv>(action);
    if (recv == nullptr)
        refuse("of", "'" + predict.of + "' is no receive; predictions are about receives.");
    else if (predict.ask == Ask::Buffer && predict.buffer >= countOf(recv->buffers))
        refuse("buffer",
               "'" + predict.of + "' has only " + std::to_string(countOf(recv->buffers)) + " buffers, counted from 0.");
}

// -- the peer

/// @return true when the socket's peer can still act.
bool Checker::peerActs(const std::string &socketName, bool afterItsEnd)
{
    const SocketDeclaration *declared = socket(socketName);
    if (declared == nullptr)
        return false;
    if (declared->invalid || !declared->connected) {
        refuse("socket", "'" + socketName + "' has no peer: it is not connected.");
        return false;
    }
    const SocketStory &story = m_reach.story(socketName);
    if (story.goneLine > 0)
        refuse("socket", "the peer of '" + socketName + "' was closed in line " + std::to_string(story.goneLine) +
                             " already; nothing can follow.");
    else if (story.finishedLine > 0 && !afterItsEnd)
        refuse("socket", "the peer of '" + socketName + "' finished sending in line " +
                             std::to_string(story.finishedLine) + "; after that it can only be closed or reset.");
    return !m_error;
}

void Checker::visit(const PeerSend &send)
{
    if (!peerActs(send.socket, false))
        return;
    const bool stream = net::isStream(m_scenario.socket(send.socket)->kind);
    if (stream && sizeOf(send.data) == 0)
        refuse("data",
               "on a byte stream sending nothing does nothing; an empty message needs a udp or seqpacket socket.");
    else if (!stream && !send.fragments.empty())
        refuse("fragments", "fragments of a message are part of the language, but this version does not run them yet.");
}

void Checker::visit(const PeerShutdown &shutdown)
{
    (void)peerActs(shutdown.socket, false);
}

// -- WSPRecv and its neighbours

/// A call with a name is remembered on its thread until it is known to end.
void Checker::handOver(const std::string &on, const std::string &op)
{
    thread(on, "on");
    if (on.empty() || on == mainThread)
        return;
    m_used.insert(on);
    if (!op.empty())
        m_threads[on].push_back(op);
}

void Checker::visit(const WspRecv &recv)
{
    if (socket(recv.socket) == nullptr)
        return;
    handOver(recv.on, recv.op);
    if (recv.on.empty() || recv.on == mainThread)
        if (const std::string never = m_reach.whyNever(recv); !never.empty())
            refuse("op",
                   never + " The call would block for ever: send first, or make it on a thread of its own (on: t1).");
    if (!recv.overlapped.empty())
        m_overlapped.insert(recv.overlapped);
    if (!recv.event.empty())
        m_events[recv.event].push_back(recv.op);
}

void Checker::visit(const WspResult &result)
{
    std::string never;
    if (!result.of.empty()) {
        const Action *action = operation(result.of, "of");
        const auto *recv = action == nullptr ? nullptr : std::get_if<WspRecv>(action);
        if (action != nullptr && (recv == nullptr || recv->overlapped.empty()))
            refuse("of", "'" + result.of + "' has no overlapped structure that could be asked.");
        never = m_reach.whyNever(result.of);
    } else if (!m_overlapped.contains(result.overlapped)) {
        refuse("overlapped", "no earlier receive was given the structure '" + result.overlapped + "'.",
               nearestWord(result.overlapped, std::vector<std::string>(m_overlapped.begin(), m_overlapped.end())));
    }
    handOver(result.on, result.op);
    if (result.wait && (result.on.empty() || result.on == mainThread) && !never.empty())
        refuse("wait", never + " The call would wait for ever.");
}

void Checker::visit(const WspShutdown &shutdown)
{
    (void)socket(shutdown.socket);
    handOver(shutdown.on, shutdown.op);
}

void Checker::visit(const WspClose &close)
{
    (void)socket(close.socket);
    handOver(close.on, close.op);
}

void Checker::visit(const WspCancelBlocking &cancel)
{
    thread(cancel.thread, "thread");
    if (cancel.thread == mainThread)
        refuse("thread", "'main' makes this step itself, so no call of it can be blocked; name another thread.");
}

// -- waits

void Checker::visit(const Wait &wait)
{
    std::visit([this](const auto &cause) { await(cause); }, wait.cause);
}

void Checker::await(const Queued &queued)
{
    const SocketDeclaration *declared = socket(queued.socket);
    if (declared == nullptr)
        return;
    const SocketStory &story = m_reach.story(queued.socket);
    if (story.closed)
        refuse("socket", "'" + queued.socket + "' was closed by an earlier step: the kernel holds nothing for it.");
    else if (queued.bytes > story.sent)
        refuse("bytes", "this wait can never end: only " + std::to_string(story.sent) + " bytes were sent to '" +
                            queued.socket + "' before this step, not " + std::to_string(queued.bytes) + ".");
    else if (queued.bytes > Reach::capacity(*declared))
        refuse("bytes", "this wait can never end: the kernel holds " + std::to_string(Reach::capacity(*declared)) +
                            " bytes of '" + queued.socket + "' at most, not " + std::to_string(queued.bytes) +
                            (declared->kind == net::SocketKind::Tcp ? "; give it a larger receive-buffer." : "."));
}

void Checker::await(const Completed &completed)
{
    if (operation(completed.op, "completed") == nullptr)
        return;
    if (const std::string never = m_reach.whyNever(completed.op); !never.empty())
        refuse("completed", "this wait can never end: " + never);
}

void Checker::await(const BlockedIn &blocked)
{
    if (blocked.op.empty()) {
        const auto &threads = m_scenario.threads;
        if (std::find(threads.begin(), threads.end(), blocked.thread) == threads.end() && blocked.thread != mainThread)
            refuse("blocked", "'" + blocked.thread + "' is neither a call of an earlier step nor a thread.",
                   nearestWord(blocked.thread, threads));
        else if (!m_used.contains(blocked.thread))
            refuse("blocked", "this wait can never end: no earlier step makes a call on '" + blocked.thread + "'.");
        return;
    }
    const Action *action = operation(blocked.op, "blocked");
    if (action == nullptr)
        return;
    const auto *recv = std::get_if<WspRecv>(action);
    const auto *result = std::get_if<WspResult>(action);
    if (recv == nullptr && result == nullptr) {
        refuse("blocked", "this wait can never end: '" + blocked.op + "' is no receive; its call never blocks.");
        return;
    }
    const std::string &on = recv != nullptr ? recv->on : result->on;
    if ((recv != nullptr && !m_reach.blocks(*recv)) || (result != nullptr && !result->wait))
        refuse("blocked", "this wait can never end: the call '" + blocked.op +
                              "' never blocks (it is overlapped, its socket is "
                              "nonblocking, or it does not wait).");
    else if (on.empty() || on == mainThread)
        refuse("blocked", "this wait can never end: '" + blocked.op +
                              "' was called by 'main', whose step ends when the call has "
                              "returned; call it on a thread (on: t1).");
}

void Checker::await(const EventIsSet &event)
{
    const auto given = m_events.find(event.event);
    if (given == m_events.end()) {
        std::vector<std::string> names;
        for (const auto &[name, operations] : m_events)
            names.push_back(name);
        refuse("event", "this wait can never end: no earlier receive was given the event '" + event.event + "'.",
               nearestWord(event.event, names));
        return;
    }
    std::string never;
    for (const std::string &op : given->second) {
        never = m_reach.whyNever(op);
        if (never.empty())
            return;
    }
    refuse("event", "this wait can never end: " + never);
}

void Checker::await(const Arrived &arrived)
{
    if (socket(arrived.socket) == nullptr)
        return;
    const SocketStory &story = m_reach.story(arrived.socket);
    if (arrived.what == Arrival::Reset && !story.peerReset && story.goneLine == 0)
        refuse("what", "this wait can never end: no earlier step resets the connection of '" + arrived.socket +
                           "' (peer.reset).");
    if (arrived.what == Arrival::End && story.finishedLine == 0 && story.goneLine == 0)
        refuse("what", "this wait can never end: the peer of '" + arrived.socket +
                           "' has not finished before this step (peer.shutdown).");
}

// -- expectations

void Checker::visit(const Expect &expect)
{
    if (!expect.op.empty()) {
        const Action *action = operation(expect.op, "op");
        if (action == nullptr)
            return;
        const auto *recv = std::get_if<WspRecv>(action);
        const bool hasOutputs = recv != nullptr || std::holds_alternative<WspResult>(*action);
        if (!hasOutputs && (expect.status || expect.bytes || expect.flags))
            refuse("op", "'" + expect.op + "' is no receive: of it only 'returns' can be expected.");
        if (recv == nullptr && (expect.buffers || expect.event))
            refuse("op", "'" + expect.op + "' is no receive: it has neither buffers nor an event.");
        if (recv != nullptr && expect.event && recv->event.empty())
            refuse("event", "'" + expect.op + "' was given no event.");
        if (recv != nullptr)
            contentsFit(expect, *recv);
    }
    if (expect.queued)
        (void)socket(expect.queued->socket);
    for (const std::string &op : expect.order)
        (void)operation(op, "order");
}

/// More than the buffers have room for can never be met: that is a mistake of the scenario.
void Checker::contentsFit(const Expect &expect, const WspRecv &recv)
{
    std::uint64_t room = 0;
    for (const Buffer &buffer : recv.buffers)
        room += std::uint64_t{buffer.size} * buffer.count;
    if (expect.bytes)
        if (const auto *bytes = std::get_if<std::uint32_t>(&*expect.bytes); bytes != nullptr && *bytes > room)
            refuse("bytes", "'" + expect.op + "' has room for " + std::to_string(room) + " bytes only.");
    if (!expect.buffers)
        return;
    if (expect.buffers->size() > countOf(recv.buffers)) {
        refuse("buffers", "'" + expect.op + "' has only " + std::to_string(countOf(recv.buffers)) + " buffers.");
        return;
    }
    std::size_t index = 0;
    for (const Buffer &buffer : recv.buffers)
        for (std::uint32_t i = 0; i < buffer.count && index < expect.buffers->size(); ++i, ++index)
            if (sizeOf((*expect.buffers)[index]) > buffer.size)
                refuse("buffers", "buffer " + std::to_string(index) + " of '" + expect.op + "' has room for " +
                                      std::to_string(buffer.size) + " bytes, but " +
                                      std::to_string(sizeOf((*expect.buffers)[index])) + " are expected in it.");
}

void Checker::visit(const Barrier &barrier)
{
    for (const std::string &name : barrier.threads) {
        thread(name, "threads");
        if (name == mainThread)
            refuse("threads", "'main' makes this step itself; name other threads.");
    }
    for (const std::string &name : barrier.threads.empty() ? m_scenario.threads : barrier.threads) {
        auto &pending = m_threads[name];
        for (const std::string &op : pending)
            if (const std::string never = m_reach.whyNever(op); !never.empty()) {
                const auto *recv = std::get_if<WspRecv>(m_calls.at(op).action);
                if (recv == nullptr || m_reach.blocks(*recv))
                    refuse("threads", "this barrier can never be passed: " + never);
            }
        pending.clear(); // what can end stays so
    }
}

std::optional<ReadError> Checker::run()
{
    for (m_step = 0; m_step < m_scenario.steps.size() && !m_error; ++m_step) {
        const std::string *name = nameIn(m_scenario.steps[m_step].action);
        if (name == nullptr)
            continue;
        const auto [known, isNew] = m_calls.emplace(*name, Call{m_step, &m_scenario.steps[m_step].action});
        const auto &threads = m_scenario.threads;
        if (!isNew)
            refuse("op", "'" + *name + "' names a call " + inLine(known->second.step) +
                             " already; each call has a name of its own.");
        else if (std::find(threads.begin(), threads.end(), *name) != threads.end() || *name == mainThread)
            refuse("op", "'" + *name + "' is a thread's name; give the call another.");
    }
    for (m_step = 0; m_step < m_scenario.steps.size() && !m_error; ++m_step) {
        std::visit([this](const auto &action) { visit(action); }, m_scenario.steps[m_step].action);
        m_reach.pass(m_scenario.steps[m_step]);
    }
    return std::move(m_error);
}

} // namespace

std::optional<ReadError> check(const Scenario &scenario, const PlaceOf &placeOf)
{
    return Checker(scenario, placeOf).run();
}

std::optional<ReadError> check(const Scenario &scenario)
{
    return check(scenario, [&](std::size_t step, std::string_view) { return scenario.steps[step].place; });
}

} // namespace recvscope::scenario
