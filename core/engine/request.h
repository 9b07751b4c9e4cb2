// One receive as a face asks for it, and what it came to.

#pragma once

#include "base/ids.h"
#include "engine/decide.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace recvscope::engine {

class Alertable;

/// What a receive came to.
struct Completion {
    Result result = Result::Ok;
    Reason reason = Reason::Admitted;
    bool partial = false;  ///< the output flags say that more of the message follows
    bool injected = false; ///< a fault or an order on purpose
    std::uint32_t bytes = 0;
    OperationId operation;
};

/// Told exactly once, without a lock held, on the thread that found the completion: the engine's, or one that closes.
class CompletionSink {
public:
    virtual ~CompletionSink() = default;
    virtual void completed(const Completion &completion) = 0;
};

/// Where a call was made from.
enum class Within : std::uint8_t {
    Program,
    ReceiveRoutine, ///< the completion routine of an earlier receive
    SiblingRoutine, ///< that of a receive-from, a send or a send-to
};

/// The memory a request describes, where that is more than its buffers; for the trace.
struct ChainShape {
    std::uint32_t offset = 0; ///< into the first descriptor
    std::uint32_t length = 0;
    std::vector<std::uint32_t> descriptors; ///< their byte counts
};

struct Request {
    OperationId operation;
    StepId step;
    /// The caller's descriptors: read during the call alone, captured when the receive waits
    /// (wsp.buffer.array-captured).
    std::span<const net::Slice> buffers;
    ReceiveFlags flags;
    std::uint16_t flagWord = 0; ///< the same as the interface numbers them, for the trace
    bool overlapped = false;
    bool hasEvent = false;
    bool hasRoutine = false;
    bool eventIgnored = false;       ///< there is an event beside the routine
    bool routineIgnored = false;     ///< a routine was given without an overlapped structure
    std::uint16_t routineThread = 0; ///< the track of the thread whose routine it is, for the trace
    Within within = Within::Program;
    Alertable *alertable = nullptr;    ///< how its thread blocks; null: it has nothing else to do
    const void *packet = nullptr;      ///< what its interface knows it by, where it can be cancelled alone
    const ChainShape *chain = nullptr; ///< told while teaching; read during the call alone
    std::optional<Decision> refused;   ///< what the face refuses itself, before anything is asked of the engine
};

[[nodiscard]] inline Completion completionOf(const Request &request, const Decision &decision, std::uint64_t bytes)
{
    return {decision.result,  decision.reason, decision.partial, decision.injected, static_cast<std::uint32_t>(bytes),
            request.operation};
}

/// The captured descriptors of a waiting receive. Memory they point to stays the caller's.
class BufferChain {
public:
    BufferChain() = default;
    explicit BufferChain(std::span<const net::Slice> buffers) : m_buffers(buffers.begin(), buffers.end()) {}

    [[nodiscard]] std::span<const net::Slice> buffers() const { return m_buffers; }

private:
    std::vector<net::Slice> m_buffers;
};

[[nodiscard]] inline std::uint64_t roomOf(std::span<const net::Slice> buffers)
{
    std::uint64_t room = 0;
    for (const net::Slice &buffer : buffers)
        room += buffer.size;
    return room;
}

} // namespace recvscope::engine
