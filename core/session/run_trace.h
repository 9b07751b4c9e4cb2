// What the trace of a run says so far, by operation: the runner's and the report's view of it.
//
// Threads: the runner's alone; update() takes in what all threads recorded.

#pragma once

#include "trace/recorder.h"
#include "trace/store.h"

#include <map>
#include <optional>
#include <set>
#include <vector>

namespace recvscope::session {

/// What the trace holds of one receive.
struct OperationTrace {
    std::vector<trace::Event> events; ///< in the socket's order
    std::optional<trace::Event> called, returned, completed;
    bool eventSet = false;
    bool routineQueued = false;
    bool routineBegan = false;
    bool routineRan = false;
    std::uint16_t routineThread = 0; ///< the track of the thread that it was queued to

    /// The rules named along the way, each once, in order.
    [[nodiscard]] std::vector<RuleId> rules() const;
    /// Why it completed or was refused, or is pending while it is.
    [[nodiscard]] RuleId decidedBy() const;
    /// Bytes put into its buffers, those of a receive that failed included.
    [[nodiscard]] std::uint64_t placed() const;
    /// Why it was pending or blocked at first; none: it was not.
    [[nodiscard]] RuleId waitedBecauseOf() const;
};

class RunTrace {
public:
    /// Both must outlive it.
    RunTrace(trace::Recorder &recorder, const trace::Store &store) : m_recorder(recorder), m_store(store) {}

    /// Takes in everything that was recorded before the call.
    void update();

    [[nodiscard]] const trace::Snapshot &snapshot() const { return m_snapshot; }
    /// An empty one for an operation the trace does not know.
    [[nodiscard]] const OperationTrace &operation(OperationId id) const;
    [[nodiscard]] bool names(RuleId rule) const;
    [[nodiscard]] const std::vector<trace::Event> &diagnostics() const { return m_diagnostics; }
    /// The socket does not function any more, and has not been closed.
    [[nodiscard]] bool closeIsDue(SocketId socket) const { return m_due.contains(socket); }
    /// When the step's WSPGetOverlappedResult was called, and what it was told; nothing where it did neither.
    [[nodiscard]] std::optional<trace::Event> resultAsked(StepId step) const;
    [[nodiscard]] std::optional<trace::Event> resultOfStep(StepId step) const;
    /// Operations in the order in which they completed.
    [[nodiscard]] std::vector<OperationId> completionOrder() const;
    [[nodiscard]] std::vector<OperationId> routineOrder() const; ///< as they began
    /// Its routine was queued, and is gone with its thread.
    [[nodiscard]] bool routineDropped(const OperationTrace &operation) const;

private:
    void take(std::uint16_t track, const trace::Event &event);

    trace::Recorder &m_recorder;
    const trace::Store &m_store;
    trace::Snapshot m_snapshot;
    std::vector<std::uint32_t> m_read; ///< events taken in, by track
    std::map<OperationId, OperationTrace> m_operations;
    std::vector<bool> m_rules;
    std::vector<trace::Event> m_diagnostics;
    std::vector<trace::Event> m_routines;
    std::set<SocketId> m_due;         ///< to be closed
    std::set<std::uint16_t> m_exited; ///< tracks of threads that have exited
    std::map<StepId, trace::Event> m_asked, m_results;
};

} // namespace recvscope::session
