#include "session/expectations.h"

#include "session/byte_text.h"

#include <algorithm>
#include <utility>

namespace recvscope::session {

namespace {

constexpr std::string_view untouched = "untouched";

std::string joined(const std::vector<std::string> &parts)
{
    std::string out;
    for (const std::string &part : parts)
        out += (out.empty() ? "" : ", ") + part;
    return '[' + out + ']';
}

/// What one call came to, as the expectations ask for it.
struct Facts {
    std::optional<Status> returned; ///< nothing: still in the call
    std::optional<std::uint32_t> returnedBytes, returnedFlags;
    std::optional<Status> status;         ///< nothing: not completed
    std::uint32_t bytes = 0, flags = 0;   ///< of the completion
    std::uint64_t placed = 0;             ///< bytes in the buffers
    RuleId returnRule = RuleId::None;     ///< why the call returned what it did
    RuleId outputsRule = RuleId::None;    ///< why it wrote its outputs, or left them alone
    RuleId completionRule = RuleId::None; ///< why it completed as it did
};

Facts factsOf(const Call &call, const RunTrace &trace)
{
    Facts facts;
    if (!call.returned)
        return facts;
    facts.returned = call.error;
    facts.returnedBytes = call.bytes;
    if (!call.isReceive()) {
        facts.returnedFlags = call.flags;
        if (const auto result = trace.resultOfStep(call.step))
            facts.returnRule = result->rule;
        if (!call.pending())
            facts.status = call.error;
        else if (call.irpCompletions != 0)
            facts.status = call.irpTold->status;
        facts.bytes = call.bytes.value_or(0);
        facts.flags = call.flags.value_or(0);
        facts.outputsRule = facts.completionRule = facts.returnRule;
        return facts;
    }
    const OperationTrace &told = trace.operation(call.operation);
    facts.placed = told.placed();
    facts.completionRule = told.decidedBy();
    facts.returnRule = call.pending() ? told.waitedBecauseOf() : facts.completionRule;
    if (told.returned) {
        facts.outputsRule = told.returned->rule;
        if (trace::flagsOf(told.returned->b) != trace::flagsLeftAlone)
            facts.returnedFlags = call.memory->flags;
    }
    if (!call.pending()) {
        facts.status = call.error;
        facts.bytes = call.bytes.value_or(0);
        facts.flags = facts.returnedFlags.value_or(0);
    } else if (told.completed) {
        facts.status = trace::statusOf(told.completed->b);
        facts.bytes = told.completed->a;
        facts.flags = trace::flagsOf(told.completed->b);
    }
    return facts;
}

class Checker {
public:
    Checker(const scenario::Expect &expect, Bench &bench, const RunTrace &trace)
        : m_expect(expect), m_bench(bench), m_trace(trace)
    {
    }

    std::vector<ExpectationReport> all()
    {
        if (!m_expect.op.empty())
            operation();
        for (const RuleId rule : m_expect.rules)
            ruleNamed(rule);
        for (const RuleId rule : m_expect.diagnostics)
            diagnosed(rule);
        if (m_expect.queued)
            queued(*m_expect.queued);
        kernel();
        if (!m_expect.order.empty())
            order("order of completions", m_expect.order, m_trace.completionOrder());
        if (!m_expect.routines.empty())
            order("order of routines", m_expect.routines, m_trace.routineOrder());
        return std::move(m_reports);
    }

private:
    void add(std::string what, std::string expected, std::string found, bool met, RuleId why = RuleId::None)
    {
        ExpectationReport report;
        report.what = std::move(what);
        report.expected = std::move(expected);
        report.found = std::move(found);
        report.met = met;
        report.why = because(why);
        m_reports.push_back(std::move(report));
    }

    void operation()
    {
        m_call = m_bench.call(m_expect.op);
        const Facts facts = m_call != nullptr ? factsOf(*m_call, m_trace) : Facts();
        const std::string stillThere = m_call == nullptr ? "not called yet" : "still in the call";
        const std::string notComplete = m_call == nullptr ? "not called yet" : "not completed";
        if (m_expect.returns)
            add(m_expect.op + " returns", named(*m_expect.returns),
                facts.returned ? named(*facts.returned) : stillThere, facts.returned == m_expect.returns,
                facts.returnRule);
        if (m_expect.status)
            add(m_expect.op + " status", named(*m_expect.status), facts.status ? named(*facts.status) : notComplete,
                facts.status == m_expect.status, facts.completionRule);
        if (m_expect.bytes)
            output("bytes", *m_expect.bytes, facts, facts.returnedBytes, facts.bytes,
                   [](std::uint32_t number) { return std::to_string(number); });
        if (m_expect.flags)
            output("flags", *m_expect.flags, facts, facts.returnedFlags, facts.flags, flagNames);
        if (m_expect.buffers)
            buffers(*m_expect.buffers, facts);
        if (m_expect.routine && m_call != nullptr)
            routine(*m_expect.routine, m_trace.operation(m_call->operation));
        if (m_expect.event)
            event(*m_expect.event, facts);
        if (m_expect.information)
            information(*m_expect.information, facts);
        if (!m_expect.before.empty())
            before(facts);
    }

    [[nodiscard]] std::string named(Status status) const
    {
        return statusName(status, m_call != nullptr ? m_call->verb : std::string());
    }

    // -- of WSK

    void information(std::uint32_t expected, const Facts &facts)
    {
        const bool told = m_call != nullptr && m_call->irpCompletions != 0;
        add(m_expect.op + " information", std::to_string(expected),
            told ? std::to_string(m_call->irpTold->information) : "its IRP has not completed",
            told && m_call->irpTold->information == expected, facts.completionRule);
    }

    /// Its IRP completed before its own call returned, or before another one's IRP.
    void before(const Facts &facts)
    {
        const bool ownReturn = m_expect.before == "return";
        const Call *other = ownReturn ? m_call : m_bench.call(m_expect.before);
        const auto completed = [](const Call *call) -> std::uint64_t {
            return call != nullptr && call->irpCompletions != 0 ? call->irpTold->order : 0;
        };
        const std::uint64_t mine = completed(m_call);
        const std::uint64_t theirs = ownReturn && m_call != nullptr && m_call->returned ? m_call->returnOrder
                                     : ownReturn                                        ? 0
                                                                                        : completed(other);
        add(m_expect.op + " completes before", ownReturn ? "its call returns" : m_expect.before,
            mine == 0                      ? "its IRP has not completed"
            : theirs == 0 || mine < theirs ? "before"
                                           : "afterwards",
            mine != 0 && (theirs == 0 || mine < theirs), facts.completionRule);
    }

    void kernel()
    {
        if (m_expect.indicated) {
            const std::uint64_t count = m_bench.state(m_bench.socket(m_expect.indicated->socket)).indications;
            add(m_expect.indicated->socket + " indicated", times(m_expect.indicated->count), times(count),
                count == m_expect.indicated->count);
        }
        if (m_expect.discarded) {
            const std::uint64_t bytes = m_bench.state(m_bench.socket(m_expect.discarded->socket)).drained;
            add(m_expect.discarded->socket + " discarded", countedBytes(m_expect.discarded->bytes), countedBytes(bytes),
                bytes == m_expect.discarded->bytes);
        }
        if (m_expect.calls) {
            const Call *call = m_bench.call(m_expect.calls->op);
            const std::uint32_t count = call != nullptr ? call->irpCompletions.load() : 0;
            add(m_expect.calls->op + " IRP completed", times(m_expect.calls->count), times(count),
                count == m_expect.calls->count);
        }
        if (!m_expect.overdue.empty()) {
            const bool due = m_trace.closeIsDue(m_bench.socket(m_expect.overdue).id);
            add(m_expect.overdue + " overdue", "due to be closed", due ? "due to be closed" : "not", due,
                due ? RuleId::WskSocketMustClose : RuleId::None);
        }
    }

    static std::string times(std::uint64_t count) { return count == 1 ? "once" : std::to_string(count) + " times"; }

    /// A number speaks of the completion with `status`, of the return with `returns` alone, else of the latest of the
    /// two.
    template <class Text>
    void output(const std::string &name, const scenario::ExpectedNumber &expected, const Facts &facts,
                std::optional<std::uint32_t> atReturn, std::uint32_t atCompletion, Text text)
    {
        const std::string what = m_expect.op + ' ' + name;
        const std::string returnText = !facts.returned ? "still in the call"
                                       : atReturn      ? text(*atReturn)
                                                       : std::string(untouched);
        if (std::holds_alternative<scenario::Untouched>(expected)) {
            add(what, std::string(untouched), returnText, facts.returned && !atReturn, facts.outputsRule);
            return;
        }
        const std::uint32_t number = std::get<std::uint32_t>(expected);
        const bool ofReturn = !m_expect.status && (m_expect.returns || !facts.status);
        if (ofReturn)
            add(what, text(number), returnText, facts.returned && atReturn == number, facts.returnRule);
        else
            add(what, text(number), facts.status ? text(atCompletion) : "not completed",
                facts.status && atCompletion == number, facts.completionRule);
    }

    void buffers(const std::vector<scenario::Data> &expected, const Facts &facts)
    {
        std::vector<std::string> wanted;
        for (const scenario::Data &data : expected)
            wanted.push_back(scenario::bytesOf(data));
        std::vector<std::string> found;
        if (m_call != nullptr && m_call->isReceive() && facts.status)
            found = m_call->memory->contents(facts.placed);
        if (wanted.size() < found.size())
            wanted.resize(found.size());
        std::vector<std::string> wantedTexts;
        std::vector<std::string> foundTexts;
        for (std::size_t i = 0; i < std::max(wanted.size(), found.size()); ++i) {
            if (i < wanted.size())
                wantedTexts.push_back(quoted(wanted[i]));
            if (i < found.size())
                foundTexts.push_back(quoted(found[i]));
        }
        add(m_expect.op + " buffers", joined(wantedTexts), facts.status ? joined(foundTexts) : "not completed",
            facts.status && wanted == found, facts.completionRule);
    }

    void event(bool expected, const Facts &facts)
    {
        const wsp::Event *event = m_call != nullptr ? m_call->event : nullptr;
        const bool isSet = event != nullptr && event->isSet();
        add(m_expect.op + " event", expected ? "set" : "not set",
            event == nullptr ? "it has no event" : (isSet ? "set" : "not set"), event != nullptr && isSet == expected,
            facts.completionRule);
    }

    void ruleNamed(RuleId rule)
    {
        const std::string name(ruleOf(rule).name);
        if (m_call == nullptr && m_expect.op.empty()) {
            const bool named = m_trace.names(rule);
            add("trace", name, named ? name : "no event names it", named);
            return;
        }
        const std::vector<RuleId> rules =
            m_call != nullptr ? m_trace.operation(m_call->operation).rules() : std::vector<RuleId>();
        std::vector<std::string> names;
        for (const RuleId each : rules)
            names.emplace_back(ruleOf(each).name);
        const bool named = std::find(rules.begin(), rules.end(), rule) != rules.end();
        add(m_expect.op + " trace", name, named ? name : joined(names), named,
            named ? rule : (rules.empty() ? RuleId::None : rules.back()));
    }

    void diagnosed(RuleId rule)
    {
        std::vector<std::string> names;
        bool found = false;
        for (const trace::Event &event : m_trace.diagnostics()) {
            if (m_call != nullptr && event.operation != m_call->operation)
                continue;
            names.emplace_back(ruleOf(event.rule).name);
            found = found || event.rule == rule;
        }
        add(m_expect.op.empty() ? "diagnostic" : m_expect.op + " diagnostic", std::string(ruleOf(rule).name),
            found ? std::string(ruleOf(rule).name) : joined(names), found, found ? rule : RuleId::None);
    }

    void queued(const scenario::Queued &expected)
    {
        const std::size_t held = m_bench.state(m_bench.socket(expected.socket)).available;
        add(expected.socket + " queued", countedBytes(expected.bytes), countedBytes(held), held == expected.bytes);
    }

    void order(const std::string &what, const std::vector<std::string> &expected, const std::vector<OperationId> &seen)
    {
        std::vector<std::string> found;
        for (const OperationId id : seen)
            for (const auto &call : m_bench.calls())
                if (call->isReceive() && call->operation == id &&
                    std::find(expected.begin(), expected.end(), call->name) != expected.end())
                    found.push_back(call->name);
        add(what, joined(expected), joined(found), found == expected);
    }

    void routine(scenario::RoutineState expected, const OperationTrace &told)
    {
        using scenario::RoutineState;
        const auto text = [](RoutineState state) {
            return state == RoutineState::None      ? "none"
                   : state == RoutineState::Queued  ? "queued"
                   : state == RoutineState::Dropped ? "dropped"
                                                    : "ran";
        };
        const RoutineState found = told.routineRan                ? RoutineState::Ran
                                   : m_trace.routineDropped(told) ? RoutineState::Dropped
                                   : told.routineQueued           ? RoutineState::Queued
                                                                  : RoutineState::None;
        add(m_expect.op + " routine", text(expected), text(found), found == expected, told.decidedBy());
    }

    const scenario::Expect &m_expect;
    Bench &m_bench;
    const RunTrace &m_trace;
    const Call *m_call = nullptr;
    std::vector<ExpectationReport> m_reports;
};

} // namespace

std::vector<ExpectationReport> checked(const scenario::Expect &expect, Bench &bench, const RunTrace &trace)
{
    return Checker(expect, bench, trace).all();
}

std::string because(RuleId rule)
{
    if (rule == RuleId::None)
        return {};
    const Rule &text = ruleOf(rule);
    return std::string(text.name) + ": " + std::string(text.learn.empty() ? text.says : text.learn);
}

} // namespace recvscope::session
