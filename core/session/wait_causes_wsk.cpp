// Waits for what a receive event callback and a drain have done.

#include "session/byte_text.h"
#include "session/wait_causes.h"

namespace recvscope::session {

namespace {

WaitCause notYet(std::string what)
{
    WaitCause made;
    made.what = std::move(what);
    made.came = [] { return false; };
    made.instead = [] { return std::string("it is not performed yet"); };
    return made;
}

} // namespace

WaitCause causeOf(const scenario::Indicated &indicated, Bench &)
{
    return notYet("the callback of " + indicated.socket + " to be called " + std::to_string(indicated.count) +
                  " times");
}

WaitCause causeOf(const scenario::Discarded &discarded, Bench &)
{
    return notYet("a drain of " + discarded.socket + " to discard " + countedBytes(discarded.bytes));
}

} // namespace recvscope::session
