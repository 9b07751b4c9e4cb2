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
        report.status = nameOf(call.error);
        report.bytes = call.bytes.value_or(0);
        report.flags = report.returnedFlags.value_or(0);
        report.completedAt = told.completed ? told.completed->time : report.returnedAt;
    } else if (told.completed) {
        report.status = nameOf(trace::statusOf(told.completed->b));
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

OperationReport reportOfCall(const Call &call, const RunTrace &trace)
{
    OperationReport report;
    if (call.isReceive())
        report = reportOfReceive(call, trace.operation(call.operation));
    report.call = call.verb;
    report.name = call.name;
    report.socket = call.socket;
    report.thread = call.thread;
    if (!call.returned)
        return report;
    report.returned = nameOf(call.error);
    report.returnedBytes = call.bytes;
    if (call.isReceive())
        return report;
    report.returnedFlags = call.flags;
    report.status = call.irpCompletions != 0 ? std::string(nameOf(call.irpTold->status)) : report.returned;
    report.bytes = call.bytes.value_or(0);
    report.flags = call.flags.value_or(0);
    report.indicated = "call";
    if (const auto result = trace.resultOfStep(call.step); result && call.verb == "wsp.result") {
        report.calledAt = trace.resultAsked(call.step).value_or(*result).time;
        report.returnedAt = report.completedAt = result->time;
        if (result->rule != RuleId::None)
            report.rules.emplace_back(ruleOf(result->rule).name);
    }
    return report;
}

DiagnosticReport reportOfDiagnostic(const trace::Event &event, const Bench &bench)
{
    DiagnosticReport report;
    report.step = event.step.value;
    report.rule = ruleOf(event.rule).name;
    report.text = ruleOf(event.rule).says;
    report.repair = ruleOf(event.rule).repair;
    for (const auto &call : bench.calls())
        if (call->isReceive() && call->operation && call->operation == event.operation)
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
