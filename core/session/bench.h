// What a scenario runs on: its real sockets with their scripted peers, its application's threads, events, overlapped
// structures and calls, and the provider that receives.
//
// Threads: made, changed and asked by the runner's thread; the application's threads run calls that use the provider.

#pragma once

#include "session/application_thread.h"
#include "session/call.h"
#include "session/scripted_peer.h"
#include "trace/recorder.h"
#include "wsp/provider.h"

#include "scenario/scenario.h"

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace recvscope::session {

struct BenchSocket {
    const scenario::SocketDeclaration *declared = nullptr;
    SocketId id;
    wsp::SocketHandle handle = wsp::SocketHandle::Invalid;
    std::unique_ptr<ScriptedPeer> peer; ///< null: it has none
    bool closed = false;                ///< by our side
    bool fromAccepting = false;         ///< it comes from socket.accept
    std::string hears;                  ///< the further peer it is connected to; empty: its own, or anybody
    std::string speaker;                ///< the further peer that spoke to it last; empty: its own
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

    [[nodiscard]] BenchSocket &socket(std::string_view name);
    [[nodiscard]] const std::vector<std::unique_ptr<BenchSocket>> &sockets() const { return m_sockets; }
    /// A further peer's socket, by its name.
    [[nodiscard]] net::Socket &furtherPeer(const std::string &name) { return m_further.at(name); }
    [[nodiscard]] std::uint32_t furtherNumber(const std::string &name) const; ///< from 1, in the scenario's order
    /// The connection that the listening socket has accepted becomes that one, and @p peer its peer.
    [[nodiscard]] Outcome accept(BenchSocket &listener, BenchSocket &as, StepId step);
    /// @p name empty: the main thread.
    [[nodiscard]] ApplicationThread &thread(std::string_view name);
    [[nodiscard]] const std::vector<std::unique_ptr<ApplicationThread>> &threads() const { return m_threads; }
    /// Made at its first use.
    [[nodiscard]] wsp::Event &event(const std::string &name);
    [[nodiscard]] NamedOverlapped &overlapped(const std::string &name);
    /// Its calls know it no more; the next use of the name makes another one.
    void freeOverlapped(const std::string &name);
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
    void record(trace::EventType type, const BenchSocket &socket, std::uint32_t a = 0, std::uint32_t b = 0);

    const scenario::Scenario &m_scenario;
    trace::Recorder &m_recorder;
    const std::function<void()> m_changed;
    // What calls in progress use stands before the provider and the threads, so that it outlives them.
    std::map<std::string, std::unique_ptr<wsp::Event>, std::less<>> m_events;
    std::map<std::string, std::unique_ptr<NamedOverlapped>, std::less<>> m_overlapped;
    std::vector<std::unique_ptr<Call>> m_calls;
    std::vector<std::unique_ptr<BenchSocket>> m_sockets;
    std::atomic<std::uint64_t> m_begun = 0;
    std::atomic<bool> m_ending = false;
    std::map<std::string, wsp::ThreadId, std::less<>> m_threadIds; ///< of scenarios with routines or other APCs
    std::map<std::string, net::Socket, std::less<>> m_further;
    wsp::Provider m_provider;
    std::vector<std::unique_ptr<ApplicationThread>> m_threads;
};

} // namespace recvscope::session
