#include "wsp/routine_call.h"

#include "wsp/face.h"

namespace recvscope::wsp {

using trace::EventType;
using trace::Provenance;

namespace {

std::unique_ptr<RoutineCall> callOf(std::uintptr_t context)
{
    return std::unique_ptr<RoutineCall>(reinterpret_cast<RoutineCall *>(context)); // NOLINT: it came from one
}

} // namespace

void RoutineCall::queue(std::unique_ptr<RoutineCall> call, ApcQueue &thread)
{
    const ApcQueue::Apc apc{run, reinterpret_cast<std::uintptr_t>(call.get()), discard, call->provider,
                            call->newestFirst};
    if (thread.post(apc))
        (void)call.release(); // the queue's from here on
}

void RoutineCall::run(std::uintptr_t context)
{
    auto call = callOf(context);
    call->journal.write(EventType::ApcBegan, call->completion.operation, call->step,
                        {RuleId::WspIndicateApcSingleContext, 0, 0, Provenance::Measured});
    Thread::current().run(std::move(call));
}

void RoutineCall::discard(std::uintptr_t context)
{
    callOf(context).reset();
}

void RoutineCall::call(bool putOff) const
{
    const Status status = face().status(completion.result);
    const std::uint32_t outcome = trace::packOutcome(status, static_cast<std::uint16_t>(outputFlags(completion)));
    const RuleId why = putOff        ? RuleId::WspIndicateNoNesting
                       : newestFirst ? RuleId::WspIndicateRoutineOrderFree
                                     : RuleId::WspIndicateRoutineOnInitiatingThread;
    journal.write(EventType::RoutineBegan, completion.operation, step,
                  {why, completion.bytes, outcome, newestFirst ? Provenance::Injected : Provenance::Measured});
    routine(status, completion.bytes, overlapped->structure(), outputFlags(completion));
    journal.write(EventType::RoutineEnded, completion.operation, step,
                  {RuleId::WspIndicateRoutineArguments, completion.bytes, outcome, Provenance::Measured});
    if (changed != nullptr && *changed)
        (*changed)();
}

} // namespace recvscope::wsp
