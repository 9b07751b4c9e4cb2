// Each socket's bytes from event to event: sent by the peer, held by the kernel, received, and told to the program: by
// what a call returned, by the arguments of a completion routine or of an event callback, or by the result it asked
// for. A program that looks into its overlapped structure itself does so unseen: such bytes have completed and are not
// told. Urgent bytes stand beside the stream and do not count. For traces short enough to be told event by event;
// trace::SpanIndex answers for longer ones.
//
// Grows with the story. Threads: the window's.

#pragma once

#include "gui/plots/place.h"

#include <cstdint>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace recvscope::gui {

/// From this place on.
struct LedgerEntry {
    Place place;
    std::uint64_t held = 0; ///< sent and not received; with an outside peer the latest that was asked
    std::uint64_t sent = 0;
    std::uint64_t received = 0; ///< copied out of the kernel by receives
    std::uint64_t consumed = 0; ///< what the program was told
    std::uint64_t untold = 0;   ///< completed, and nothing in the trace has told the program
};

struct SocketLedger {
    SocketId socket;
    std::vector<LedgerEntry> entries;
    std::uint64_t highest = 0; ///< most bytes the kernel held
    bool outside = true;       ///< an outside peer until a send proves that it is ours: what it sent cannot be known
    bool asked = false;        ///< the kernel was asked how much it holds

    /// Bytes came that nobody is known to have sent. (A peer that has sent nothing has no secrets.)
    [[nodiscard]] bool fromOutside() const { return outside && !entries.empty(); }
};

class Ledger {
public:
    void add(const Place &place, const trace::Event &event);

    [[nodiscard]] const std::vector<SocketLedger> &sockets() const { return m_sockets; }
    /// @return nullptr for a socket without bytes
    [[nodiscard]] const SocketLedger *of(SocketId socket) const;

private:
    [[nodiscard]] SocketLedger &ledger(SocketId socket);
    /// The program learns what came of a receive; a second time it is nothing new.
    void tell(LedgerEntry &now, OperationId receive, std::uint32_t bytes);

    std::vector<SocketLedger> m_sockets;
    std::unordered_map<SocketId, std::size_t> m_bySocket;
    std::unordered_set<OperationId> m_told;
    std::unordered_map<OperationId, std::uint64_t> m_untold; ///< bytes of completed receives
    std::unordered_set<OperationId> m_aside; ///< receives with MSG_PEEK or MSG_OOB: they take nothing of the stream
};

} // namespace recvscope::gui
