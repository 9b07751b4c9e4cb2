#include "scenario/values.h"
#include "scenario/verbs.h"

#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, bool> processes[] = {{"this", false}, {"another", true}};
constexpr std::pair<std::string_view, Scribble::What> scribbled[] = {{"buffers", Scribble::What::Buffers},
                                                                     {"thread-id", Scribble::What::ThreadId}};

constexpr std::uint32_t mostRoutines = 100'000;

} // namespace

Action readWspAlertableWait(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.alertable-wait"));
    WspAlertableWait wait;
    wait.routines = fields.number("routines", mostRoutines, 1);
    wait.op = fields.name("op");
    wait.on = fields.name("on");
    if (wait.routines == 0)
        reading.refuse(fields.find("routines")->place, "an alertable wait ends when something has run: at least 1.");
    return wait;
}

Action readWspWaitEvent(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.wait-event"));
    return WspWaitEvent{fields.name("event"), fields.name("op"), fields.name("on")};
}

Action readWspQueueApc(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("wsp.queue-apc"));
    return WspQueueApc{fields.name("thread"), fields.number("context", 0xFFFF'FFFFU),
                       fields.choice<bool>("process", processes, false), fields.name("op"), fields.name("on")};
}

Action readOverlappedFree(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("overlapped.free"));
    return OverlappedFree{fields.name("overlapped")};
}

Action readScribble(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("scribble"));
    return Scribble{fields.name("of"), fields.choice<Scribble::What>("what", scribbled, Scribble::What::Buffers)};
}

Action readThread(Reading &reading, const Node &arguments)
{
    const Fields fields(reading, arguments, *grammar::verb("thread"));
    return ThreadExit{fields.name("exit")};
}

} // namespace recvscope::scenario
