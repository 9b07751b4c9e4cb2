#include "wsp/thread.h"

#include "wsp/routine_call.h"

#include <algorithm>
#include <utility>

namespace recvscope::wsp {

struct ThreadOwner {
    Thread thread;
    ThreadOwner() { Thread::theKnown = &thread; }
    ThreadOwner(const ThreadOwner &) = delete;
    ThreadOwner &operator=(const ThreadOwner &) = delete;
    ~ThreadOwner() { Thread::theKnown = nullptr; }
};

Thread &Thread::current()
{
    static thread_local ThreadOwner owner;
    return owner.thread;
}

Thread::~Thread()
{
    for (const auto &each : m_atExit)
        if (const auto exits = each.lock())
            exits->threadExits();
    if (m_queue)
        m_queue->close();
}

const std::shared_ptr<ApcQueue> &Thread::queue()
{
    if (!m_queue)
        m_queue = std::make_shared<ApcQueue>();
    return m_queue;
}

void Thread::tellAtExit(const std::shared_ptr<ThreadExits> &exits)
{
    const auto same = [&](const std::weak_ptr<ThreadExits> &each) {
        return !each.owner_before(exits) && !exits.owner_before(each);
    };
    if (std::any_of(m_atExit.begin(), m_atExit.end(), same))
        return;
    std::erase_if(m_atExit, [](const auto &each) { return each.expired(); });
    m_atExit.push_back(exits);
}

void Thread::waitUntil(const std::atomic<bool> &done, std::chrono::milliseconds atMost)
{
    if (blockingHook && !inBlockingHook) {
        inBlockingHook = true;
        blockingHook();
        inBlockingHook = false;
    }
    m_queue->waitUntil(done, atMost);
}

void Thread::run(std::unique_ptr<RoutineCall> call)
{
    const auto ofSameSocket = [&](const RoutineCall *each) { return each->socket == call->socket; };
    if (std::any_of(m_running.begin(), m_running.end(), ofSameSocket)) {
        m_putOff.push_back(std::move(call));
        return;
    }
    bool putOff = false;
    for (;;) {
        runOne(*call, putOff);
        const auto next = std::find_if(m_putOff.begin(), m_putOff.end(),
                                       [&](const auto &each) { return each->socket == call->socket; });
        if (next == m_putOff.end())
            return;
        putOff = true;
        auto taken = std::move(*next);
        m_putOff.erase(next);
        call = std::move(taken);
    }
}

void Thread::runOne(const RoutineCall &call, bool putOff)
{
    m_running.push_back(&call);
    call.call(putOff);
    m_running.pop_back();
}

} // namespace recvscope::wsp
