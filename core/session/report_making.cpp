#include "session/report_making.h"

#include "base/system.h"
#include "session/byte_text.h"

#include <algorithm>

namespace recvscope::session {

namespace {

/// How the caller learnt of the completion.
std::string indicatedBy(const Call &call, const OperationTrace &told)
{
    if (call.irp != nullptr)
        return call.irpCompletions != 0 ? "irp" : "none";
    if (told.routineRan)
        return "routine";
    if (told.eventSet)
        return "event";
    return call.returned && !call.pending() ? "call" : "none";
}

OperationReport reportOfReceive(const Call &call, const OperationTrace &told)
{
    OperationReport report;
    for (const wsp::Wsabuf &buffer : call.memory->descriptors())
        report.buffers.push_back(buffer.len);
    report.flagsIn =
        call.chain.empty() && call.irp == nullptr ? flagNames(call.flagsIn) : kernelFlagNames(call.flagsIn);
    if (told.called)
        report.calledAt = told.called->time;
    if (told.returned) {
        report.returnedAt = told.returned->time;
        if (call.returned && trace::flagsOf(told.returned->b) != trace::flagsLeftAlone)
            report.returnedFlags = call.memory->flags;
    }
    for (const RuleId rule : told.rules())
        report.rules.emplace_back(ruleOf(rule).name);
    if (!call.returned)
        return report;
    if (!call.pending()) {
        report.status = statusName(call.error, call.verb);
        report.bytes = call.bytes.value_or(0);
        report.flags = report.returnedFlags.value_or(0);
        report.completedAt = told.completed ? told.completed->time : report.returnedAt;
    } else if (told.completed) {
        report.status = statusName(trace::statusOf(told.completed->b), call.verb);
        report.bytes = told.completed->a;
        report.flags = trace::flagsOf(told.completed->b);
        report.completedAt = told.completed->time;
    }
    report.indicated = report.status.empty() ? "none" : indicatedBy(call, told);
    if (call.routineRan)
        report.routineTold = call.routineTold;
    // A receive that still waits may be written to at any moment: its memory is nobody's to read.
    report.contents = report.status.empty() ? std::vector<std::string>(call.memory->descriptors().size())
                                            : call.memory->contents(told.placed());
    return report;
}

KernelArguments argumentsOf(const Call &call)
{
    KernelArguments given;
    if (call.irp != nullptr)
        given.irp = call.irp->name;
    if (call.hasBuffer) {
        given.offset = call.buffer.offset;
        given.length = call.buffer.length;
    }
    given.irql = call.irql;
    return given;
}

OperationReport reportOfCall(const Call &call, const RunTrace &trace)
{
    OperationReport report;
    if (call.isReceive())
        report = reportOfReceive(call, trace.operation(call.operation));
    if (call.verb.starts_with("wsk."))
        report.kernel = argumentsOf(call);
    if (!call.isReceive() && call.begun != 0)
        report.calledAt = call.calledAt;
    report.call = call.verb;
    report.name = call.name;
    report.socket = call.socket;
    report.thread = call.thread;
    if (!call.returned)
        return report;
    report.returned = statusName(call.error, call.verb);
    report.returnedBytes = call.bytes;
    if (call.isReceive())
        return report;
    report.returnedFlags = call.flags;
    if (call.irpCompletions != 0)
        report.status = statusName(call.irpTold->status, call.verb);
    else if (call.irp == nullptr || !call.pending())
        report.status = report.returned;
    report.bytes = call.bytes.value_or(0);
    report.flags = call.flags.value_or(0);
    report.indicated = indicatedBy(call, {});
    report.returnedAt = report.completedAt = call.returnedAt;
    if (call.irp != nullptr)
        report.completedAt = call.irpCompletions != 0 ? call.irpTold->time : 0;
    if (const auto result = trace.resultOfStep(call.step); result && call.verb == "wsp.result") {
        report.calledAt = trace.resultAsked(call.step).value_or(*result).time;
        report.returnedAt = report.completedAt = result->time;
        if (result->rule != RuleId::None)
            report.rules.emplace_back(ruleOf(result->rule).name);
    }
    return report;
}

/// The call of a neighbour of WskReceive's that the diagnostic is about: the trace numbers receives alone.
bool breaks(const Call &call, const trace::Event &diagnostic)
{
    if (call.isReceive() || !call.returned || call.step != diagnostic.step)
        return false;
    switch (diagnostic.rule) {
    case RuleId::WskIrpRequired:
        return call.irp == nullptr && call.verb.starts_with("wsk.") && call.error == Status::NtInvalidParameter;
    case RuleId::WskIrpOwnedByCaller:
        return call.irp != nullptr && call.irpCompletions == 0;
    case RuleId::WskEventRetain:
        return call.verb == "wsk.close";
    default:
        return false;
    }
}

DiagnosticReport reportOfDiagnostic(const trace::Event &event, const Bench &bench)
{
    DiagnosticReport report;
    report.step = event.step.value;
    report.rule = ruleOf(event.rule).name;
    report.text = ruleOf(event.rule).says;
    report.repair = ruleOf(event.rule).repair;
    for (const auto &call : bench.calls())
        if (event.operation ? call->isReceive() && call->operation == event.operation : breaks(*call, event))
            report.operation = call->name;
    return report;
}

} // namespace

RunReport reportOf(const scenario::Scenario &scenario)
{
    const SystemNames system = systemNames();
    RunReport report;
    report.title = scenario.title;
    report.environment = {{"system", system.name},
                          {"kernel", system.release},
                          {"machine", system.machine},
                          {"recvscope", RECVSCOPE_VERSION}};
    return report;
}

RunReport reportOf(const scenario::Scenario &scenario, const Bench &bench, const RunTrace &trace)
{
    RunReport report = reportOf(scenario);
    for (const auto &call : bench.calls())
        if (call->isReceive() || !call->name.empty())
            report.operations.push_back(reportOfCall(*call, trace));
    for (const trace::Event &event : trace.diagnostics())
        report.diagnostics.push_back(reportOfDiagnostic(event, bench));
    return report;
}

} // namespace recvscope::session
