// A run's report as exit code and as JSON.

#include "session/byte_text.h"
#include "session/run.h"

#include <nlohmann/json.hpp>

namespace recvscope::session {

namespace {

using Json = nlohmann::ordered_json;

/// Raw bytes can be no JSON string: readable with escapes, and exact in hex.
Json bytesJson(const std::string &bytes)
{
    return {{"text", escaped(bytes)}, {"hex", hex(bytes)}};
}

template <class T>
Json orUntouched(const std::optional<T> &value)
{
    return value ? Json(*value) : Json("untouched");
}

Json operationJson(const OperationReport &operation)
{
    Json json = {
        {"name", operation.name}, {"call", operation.call}, {"socket", operation.socket}, {"thread", operation.thread}};
    json["arguments"] = {{"buffers", operation.buffers}, {"flags", operation.flagsIn}};
    if (operation.kernel) {
        const KernelArguments &given = *operation.kernel;
        json["arguments"]["irp"] = given.irp.empty() ? Json() : Json(given.irp);
        json["arguments"]["offset"] = given.offset ? Json(*given.offset) : Json();
        json["arguments"]["length"] = given.length ? Json(*given.length) : Json();
        json["arguments"]["irql"] = given.irql;
    }
    json["returned"] = operation.returned.empty() ? Json() : Json(operation.returned);
    if (operation.call.starts_with("wsp.")) // the others have no outputs beside what they return
        json["touched"] = {{"bytes", orUntouched(operation.returnedBytes)},
                           {"flags", orUntouched(operation.returnedFlags)}};
    json["status"] = operation.status.empty() ? Json() : Json(operation.status);
    json["bytes"] = operation.bytes;
    json["flags"] = operation.flags;
    json["contents"] = Json::array();
    for (const std::string &bytes : operation.contents)
        json["contents"].push_back(bytesJson(bytes));
    json["indicated"] = operation.indicated;
    json["rules"] = operation.rules;
    json["times"] = {
        {"called", operation.calledAt}, {"returned", operation.returnedAt}, {"completed", operation.completedAt}};
    return json;
}

Json expectationJson(const ExpectationReport &expectation)
{
    return {{"step", expectation.step},   {"line", expectation.line},
            {"what", expectation.what},   {"expected", expectation.expected},
            {"found", expectation.found}, {"met", expectation.met},
            {"why", expectation.why}};
}

} // namespace

std::string_view nameOf(RunEnd end)
{
    switch (end) {
    case RunEnd::AllMet:
        return "all met";
    case RunEnd::ExpectationFailed:
        return "expectation failed";
    case RunEnd::Stopped:
        return "stopped";
    case RunEnd::TimedOut:
        return "timed out";
    case RunEnd::NotPossibleHere:
        return "not possible here";
    case RunEnd::Failed:
        return "failed";
    }
    return {};
}

RunReport withoutTimes(RunReport report)
{
    for (OperationReport &operation : report.operations)
        operation.calledAt = operation.returnedAt = operation.completedAt = 0;
    return report;
}

int RunReport::exitCode() const
{
    switch (end) {
    case RunEnd::AllMet:
        return 0;
    case RunEnd::NotPossibleHere:
        return 3;
    case RunEnd::ExpectationFailed:
    case RunEnd::Stopped:
    case RunEnd::TimedOut:
    case RunEnd::Failed:
        break;
    }
    return 1;
}

std::string RunReport::json(const scenario::Scenario &scenario) const
{
    Json json = {{"title", title}, {"file", scenario.file}, {"end", nameOf(end)}, {"reason", reason}};
    json["environment"] = Json::object();
    for (const auto &[name, value] : environment)
        json["environment"][name] = value;
    json["steps"] = Json::array();
    for (const scenario::Step &step : scenario.steps)
        json["steps"].push_back(
            {{"step", json["steps"].size() + 1}, {"line", step.place.line}, {"verb", scenario::verbOf(step.action)}});
    json["operations"] = Json::array();
    for (const OperationReport &operation : operations)
        json["operations"].push_back(operationJson(operation));
    json["expectations"] = Json::array();
    for (const ExpectationReport &expectation : expectations)
        json["expectations"].push_back(expectationJson(expectation));
    json["diagnostics"] = Json::array();
    for (const DiagnosticReport &diagnostic : diagnostics)
        json["diagnostics"].push_back({{"step", diagnostic.step},
                                       {"rule", diagnostic.rule},
                                       {"operation", diagnostic.operation},
                                       {"text", diagnostic.text},
                                       {"repair", diagnostic.repair}});
    // A title that is no UTF-8 must not cost the report.
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

} // namespace recvscope::session
