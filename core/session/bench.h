// What a scenario runs on: its real sockets with their scripted peers, its application's threads, events, overlapped
// structures and calls, and the provider that receives.
//
// Threads: made, changed and asked by the runner's thread; the application's threads run calls that use the provider.

#pragma once

#include "native/provider.h"
#include "session/application_thread.h"
#include "session/call.h"
#include "session/scripted_peer.h"
#include "trace/recorder.h"
#include "wsk/provider.h"
#include "wsp/provider.h"

#include "scenario/scenario.h"

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace recvscope::session {

/// The receive event callback of a socket, as a scenario says it answers.
struct Callback {
    struct Answer {
        scenario::IndicationAnswer::Kind kind = scenario::IndicationAnswer::Kind::AcceptAll;
        std::uint32_t bytes = 0;
        std::string name;        ///< of an indication that is kept
        std::vector<Deed> deeds; ///< what runs inside, once
    };
    std::vector<Answer> answers; ///< the last one goes on; empty: accept all
    std::size_t calls = 0;       ///< with data; the engine's thread alone
};

struct BenchSocket {
    const scenario::SocketDeclaration *declared = nullptr;
    SocketId id;
    /// Set by the thread that accepts or connects, while the runner looks whether all is at rest.
    std::atomic<wsp::SocketHandle> handle = wsp::SocketHandle::Invalid;
    std::unique_ptr<ScriptedPeer> peer;  ///< null: it has none
    bool closed = false;                 ///< by our side
    bool fromAccepting = false;          ///< it comes from socket.accept
    std::string hears;                   ///< the further peer it is connected to; empty: its own, or anybody
    std::shared_ptr<Callback> callback;  ///< of WSK, set when it was first enabled
    std::optional<net::Socket> listener; ///< of a peer that a WSK socket is about to connect to
    std::string speaker;                 ///< the further peer that spoke to it last; empty: its own
    /// Of WSK, as last seen: they count in all, and after its close another socket may have its place in the provider.
    mutable std::uint64_t indications = 0, drained = 0;
};

class Bench {
public:
    /// @p scenario and @p recorder must outlive it. @p changed is called from many threads.
    Bench(const scenario::Scenario &scenario, trace::Recorder &recorder, bool pollPoller,
          const std::function<void()> &changed);
    /// Ends every blocked call and closes every socket.
    ~Bench();
    Bench(const Bench &) = delete;
    Bench &operator=(const Bench &) = delete;

    /// Begins the threads and makes the sockets, connected and recorded.
    [[nodiscard]] Outcome open();

    [[nodiscard]] wsp::Provider &provider() { return m_provider; }
    /// Only of scenarios with a socket of WSK.
    [[nodiscard]] wsk::Provider &kernel() { return *m_kernel; }
    [[nodiscard]] bool hasKernel() const { return m_kernel != nullptr; }
    /// Only of scenarios with a socket that the system itself receives for.
    [[nodiscard]] native::Provider &native() { return *m_native; }
    /// The thread blocks in a call of one of them.
    [[nodiscard]] bool blocked(const ApplicationThread &thread) const;
    /// Gets it out of the call it blocks in. @return false: it is in none
    bool cancelBlockingCall(const ApplicationThread &thread, StepId step);
    /// What is to be seen of the socket, whichever interface it has.
    [[nodiscard]] engine::SocketView state(const BenchSocket &socket) const;
    /// Of a socket that datagrams are cut for, which none of WSK is.
    [[nodiscard]] net::Address localAddress(const BenchSocket &socket) const;

    [[nodiscard]] BenchSocket &socket(std::string_view name);
    [[nodiscard]] const std::vector<std::unique_ptr<BenchSocket>> &sockets() const { return m_sockets; }
    /// A further peer's socket, by its name.
    [[nodiscard]] net::Socket &furtherPeer(const std::string &name) { return m_further.at(name); }
    [[nodiscard]] std::uint32_t furtherNumber(const std::string &name) const; ///< from 1, in the scenario's order
    /// The connection that the listening socket has accepted becomes that one, and @p peer its peer.
    [[nodiscard]] Outcome accept(BenchSocket &listener, BenchSocket &as, StepId step);
    /// The same by WskAccept. On the thread that makes the call.
    [[nodiscard]] Status acceptInKernel(BenchSocket &listener, BenchSocket &as, wsk::Irp *irp, wsk::CallTag tag);
    /// @p name empty: the main thread.
    [[nodiscard]] ApplicationThread &thread(std::string_view name);
    [[nodiscard]] const std::vector<std::unique_ptr<ApplicationThread>> &threads() const { return m_threads; }
    /// Made at its first use.
    [[nodiscard]] wsp::Event &event(const std::string &name);
    [[nodiscard]] NamedOverlapped &overlapped(const std::string &name);
    /// Its calls know it no more; the next use of the name makes another one.
    void freeOverlapped(const std::string &name);
    /// Made at its first use; its completion routine does what its call says.
    [[nodiscard]] NamedIrp &irp(const std::string &name);
    /// The next number of IrpTold::order. Any thread.
    [[nodiscard]] std::uint64_t nextOrder() { return ++m_order; }
    /// The callback keeps one more indication by that name. Any thread.
    void keepIndication(const std::string &name, wsk::DataIndication *list);
    /// The oldest that is kept by that name; null: none is. Any thread.
    [[nodiscard]] wsk::DataIndication *keptIndication(const std::string &name);
    /// It was given back. Any thread.
    void forgetIndication(const std::string &name, const wsk::DataIndication *list);
    /// The calling thread's name: of the application, or the provider's.
    [[nodiscard]] std::string threadNameHere() const;
    /// Makes the socket and its place in the trace, without a connection or a provider.
    [[nodiscard]] Result<net::Socket> create(BenchSocket &socket);
    [[nodiscard]] wsk::SocketTraits kernelTraits(const BenchSocket &socket) const;

    /// Of a thread of this scenario; empty where nothing is ever queued to a thread.
    [[nodiscard]] wsp::ThreadId threadId(std::string_view name);

    /// Adds a call that is about to be made.
    Call &add(std::unique_ptr<Call> call);
    /// The call begins now. Any application thread.
    void begins(Call &call) { call.begun = ++m_begun; }
    /// The scenario ends: what waits for something that nobody brings goes on. Any thread.
    [[nodiscard]] bool ending() const { return m_ending; }
    /// In the order in which they were made ready.
    [[nodiscard]] const std::vector<std::unique_ptr<Call>> &calls() const { return m_calls; }
    /// The call of that name, or null while it has not been made.
    [[nodiscard]] Call *call(std::string_view name) const;
    /// The latest receive or send that was given that overlapped structure, or null.
    [[nodiscard]] Call *callWith(const wsp::Overlapped &overlapped) const;
    /// The call the thread is in, innermost, or made last; null: none yet.
    [[nodiscard]] Call *latestCallOf(const ApplicationThread &thread) const;

    /// Marks the calls to which nothing more will happen.
    void latchCompletions();

private:
    [[nodiscard]] Outcome beginThreads();
    [[nodiscard]] Outcome openOne(BenchSocket &socket);
    [[nodiscard]] Outcome openFurther();
    void recordOpened(const BenchSocket &socket, std::size_t receiveBuffer);
    void record(trace::EventType type, const BenchSocket &socket, std::uint32_t a = 0, std::uint32_t b = 0);

    const scenario::Scenario &m_scenario;
    trace::Recorder &m_recorder;
    const std::function<void()> m_changed;
    // What calls in progress use stands before the provider and the threads, so that it outlives them.
    std::map<std::string, std::unique_ptr<wsp::Event>, std::less<>> m_events;
    std::map<std::string, std::unique_ptr<NamedOverlapped>, std::less<>> m_overlapped;
    std::map<std::string, std::unique_ptr<NamedIrp>, std::less<>> m_irps;
    std::mutex m_keptMutex;
    std::map<std::string, std::deque<wsk::DataIndication *>, std::less<>> m_kept; ///< indications by name, oldest first
    std::atomic<std::uint64_t> m_order = 0;
    std::vector<std::unique_ptr<Call>> m_calls;
    std::vector<std::unique_ptr<BenchSocket>> m_sockets;
    std::atomic<std::uint64_t> m_begun = 0;
    std::atomic<bool> m_ending = false;
    std::map<std::string, wsp::ThreadId, std::less<>> m_threadIds; ///< of scenarios with routines or other APCs
    std::map<std::string, net::Socket, std::less<>> m_further;
    wsp::Provider m_provider;
    std::unique_ptr<wsk::Provider> m_kernel;
    std::unique_ptr<native::Provider> m_native;
    std::vector<std::unique_ptr<ApplicationThread>> m_threads;
};

} // namespace recvscope::session
