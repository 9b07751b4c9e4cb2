#include "scenario/steps.h"

#include <array>

namespace recvscope::scenario {

namespace {

// In the order of Action's alternatives.
constexpr std::array<std::string_view, std::variant_size_v<Action>> verbs = {"say",
                                                                             "predict",
                                                                             "peer.send",
                                                                             "peer.shutdown",
                                                                             "peer.reset",
                                                                             "peer.close",
                                                                             "peer.send-oob",
                                                                             "wsp.recv",
                                                                             "wsp.result",
                                                                             "wsp.shutdown",
                                                                             "wsp.close",
                                                                             "wsp.cancel-blocking",
                                                                             "wait",
                                                                             "expect",
                                                                             "barrier",
                                                                             "wsp.alertable-wait",
                                                                             "wsp.wait-event",
                                                                             "wsp.queue-apc",
                                                                             "overlapped.free",
                                                                             "scribble",
                                                                             "thread",
                                                                             "fault",
                                                                             "peer.link",
                                                                             "wsp.send",
                                                                             "socket.bind",
                                                                             "socket.listen",
                                                                             "socket.connect",
                                                                             "socket.accept",
                                                                             "socket.send-to",
                                                                             "socket.join",
                                                                             "assume"};

} // namespace

std::string_view verbOf(const Action &action)
{
    return verbs[action.index()];
}

std::vector<Buffer> writtenOut(const std::vector<Buffer> &buffers)
{
    std::vector<Buffer> single;
    for (const Buffer &buffer : buffers)
        single.insert(single.end(), buffer.count, Buffer{buffer.size, buffer.invalid, 1});
    return single;
}

} // namespace recvscope::scenario
