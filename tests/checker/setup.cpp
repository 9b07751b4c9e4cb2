#include "setup.h"

#include <algorithm>

namespace recvscope::checker {

namespace {

/// Receives are numbered when they are made ready: a call before those inside its routine and its hook.
class Numbered {
public:
    explicit Numbered(Setup &setup) : m_setup(setup) {}

    /// @param outer the step that the others stand in; none: each is one of its own
    void take(const std::vector<scenario::Step> &steps, StepId outer = {})
    {
        std::uint16_t place = 0;
        for (const scenario::Step &step : steps) {
            const StepId own = outer ? outer : StepId{++place};
            if (const auto *recv = std::get_if<scenario::WspRecv>(&step.action)) {
                const OperationId operation = number(recv->op);
                if (std::any_of(recv->buffers.begin(), recv->buffers.end(),
                                [](const scenario::Buffer &buffer) { return buffer.invalid; }))
                    m_setup.faulty.insert(operation);
                take(recv->onComplete, own);
                take(recv->blockingHook, own);
            } else if (const auto *send = std::get_if<scenario::WspSend>(&step.action)) {
                take(send->onComplete, own);
            } else if (const auto *receive = std::get_if<scenario::WskReceive>(&step.action)) {
                const OperationId operation = number(receive->op);
                if (receive->irp.empty())
                    m_setup.withoutIrp.insert(operation);
                take(receive->onComplete, own);
            } else if (const auto *event = std::get_if<scenario::WskEvent>(&step.action)) {
                if (event->receive.value_or(false) || event->disconnect.value_or(false))
                    for (const scenario::IndicationAnswer &answer : event->onIndicate)
                        take(answer.calls, own);
            }
            // Closed by a callback it may be closed already.
            const auto *close = std::get_if<scenario::WskClose>(&step.action);
            const bool again = close != nullptr && !outer && m_closedInside.contains(close->socket);
            if (close != nullptr && outer)
                m_closedInside.insert(close->socket);
            if (givesOtherIrp(step.action))
                ++(outer || again ? m_setup.otherIrps[own].inside : m_setup.otherIrps[own].own);
        }
    }

private:
    OperationId number(const std::string &name) { return m_setup.receives[name] = OperationId{++m_receives}; }

    [[nodiscard]] static bool givesOtherIrp(const scenario::Action &action)
    {
        return std::visit(
            [](const auto &verb) {
                using Verb = std::decay_t<decltype(verb)>;
                constexpr bool touches =
                    std::is_same_v<Verb, scenario::WskReceive> || std::is_same_v<Verb, scenario::WskCancel> ||
                    std::is_same_v<Verb, scenario::IrpTouch> || std::is_same_v<Verb, scenario::IrpReuse>;
                if constexpr (!touches && requires { verb.irp; })
                    return !verb.irp.empty();
                return false;
            },
            action);
    }

    Setup &m_setup;
    std::uint32_t m_receives = 0;
    std::set<std::string> m_closedInside; ///< by calls in routines and callbacks
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
                  {},
                  declared.face,
                  declared.category,
                  declared.policy};
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
        else if (const auto *closed = std::get_if<scenario::WskClose>(&step.action))
            open.erase(closed->socket);
    Numbered(setup).take(scenario.steps);
    setup.finished = open.empty();
    return setup;
}

Setup setupOf(const scenario::Scenario &scenario, const session::RunReport &report)
{
    Setup setup = setupOf(scenario);
    for (const session::OperationReport &operation : report.operations)
        if (operation.call == "wsp.recv" || operation.call == "wsk.receive")
            setup.seen[setup.receives.at(operation.name)] = {operation.returnedBytes.has_value(), operation.contents,
                                                             operation.routineTold};
    return setup;
}

} // namespace recvscope::checker
