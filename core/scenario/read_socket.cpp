#include "net/address.h"
#include "scenario/values.h"
#include "scenario/verbs.h"

namespace recvscope::scenario {

namespace {

Fields fieldsOf(Reading &reading, const Node &arguments, std::string_view verb)
{
    return {reading, arguments, *grammar::verb(verb)};
}

} // namespace

Action readSocketBind(Reading &reading, const Node &arguments)
{
    return SocketBind{fieldsOf(reading, arguments, "socket.bind").name("socket")};
}

Action readSocketListen(Reading &reading, const Node &arguments)
{
    return SocketListen{fieldsOf(reading, arguments, "socket.listen").name("socket")};
}

Action readSocketConnect(Reading &reading, const Node &arguments)
{
    const Fields fields = fieldsOf(reading, arguments, "socket.connect");
    return SocketConnect{fields.name("socket"), fields.name("to")};
}

Action readSocketAccept(Reading &reading, const Node &arguments)
{
    const Fields fields = fieldsOf(reading, arguments, "socket.accept");
    return SocketAccept{fields.name("socket"), fields.name("as")};
}

Action readSocketSendTo(Reading &reading, const Node &arguments)
{
    const Fields fields = fieldsOf(reading, arguments, "socket.send-to");
    SocketSendTo send{fields.name("socket"), fields.name("to"), {}};
    if (const Node *data = fields.find("data"))
        send.data = readData(reading, *data);
    return send;
}

Action readSocketJoin(Reading &reading, const Node &arguments)
{
    const Fields fields = fieldsOf(reading, arguments, "socket.join");
    SocketJoin join{fields.name("socket"), fields.text("group")};
    if (const Node *group = fields.find("group");
        group != nullptr && !reading.failed() && !net::Address::parseGroup(join.group))
        reading.refuse(*group, "a group: an address from 239.0.0.0 to 239.255.255.255");
    return join;
}

} // namespace recvscope::scenario
