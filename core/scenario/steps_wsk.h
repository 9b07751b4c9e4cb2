// The steps of WskReceive and its neighbours as plain values, one struct a verb; steps.h has the others.
//
// `op` names the call, as in steps.h; it may be empty but for wsk.receive and native.recv. `irp` names the request
// packet that the call is given; empty: none, which is a mistake worth showing. `on` is the thread that makes the call.

#pragma once

#include "scenario/buffer.h"
#include "scenario/data.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace recvscope::scenario {

struct Step;

struct WskReceive {
    std::string socket;
    std::string op;
    std::string irp;
    std::vector<Buffer> mdl;  ///< the chain of descriptors; empty: none, and without `length` no buffer at all
    std::uint32_t offset = 0; ///< into the first of them
    std::optional<std::uint32_t> length; ///< the most that is received; absent: all of the chain behind the offset
    std::uint32_t flags = 0;             ///< WSK's numbers
    std::uint8_t irql = 0;               ///< the level at which the call is made
    std::string on;
    std::vector<Step> onComplete; ///< what the IRP's completion routine does: calls alone
    friend bool operator==(const WskReceive &, const WskReceive &);
};

/// The most that is received: `length`, or all of the chain behind the offset.
[[nodiscard]] std::uint64_t lengthOf(const WskReceive &receive);
/// The offset lies in the first descriptor, and the chain holds offset and length; or the length is 0, without a chain.
[[nodiscard]] bool isWellFormed(const WskReceive &receive);
/// What each descriptor of the chain, `count` written out, has room for behind the offset and within the length.
[[nodiscard]] std::vector<std::uint64_t> partsOf(const WskReceive &receive);

struct WskSend {
    std::string socket;
    Data data;
    std::string irp;
    std::string op;
    std::string on;
    friend bool operator==(const WskSend &, const WskSend &) = default;
};

struct WskConnect { ///< a socket without a peer; a scripted one of its own is made for it
    std::string socket;
    std::string irp;
    std::string op;
    std::string on;
    friend bool operator==(const WskConnect &, const WskConnect &) = default;
};

struct WskSocketConnect { ///< the same, created, bound and connected in one call
    std::string socket;
    std::string irp;
    std::string op;
    std::string on;
    friend bool operator==(const WskSocketConnect &, const WskSocketConnect &) = default;
};

struct WskAccept { ///< a peer connects to the listening socket; the connection becomes the socket `as`
    std::string socket;
    std::string as;
    std::string irp;
    std::string op;
    std::string on;
    friend bool operator==(const WskAccept &, const WskAccept &) = default;
};

struct WskCancel {
    std::string irp;
    friend bool operator==(const WskCancel &, const WskCancel &) = default;
};

/// How the receive event callback answers one call.
struct IndicationAnswer {
    enum class Kind : std::uint8_t { AcceptAll, AcceptPart, NotAccepted, Retain };
    Kind kind = Kind::AcceptAll;
    std::uint32_t bytes = 0; ///< AcceptPart
    std::string name;        ///< Retain: of the indication that is kept
    std::vector<Step> calls; ///< what runs inside the callback: calls alone
    friend bool operator==(const IndicationAnswer &, const IndicationAnswer &);
};

/// WskControlSocket: switches event callbacks.
struct WskEvent {
    std::string socket;
    std::optional<bool> receive;    ///< true: enable; absent: left as it is
    std::optional<bool> disconnect; ///< the same
    std::string irp;
    std::vector<IndicationAnswer> onIndicate; ///< the last one goes on being the answer; empty: accept all
    std::uint32_t descriptor = 0;             ///< bytes that a descriptor of an indication holds at most; 0: 4096
    std::string op;
    std::string on;
    friend bool operator==(const WskEvent &, const WskEvent &) = default;
};

struct WskRelease {
    std::string socket;
    std::string indication; ///< that was kept
    std::uint32_t node = 0; ///< of its list; 0: the head
    std::string op;
    std::string on;
    friend bool operator==(const WskRelease &, const WskRelease &) = default;
};

struct WskDisconnect {
    std::string socket;
    bool abortive = false;
    std::string irp;
    std::optional<Data> data; ///< sent before the end
    std::string op;
    std::string on;
    friend bool operator==(const WskDisconnect &, const WskDisconnect &) = default;
};

struct WskClose {
    std::string socket;
    std::string irp;
    std::string op;
    std::string on;
    friend bool operator==(const WskClose &, const WskClose &) = default;
};

struct MdlUnlock {
    std::string of; ///< a wsk.receive
    friend bool operator==(const MdlUnlock &, const MdlUnlock &) = default;
};

struct MdlFree {
    std::string of; ///< a wsk.receive
    friend bool operator==(const MdlFree &, const MdlFree &) = default;
};

struct IrpTouch { ///< the caller looks at it, or writes to it
    std::string irp;
    friend bool operator==(const IrpTouch &, const IrpTouch &) = default;
};

struct IrpReuse { ///< the caller makes it ready for another call
    std::string irp;
    friend bool operator==(const IrpReuse &, const IrpReuse &) = default;
};

// -- beside both

/// The platform's own receive, blocking unless the socket is nonblocking.
struct NativeRecv {
    std::string socket;
    std::string op;
    std::vector<Buffer> buffers;
    std::uint32_t flags = 0; ///< MSG_PEEK and MSG_WAITALL, with Winsock's numbers
    std::string on;
    friend bool operator==(const NativeRecv &, const NativeRecv &) = default;
};

struct Provoke { ///< the receive event callback is called at the next arrival although a receive is pending
    std::string socket;
    friend bool operator==(const Provoke &, const Provoke &) = default;
};

// -- causes and checks

struct Indicated { ///< the callback has been called and has answered so often in all: at least (wait), exactly (expect)
    std::string socket;
    std::uint32_t count = 0;
    friend bool operator==(const Indicated &, const Indicated &) = default;
};

struct Discarded { ///< drains have thrown away so many bytes in all: at least (wait), exactly (expect)
    std::string socket;
    std::uint64_t bytes = 0;
    friend bool operator==(const Discarded &, const Discarded &) = default;
};

struct Calls { ///< the operation's IRP has completed so often
    std::string op;
    std::uint32_t count = 0;
    friend bool operator==(const Calls &, const Calls &) = default;
};

} // namespace recvscope::scenario
