#include "scenario/values.h"
#include "scenario/verbs.h"

namespace recvscope::scenario {

namespace {

std::string socketIn(Reading &reading, const Node &arguments, std::string_view verb)
{
    return Fields(reading, arguments, *grammar::verb(verb)).name("socket");
}

} // namespace

Action readPeerSend(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("peer.send"));
    PeerSend send;
    send.socket = fields.name("socket");
    if (const Node *data = fields.find("data"))
        send.data = readData(reading, *data);
    send.part = fields.boolean("part", false);
    send.from = fields.name("from");
    constexpr std::uint32_t mostFragments = 64;
    send.ipFragments = fields.number("ip-fragments", mostFragments);
    if (fields.has("ip-fragments") && send.ipFragments < 2)
        reading.refuse(*fields.find("ip-fragments"), "two fragments at least");
    const Node *fragments = fields.find("fragments");
    if (fragments == nullptr || reading.failed())
        return send;

    std::uint64_t total = 0;
    for (const Node &size : itemsOf(*fragments)) {
        send.fragments.push_back(readNumber(reading, size, largestData));
        total += send.fragments.back();
        if (send.fragments.back() == 0)
            reading.refuse(size, "a fragment of at least 1 byte");
    }
    if (total > sizeOf(send.data))
        reading.refuse(fragments->place, "the fragments are " + std::to_string(total) +
                                             " bytes, but the data is only " + std::to_string(sizeOf(send.data)) + ".");
    return send;
}

Action readPeerSendOob(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("peer.send-oob"));
    PeerSendOob send;
    send.socket = fields.name("socket");
    if (const Node *data = fields.find("data")) {
        send.data = readData(reading, *data);
        if (!reading.failed() && sizeOf(send.data) != 1)
            reading.refuse(data->place, "urgent data is one byte: only the last byte of more would be urgent.");
    }
    return send;
}

Action readPeerShutdown(Reading &reading, const Node &arguments)
{
    return PeerShutdown{socketIn(reading, arguments, "peer.shutdown")};
}

Action readPeerReset(Reading &reading, const Node &arguments)
{
    return PeerReset{socketIn(reading, arguments, "peer.reset")};
}

Action readPeerClose(Reading &reading, const Node &arguments)
{
    return PeerClose{socketIn(reading, arguments, "peer.close")};
}

Action readPeerLink(Reading &reading, const Node &arguments)
{
    enum class State : std::uint8_t { Cut };
    static constexpr std::pair<std::string_view, State> states[] = {{"cut", State::Cut}};
    const Fields fields(reading, arguments, *grammar::verb("peer.link"));
    static_cast<void>(fields.choice<State>("state", states, State::Cut));
    return PeerLink{fields.name("socket")};
}

} // namespace recvscope::scenario
