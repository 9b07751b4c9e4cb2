#include "scenario/scenario.h"

#include <algorithm>
#include <tuple>

namespace recvscope::scenario {

std::string_view nameOf(LessonTrack track)
{
    switch (track) {
    case LessonTrack::Streams:
        return "streams";
    case LessonTrack::Messages:
        return "messages";
    case LessonTrack::Completion:
        return "completion";
    case LessonTrack::Kernel:
        return "kernel";
    case LessonTrack::Compare:
        return "compare";
    case LessonTrack::Museum:
        return "museum";
    }
    return {};
}

std::string_view nameOf(Need need)
{
    switch (need) {
    case Need::IPv6:
        return "ipv6";
    case Need::UnixSockets:
        return "unix";
    case Need::SeqPacket:
        return "seqpacket";
    case Need::Linux:
        return "linux";
    case Need::Windows:
        return "windows";
    }
    return {};
}

std::string_view nameOf(Face face)
{
    switch (face) {
    case Face::Wsp:
        return "wsp";
    case Face::Wsk:
        return "wsk";
    case Face::Native:
        return "native";
    }
    return {};
}

std::string_view nameOf(Category category)
{
    switch (category) {
    case Category::Connection:
        return "connection";
    case Category::Stream:
        return "stream";
    case Category::Datagram:
        return "datagram";
    case Category::Listening:
        return "listening";
    }
    return {};
}

bool Scenario::comesFromAccepting(std::string_view name) const
{
    return std::any_of(steps.begin(), steps.end(), [&](const Step &step) {
        const auto *accept = std::get_if<SocketAccept>(&step.action);
        const auto *wskAccept = std::get_if<WskAccept>(&step.action);
        return (accept != nullptr && accept->as == name) || (wskAccept != nullptr && wskAccept->as == name);
    });
}

bool Scenario::comesFromConnecting(std::string_view name) const
{
    return std::any_of(steps.begin(), steps.end(), [&](const Step &step) {
        const auto *connect = std::get_if<WskSocketConnect>(&step.action);
        return connect != nullptr && connect->socket == name;
    });
}

net::Protocol protocolOf(const SocketDeclaration &socket)
{
    const Profile profile = socket.profile.value_or(Profile());
    return {(net::protocolOf(socket.kind).bits | profile.set) & ~profile.cleared};
}

const SocketDeclaration *Scenario::socket(std::string_view name) const
{
    const auto found =
        std::find_if(sockets.begin(), sockets.end(), [&](const auto &each) { return each.name == name; });
    return found == sockets.end() ? nullptr : &*found;
}

bool operator==(const Scenario &left, const Scenario &right)
{
    const auto says = [](const Scenario &each) {
        return std::tie(each.title, each.lesson, each.repeatable, each.needs, each.policy, each.sockets, each.peers,
                        each.threads, each.steps);
    };
    return says(left) == says(right);
}

bool queuesToThreads(const Scenario &scenario)
{
    return std::any_of(scenario.steps.begin(), scenario.steps.end(), [](const Step &step) {
        const auto *recv = std::get_if<WspRecv>(&step.action);
        const auto *send = std::get_if<WspSend>(&step.action);
        return (recv != nullptr && !recv->routine.empty()) || (send != nullptr && !send->routine.empty()) ||
               std::holds_alternative<WspAlertableWait>(step.action) ||
               std::holds_alternative<WspQueueApc>(step.action);
    });
}

} // namespace recvscope::scenario
