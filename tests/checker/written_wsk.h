// As written.h, of a WSK socket.
//
//     WskWritten it;
//     it.asked(r1, {8});
//     it.pends(r1);
//     it.sent("hello");
//     it.got(r1, "hello");
//     it.done(r1, 5);

#pragma once

#include "account.h"
#include "written.h"

#include <optional>
#include <string>
#include <vector>

namespace recvscope::checker {

class WskWritten : public Written {
public:
    explicit WskWritten(net::SocketKind kind = net::SocketKind::Tcp) : Written(kind)
    {
        m_setup.sockets[s].face = scenario::Face::Wsk;
    }

    /// Called with a chain of which all is asked for, or so many bytes behind an offset; without sizes and length
    /// without a buffer.
    void asked(OperationId operation, const std::vector<std::uint32_t> &sizes, std::uint16_t flags = 0,
               std::optional<std::uint32_t> length = {}, std::uint32_t offset = 0)
    {
        call(operation, sizes, trace::CallOverlapped | trace::CallWsk, flags);
        std::uint32_t all = 0;
        for (const std::uint32_t size : sizes)
            all += size;
        if (!sizes.empty() || length)
            tell(trace::EventType::ChainGiven, operation, offset, length.value_or(all - offset));
        std::uint32_t index = 0;
        for (const std::uint32_t size : sizes)
            tell(trace::EventType::MdlGiven, operation, index++, size);
    }
    void drain(OperationId operation) { asked(operation, {}, wskflag::Drain, 0); }
    void pends(OperationId operation)
    {
        tell(trace::EventType::Queued, operation);
        back(operation, Status::NtPending);
    }
    void waits(OperationId operation, const std::vector<std::uint32_t> &sizes, std::uint16_t flags = 0)
    {
        asked(operation, sizes, flags);
        pends(operation);
    }
    void got(OperationId operation, const std::string &text)
    {
        kernel(operation, text, {{0, static_cast<std::uint32_t>(text.size())}});
    }
    void discarded(OperationId operation, std::string text)
    {
        then([=](test::TraceBuilder &trace) { trace.drained(operation, s, text); });
    }
    void irp(OperationId operation, std::uint32_t information, Status status = Status::Success)
    {
        const std::uint32_t outcome = trace::packOutcome(status, 0);
        tell(trace::EventType::IrpCompleted, operation, information, outcome);
        tell(trace::EventType::RoutineBegan, operation, information, outcome);
        tell(trace::EventType::RoutineEnded, operation, information, outcome);
    }
    /// It completed, and its IRP with it.
    void done(OperationId operation, std::uint32_t bytes, Status status = Status::Success)
    {
        completed(operation, bytes, status);
        irp(operation, bytes, status);
    }
    void back(OperationId operation, Status status, std::uint32_t bytes = trace::leftAlone)
    {
        tell(trace::EventType::Returned, operation, bytes, trace::packOutcome(status, trace::flagsLeftAlone));
    }
    /// What refuses a call that was made.
    void no(OperationId operation, Status status, RuleId rule = RuleId::EngineErrorSystem)
    {
        tell(trace::EventType::Refused, operation, static_cast<std::uint32_t>(status), 0, rule);
        irp(operation, 0, status);
        back(operation, status);
    }

    // -- callbacks

    void enabled(std::uint32_t mask = trace::EventReceive, Status answer = Status::Success)
    {
        tell(trace::EventType::CallbackSet, {}, mask, trace::packOutcome(answer, 0));
    }
    void disabled(Status answer = Status::Success) { enabled(trace::EventReceive | trace::EventDisable, answer); }
    void indicated(std::string text)
    {
        then([=](test::TraceBuilder &trace) {
            trace.indicated(s, text);
            trace.add(trace::EventType::DescriptorGiven, s, 0, static_cast<std::uint32_t>(text.size()));
        });
    }
    void answered(std::uint32_t bytes, Status status = Status::Success)
    {
        tell(trace::EventType::IndicationEnded, {}, bytes, trace::packOutcome(status, 0));
    }
    void called(const std::string &text, std::uint32_t taken, Status status = Status::Success)
    {
        indicated(text);
        answered(taken, status);
    }
    void holds(std::uint32_t bytes) { tell(trace::EventType::KernelHolds, {}, bytes); }

    void closeAsked() { tell(trace::EventType::CloseAsked); }
    void closes()
    {
        closeAsked();
        closed();
    }
    void cancelAsked(OperationId operation) { tell(trace::EventType::CancelAsked, operation); }
    void abortAsked() { tell(trace::EventType::DisconnectAsked, {}, 1); }
    void peerReset() { tell(trace::EventType::PeerReset); }
};

} // namespace recvscope::checker
