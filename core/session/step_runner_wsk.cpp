// The calls of WskReceive's interface, and what stands beside both.

#include "session/step_runner.h"

namespace recvscope::session {

namespace {

Ending notYet(const std::string &where, std::string_view verb)
{
    return {RunEnd::NotPossibleHere, where + std::string(verb) + " is not performed yet."};
}

} // namespace

StepRunner::Going StepRunner::perform(const scenario::WskReceive &)
{
    return notYet(at(), "wsk.receive");
}

StepRunner::Going StepRunner::perform(const scenario::WskSend &)
{
    return notYet(at(), "wsk.send");
}

StepRunner::Going StepRunner::perform(const scenario::WskConnect &)
{
    return notYet(at(), "wsk.connect");
}

StepRunner::Going StepRunner::perform(const scenario::WskSocketConnect &)
{
    return notYet(at(), "wsk.socket-connect");
}

StepRunner::Going StepRunner::perform(const scenario::WskAccept &)
{
    return notYet(at(), "wsk.accept");
}

StepRunner::Going StepRunner::perform(const scenario::WskCancel &)
{
    return notYet(at(), "wsk.cancel");
}

StepRunner::Going StepRunner::perform(const scenario::WskEvent &)
{
    return notYet(at(), "wsk.event");
}

StepRunner::Going StepRunner::perform(const scenario::WskRelease &)
{
    return notYet(at(), "wsk.release");
}

StepRunner::Going StepRunner::perform(const scenario::WskDisconnect &)
{
    return notYet(at(), "wsk.disconnect");
}

StepRunner::Going StepRunner::perform(const scenario::WskClose &)
{
    return notYet(at(), "wsk.close");
}

StepRunner::Going StepRunner::perform(const scenario::MdlUnlock &)
{
    return notYet(at(), "mdl.unlock");
}

StepRunner::Going StepRunner::perform(const scenario::MdlFree &)
{
    return notYet(at(), "mdl.free");
}

StepRunner::Going StepRunner::perform(const scenario::IrpTouch &)
{
    return notYet(at(), "irp.touch");
}

StepRunner::Going StepRunner::perform(const scenario::IrpReuse &)
{
    return notYet(at(), "irp.reuse");
}

StepRunner::Going StepRunner::perform(const scenario::NativeRecv &)
{
    return notYet(at(), "native.recv");
}

StepRunner::Going StepRunner::perform(const scenario::Provoke &)
{
    return notYet(at(), "provoke");
}

} // namespace recvscope::session
