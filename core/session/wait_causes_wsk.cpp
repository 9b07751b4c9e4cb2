// Waits for what a receive event callback and a drain have done.

#include "session/byte_text.h"
#include "session/wait_causes.h"

namespace recvscope::session {

WaitCause causeOf(const scenario::Indicated &indicated, Bench &bench)
{
    WaitCause made;
    const auto told = [&bench, &indicated] { return bench.state(bench.socket(indicated.socket)); };
    made.what = "the callback of " + indicated.socket + " to be called " + std::to_string(indicated.count) + " times";
    made.came = [told, count = indicated.count] { return told().indications >= count; };
    made.instead = [told] {
        const engine::SocketView state = told();
        return "it was called " + std::to_string(state.indications) + " times, and the kernel holds " +
               countedBytes(state.available) +
               (state.listening ? "" : "; it is disabled, or silent until a wsk.receive");
    };
    return made;
}

WaitCause causeOf(const scenario::Discarded &discarded, Bench &bench)
{
    WaitCause made;
    const auto drained = [&bench, &discarded] { return bench.state(bench.socket(discarded.socket)).drained; };
    made.what = "a drain of " + discarded.socket + " to discard " + countedBytes(discarded.bytes);
    made.came = [drained, bytes = discarded.bytes] { return drained() >= bytes; };
    made.instead = [drained] { return countedBytes(drained()) + " were discarded"; };
    return made;
}

} // namespace recvscope::session
