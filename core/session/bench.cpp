#include "session/bench.h"

#include "session/socket_making.h"

#include <algorithm>
#include <cassert>
#include <system_error>
#include <utility>

namespace recvscope::session {

namespace {

wsp::ProviderSettings providerSettings(const scenario::Scenario &scenario, trace::Recorder &recorder, bool pollPoller,
                                       const std::function<void()> &changed)
{
    wsp::ProviderSettings settings;
    settings.recorder = &recorder;
    settings.policy = policyOf(scenario.policy);
    settings.pollPoller = pollPoller;
    settings.changed = changed;
    return settings;
}

} // namespace

Bench::Bench(const scenario::Scenario &scenario, trace::Recorder &recorder, bool pollPoller,
             const std::function<void()> &changed)
    : m_scenario(scenario),
      m_recorder(recorder),
      m_changed(changed),
      m_provider(providerSettings(scenario, recorder, pollPoller, changed))
{
    const auto any = [&](scenario::Face face) {
        return std::any_of(scenario.sockets.begin(), scenario.sockets.end(),
                           [face](const scenario::SocketDeclaration &each) { return each.face == face; });
    };
    if (any(scenario::Face::Native))
        m_native = std::make_unique<native::Provider>(native::ProviderSettings{&recorder, changed});
    if (any(scenario::Face::Wsk))
        m_kernel = std::make_unique<wsk::Provider>(
            wsk::ProviderSettings{&recorder, policyOf(scenario.policy), pollPoller, changed});
}

Bench::~Bench()
{
    // A thread that blocks is let go by the cancel, one that waits for a result by the close, one that waits for an
    // event or alertably by that.
    m_ending = true;
    for (const auto &[name, event] : m_events)
        event->set();
    for (const auto &[name, id] : m_threadIds)
        id.queue->post({[](std::uintptr_t) {}, 0, nullptr, nullptr, false});
    for (const auto &thread : m_threads)
        m_provider.cancelBlockingCall(thread->id());
    if (m_native)
        m_native->closeAll();
    m_kernel.reset(); // with it every callback and completion routine has ended
    Status ignored = Status::Success;
    for (const auto &socket : m_sockets)
        if (socket->handle != wsp::SocketHandle::Invalid && socket->declared->face == scenario::Face::Wsp)
            m_provider.closeSocket(socket->handle, &ignored);
    m_threads.clear();
}

Outcome Bench::open()
{
    if (Outcome begun = beginThreads(); !begun)
        return begun;
    for (const scenario::SocketDeclaration &declared : m_scenario.sockets) {
        auto socket = std::make_unique<BenchSocket>();
        socket->declared = &declared;
        if (!declared.invalid) {
            socket->fromAccepting = m_scenario.comesFromAccepting(declared.name);
            socket->id = SocketId{static_cast<std::uint16_t>(m_sockets.size() + 1)};
            m_recorder.nameSocket(socket->id, declared.name);
            if (!socket->fromAccepting && !m_scenario.comesFromConnecting(declared.name))
                if (Outcome made = openOne(*socket); !made)
                    return made;
        }
        m_sockets.push_back(std::move(socket));
    }
    return openFurther();
}

Outcome Bench::beginThreads()
{
    const bool queued = scenario::queuesToThreads(m_scenario);
    std::vector<std::string> names{std::string(scenario::mainThread)};
    names.insert(names.end(), m_scenario.threads.begin(), m_scenario.threads.end());
    // One after the other, each waiting until the one before has named its track: so tracks have the same order always.
    for (const std::string &name : names)
        try {
            m_threads.push_back(std::make_unique<ApplicationThread>(
                name,
                [this, name, queued] {
                    m_recorder.nameThread(name);
                    if (queued)
                        m_threadIds[name] = m_provider.openCurrentThread();
                },
                m_changed));
        } catch (const std::system_error &error) {
            return Error{"begin the thread", name, "the system has no room for another one", error.code().value()};
        }
    return Done{};
}

bool Bench::blocked(const ApplicationThread &thread) const
{
    return m_provider.blocked(thread.id()) || (m_native && m_native->blocked(thread.id()));
}

bool Bench::cancelBlockingCall(const ApplicationThread &thread, StepId step)
{
    const bool cancelled = m_provider.cancelBlockingCall(thread.id(), {OperationId{}, step});
    return cancelled || (m_native && m_native->interrupt(thread.id()));
}

Outcome Bench::openFurther()
{
    for (const std::string &name : m_scenario.peers) {
        Result<net::Socket> peer = net::Socket::open(net::SocketKind::Udp);
        if (!peer)
            return peer.error();
        if (Outcome bound = peer->bind(net::Address::loopback(net::AddressFamily::IPv4)); !bound)
            return bound;
        if (Outcome kept = peer->setGroupsOnLoopback(); !kept)
            return kept;
        m_further.emplace(name, std::move(*peer));
    }
    return Done{};
}

std::uint32_t Bench::furtherNumber(const std::string &name) const
{
    const auto found = std::find(m_scenario.peers.begin(), m_scenario.peers.end(), name);
    return static_cast<std::uint32_t>(found - m_scenario.peers.begin()) + 1;
}

BenchSocket &Bench::socket(std::string_view name)
{
    const auto found = std::find_if(m_sockets.begin(), m_sockets.end(),
                                    [&](const auto &each) { return each->declared->name == name; });
    assert(found != m_sockets.end()); // the reader has checked the name
    return **found;
}

ApplicationThread &Bench::thread(std::string_view name)
{
    const auto found =
        std::find_if(m_threads.begin(), m_threads.end(), [&](const auto &each) { return each->name() == name; });
    return found == m_threads.end() ? *m_threads.front() : **found;
}

wsp::Event &Bench::event(const std::string &name)
{
    auto &event = m_events[name];
    if (!event)
        event = std::make_unique<wsp::Event>();
    return *event;
}

NamedOverlapped &Bench::overlapped(const std::string &name)
{
    auto &overlapped = m_overlapped[name];
    if (!overlapped)
        overlapped = std::make_unique<NamedOverlapped>();
    return *overlapped;
}

void Bench::freeOverlapped(const std::string &name)
{
    const auto found = m_overlapped.find(name);
    if (found == m_overlapped.end())
        return;
    latchCompletions();
    for (const auto &call : m_calls) {
        if (call->overlapped != found->second.get())
            continue;
        if (!call->complete && call->pending())
            call->freed = call->overlapped->lifeline();
        call->overlapped = nullptr;
    }
    m_overlapped.erase(found);
}

NamedIrp &Bench::irp(const std::string &name)
{
    auto &irp = m_irps[name];
    if (!irp)
        irp = std::make_unique<NamedIrp>(name, m_order, m_recorder);
    return *irp;
}

void Bench::keepIndication(const std::string &name, wsk::DataIndication *list)
{
    const std::lock_guard lock(m_keptMutex);
    m_kept[name].push_back(list);
}

wsk::DataIndication *Bench::keptIndication(const std::string &name)
{
    const std::lock_guard lock(m_keptMutex);
    const auto found = m_kept.find(name);
    return found == m_kept.end() || found->second.empty() ? nullptr : found->second.front();
}

void Bench::forgetIndication(const std::string &name, const wsk::DataIndication *list)
{
    const std::lock_guard lock(m_keptMutex);
    std::erase(m_kept[name], list);
}

std::string Bench::threadNameHere() const
{
    for (const auto &thread : m_threads)
        if (thread->id() == std::this_thread::get_id())
            return thread->name();
    return "kernel";
}

wsp::ThreadId Bench::threadId(std::string_view name)
{
    const auto found = m_threadIds.find(name.empty() ? scenario::mainThread : name);
    return found == m_threadIds.end() ? wsp::ThreadId() : found->second;
}

Call &Bench::add(std::unique_ptr<Call> call)
{
    m_calls.push_back(std::move(call));
    return *m_calls.back();
}

Call *Bench::call(std::string_view name) const
{
    const auto found =
        std::find_if(m_calls.rbegin(), m_calls.rend(), [&](const auto &each) { return each->name == name; });
    return name.empty() || found == m_calls.rend() ? nullptr : found->get();
}

Call *Bench::callWith(const wsp::Overlapped &overlapped) const
{
    const auto found = std::find_if(m_calls.rbegin(), m_calls.rend(), [&](const auto &each) {
        return each->overlapped == &overlapped && each->verb != "wsp.result";
    });
    return found == m_calls.rend() ? nullptr : found->get();
}

Call *Bench::latestCallOf(const ApplicationThread &thread) const
{
    Call *latest = nullptr;
    const auto later = [&](const Call &call) {
        if (latest == nullptr)
            return true;
        // One that it is still in, innermost, before one that has returned.
        return std::pair(!call.returned, call.begun.load()) > std::pair(!latest->returned, latest->begun.load());
    };
    for (const auto &call : m_calls) // a call inside a callback has its thread only when it begins
        if (call->begun != 0 && call->thread == thread.name() && later(*call))
            latest = call.get();
    return latest;
}

void Bench::latchCompletions()
{
    for (const auto &call : m_calls) {
        if (call->complete || !call->returned)
            continue;
        if (call->irp != nullptr) {
            call->complete = !call->pending() || call->irpCompletions != 0;
            continue;
        }
        if (call->freed != nullptr) {
            call->complete = call->freed->ended(); // the structure tells nothing any more
            continue;
        }
        call->complete = !call->isReceive() || !call->pending() || call->overlapped == nullptr ||
                         call->overlapped->internal.load(std::memory_order_acquire) != wsp::Overlapped::inProgress;
    }
}

void Bench::record(trace::EventType type, const BenchSocket &socket, std::uint32_t a, std::uint32_t b)
{
    trace::Track &track = m_recorder.track();
    trace::Event event;
    event.time = track.now();
    event.socket = socket.id;
    event.socketSequence = m_recorder.nextSequence(socket.id);
    event.type = type;
    event.a = a;
    event.b = b;
    track.record(event);
}

} // namespace recvscope::session
