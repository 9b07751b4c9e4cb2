#include "setup.h"

#include <algorithm>

namespace recvscope::checker {

Setup setupOf(const scenario::Scenario &scenario)
{
    Setup setup;
    setup.policy = scenario.policy;
    std::uint16_t number = 0;
    std::set<std::string> open;
    for (const scenario::SocketDeclaration &declared : scenario.sockets) {
        setup.sockets[SocketId{++number}] = {declared.kind, declared.overlapped, declared.nonblocking};
        open.insert(declared.name);
    }
    std::uint32_t receives = 0;
    for (const scenario::Step &step : scenario.steps) {
        if (const auto *close = std::get_if<scenario::WspClose>(&step.action))
            open.erase(close->socket);
        const auto *recv = std::get_if<scenario::WspRecv>(&step.action);
        if (recv == nullptr)
            continue;
        const OperationId operation{++receives};
        if (std::any_of(recv->buffers.begin(), recv->buffers.end(),
                        [](const scenario::Buffer &buffer) { return buffer.invalid; }))
            setup.faulty.insert(operation);
    }
    setup.finished = open.empty();
    return setup;
}

Setup setupOf(const scenario::Scenario &scenario, const session::RunReport &report)
{
    Setup setup = setupOf(scenario);
    std::uint32_t receives = 0;
    for (const session::OperationReport &operation : report.operations)
        if (operation.call == "wsp.recv")
            setup.seen[OperationId{++receives}] = {operation.returnedBytes.has_value(), operation.contents};
    return setup;
}

} // namespace recvscope::checker
