#include "setup.h"

#include <algorithm>

namespace recvscope::checker {

namespace {

/// Receives are numbered when they are made ready: a call before those inside its routine and its hook.
class Numbered {
public:
    explicit Numbered(Setup &setup) : m_setup(setup) {}

    void take(const std::vector<scenario::Step> &steps)
    {
        for (const scenario::Step &step : steps)
            if (const auto *recv = std::get_if<scenario::WspRecv>(&step.action)) {
                const OperationId operation{++m_receives};
                if (std::any_of(recv->buffers.begin(), recv->buffers.end(),
                                [](const scenario::Buffer &buffer) { return buffer.invalid; }))
                    m_setup.faulty.insert(operation);
                take(recv->onComplete);
                take(recv->blockingHook);
            } else if (const auto *send = std::get_if<scenario::WspSend>(&step.action)) {
                take(send->onComplete);
            }
    }

private:
    Setup &m_setup;
    std::uint32_t m_receives = 0;
};

} // namespace

Setup setupOf(const scenario::Scenario &scenario)
{
    Setup setup;
    setup.policy = scenario.policy;
    std::uint16_t number = 0;
    std::set<std::string> open;
    for (const scenario::SocketDeclaration &declared : scenario.sockets) {
        SocketSetup &socket = setup.sockets[SocketId{++number}];
        socket = {declared.kind,
                  declared.overlapped,
                  declared.nonblocking,
                  std::nullopt,
                  declared.oobInline,
                  declared.connected,
                  {}};
        if (declared.profile)
            socket.given = scenario::protocolOf(declared);
        open.insert(declared.name);
        for (const scenario::Step &step : scenario.steps)
            if (const auto *connect = std::get_if<scenario::SocketConnect>(&step.action))
                if (connect->socket == declared.name)
                    socket.connectsTo = connect->to;
    }
    for (const scenario::Step &step : scenario.steps)
        if (const auto *close = std::get_if<scenario::WspClose>(&step.action))
            open.erase(close->socket);
    Numbered(setup).take(scenario.steps);
    setup.finished = open.empty();
    return setup;
}

Setup setupOf(const scenario::Scenario &scenario, const session::RunReport &report)
{
    Setup setup = setupOf(scenario);
    std::uint32_t receives = 0;
    for (const session::OperationReport &operation : report.operations)
        if (operation.call == "wsp.recv")
            setup.seen[OperationId{++receives}] = {operation.returnedBytes.has_value(), operation.contents,
                                                   operation.routineTold};
    return setup;
}

} // namespace recvscope::checker
