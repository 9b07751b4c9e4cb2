// What a timeline draws of a trace short enough to be told event by event: each receive's span, each move of the peer,
// each call of the program, and the ledger of bytes. Longer traces are drawn from trace::SpanIndex instead.
//
// Grows with the story. Threads: the window's.

#pragma once

#include "gui/plots/ledger.h"
#include "gui/plots/place.h"
#include "gui/timeline/kernel_marks.h"

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

namespace recvscope::gui {

/// One receive.
struct ReceiveMark {
    OperationId operation;
    SocketId socket;
    Place called;
    std::optional<Place> ended; ///< its completion, or the refusing return; nothing while it is open
    Status status = Status::Success;
    std::uint64_t bytes = 0;
    bool pending = false; ///< it had to wait: queued, or blocked in the call
    bool blocked = false;
    bool refused = false; ///< the call failed before anything was started
    bool end = false;     ///< it saw the peer's graceful end
    bool urgent = false, peek = false;
    bool injected = false;
    OperationId behind; ///< the receive that stood before it in the queue
    std::optional<Place> routineQueued = {}, routineBegan = {}, routineEnded = {};
    bool wsk = false;                    ///< a WskReceive
    std::optional<Place> drainedAt = {}; ///< where it threw bytes away last
    std::uint64_t drained = 0;
    bool drain = false;
    trace::Interface face = trace::Interface::Wsp;
    bool irp = false;             ///< its IRP came back
    bool routineInjected = false; ///< when it ran was on purpose; its receive completed by itself

    [[nodiscard]] bool failed() const { return status != Status::Success && !end; }
    [[nodiscard]] bool reset() const { return status == Status::WsaEconnreset || status == Status::NtConnectionReset; }
};

struct PeerMark {
    enum class Kind : std::uint8_t { Send, Urgent, HalfClose, Reset, Close, Observed, LinkCut };

    Place place;
    Kind kind = Kind::Send;
    std::uint32_t bytes = 0;
    std::uint32_t send = 0; ///< ordinal of a send among those of its socket, from 0: its colour
    bool injected = false;
};

struct SocketMarks {
    SocketId socket;
    std::vector<std::uint32_t> receives; ///< indices into Marks::receives(), by call
    std::vector<PeerMark> peer;          ///< by index
    bool outside = true;                 ///< nothing is known of the peer's sends but what was received
    std::uint64_t sent = 0, taken = 0;   ///< bytes known to have been sent, and taken by receives
    std::uint32_t sends = 0;             ///< sends and observed chunks so far
};

/// A moment at which the program called something.
struct CallMark {
    Place place;
    trace::EventType type = trace::EventType::Called;
    OperationId operation;
    SocketId socket;
    bool wsk = false; ///< of the other interface
};

class Marks {
public:
    /// Takes what the story has beyond what was taken before. To be called at each growth of the story, since the
    /// latest events may move when more come.
    void extend(const trace::Story &story);
    /// The next event of the story; indices come in order.
    void add(const Place &place, const trace::Event &event);

    [[nodiscard]] std::uint32_t size() const { return m_size; }                         ///< events taken
    [[nodiscard]] const std::vector<SocketMarks> &sockets() const { return m_sockets; } ///< in order of appearance
    [[nodiscard]] const std::vector<ReceiveMark> &receives() const { return m_receives; }
    [[nodiscard]] const std::vector<CallMark> &calls() const { return m_calls; }
    [[nodiscard]] const Ledger &ledger() const { return m_ledger; }
    [[nodiscard]] const SocketMarks *of(SocketId socket) const;
    [[nodiscard]] const ReceiveMark *receive(OperationId operation) const;
    /// What a WSK socket has beside its receives; null for others.
    [[nodiscard]] const KernelMarks *kernel(SocketId socket) const;
    /// Sockets are used through more than one interface, and each one's receives follow one another: they can stand in
    /// a lane each, to be compared.
    [[nodiscard]] bool compared() const;

private:
    [[nodiscard]] SocketMarks &socket(SocketId id);
    void addToReceive(const Place &place, const trace::Event &event);
    void addToKernel(const Place &place, const trace::Event &event);
    void addToPeer(const Place &place, const trace::Event &event);
    void end(ReceiveMark &mark, const Place &place, const trace::Event &event);

    std::uint32_t m_size = 0;
    std::vector<SocketMarks> m_sockets;
    std::vector<ReceiveMark> m_receives;
    std::vector<CallMark> m_calls;
    Ledger m_ledger;
    std::unordered_map<OperationId, std::uint32_t> m_byOperation;
    std::unordered_map<SocketId, std::uint32_t> m_bySocket;
    std::map<SocketId, std::vector<OperationId>> m_waiting;
    std::map<SocketId, KernelMarks> m_kernel; ///< of sockets that have a face
    bool m_otherFaces = false;                ///< one of another interface than WSP's
    bool m_overlaps = false;                  ///< a receive was called while an earlier one of its socket was open
};

} // namespace recvscope::gui
