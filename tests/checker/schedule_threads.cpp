// Completion routines of a random schedule, the waits in which they run, and threads that leave.

#include "schedule_writer.h"

namespace recvscope::checker {

using namespace scenario;

/// On a thread that can make the call now; the main one waits only where something is queued to it already.
void ScheduleWriter::giveRoutine(Line &line, WspRecv &recv)
{
    if (Thread *thread = freeThread(); thread != nullptr && m_dice.chance(80))
        recv.on = thread->name;
    m_routineOnMain = m_routineOnMain || recv.on.empty();
    recv.routine = "done";
    if (m_dice.chance(35))
        recv.onComplete = insideRoutine(line, recv.on);
}

std::vector<Step> ScheduleWriter::insideRoutine(Line &line, const std::string &on)
{
    std::vector<Step> steps;
    if (m_dice.chance(70)) {
        WspRecv recv;
        recv.socket = line.name;
        recv.op = "r" + std::to_string(++m_receives);
        recv.buffers = buffers();
        recv.overlapped = "o" + std::to_string(m_receives);
        if (m_dice.chance(50))
            recv.routine = "done";
        line.mayWait = true;
        steps.push_back(stepOf(std::move(recv)));
    }
    if (m_dice.chance(40)) {
        // It ends for sure, and what is queued of the same socket must stay where it is.
        WspQueueApc queue;
        queue.thread = on.empty() ? std::string(mainThread) : on;
        queue.context = ++m_apcs;
        steps.push_back(stepOf(std::move(queue)));
        steps.push_back(stepOf(WspAlertableWait{}));
    }
    return steps;
}

/// Of datagrams: what a peer of a connection has not read turns its close into a reset.
void ScheduleWriter::sendWithRoutine(Line &line)
{
    if (!line.udp() || line.byHand() || line.peerEnded || line.shutDown || line.closed || !line.declared.overlapped ||
        line.declared.profile)
        return;
    WspSend send;
    send.socket = line.name;
    send.data = TextBytes{"hello"};
    send.overlapped = "w" + std::to_string(++m_sends);
    send.routine = "sent";
    if (Thread *thread = freeThread(); thread != nullptr)
        send.on = thread->name;
    m_routineOnMain = m_routineOnMain || send.on.empty();
    send.onComplete = insideRoutine(line, send.on);
    add(std::move(send));
}

void ScheduleWriter::queueTo(const std::string &thread)
{
    WspQueueApc queue;
    queue.thread = thread;
    queue.context = ++m_apcs;
    add(std::move(queue));
}

void ScheduleWriter::waitAlertably()
{
    for (Thread &thread : m_threads)
        if (thread.waiting) { // it is let go
            thread.waiting = false;
            return queueTo(thread.name);
        }
    WspAlertableWait wait;
    Thread *thread = freeThread();
    if (thread == nullptr || (m_routineOnMain && m_dice.chance(30))) {
        queueTo(std::string(mainThread));
        return add(std::move(wait));
    }
    wait.on = thread->name;
    if (m_dice.chance(50))
        queueTo(thread->name);
    else
        thread->waiting = true;
    add(std::move(wait));
}

void ScheduleWriter::leaveThread()
{
    Thread *thread = freeThread();
    if (thread == nullptr)
        return;
    thread->gone = true;
    add(ThreadExit{thread->name});
}

/// Every wait ends, and mostly every routine that is queued gets its turn.
void ScheduleWriter::releaseThreads()
{
    for (Thread &thread : m_threads) {
        if (thread.waiting)
            queueTo(thread.name);
        thread.waiting = false;
        if (!thread.free() || m_dice.chance(25))
            continue;
        queueTo(thread.name);
        WspAlertableWait wait;
        wait.on = thread.name;
        add(std::move(wait));
    }
    if (!m_routineOnMain)
        return;
    queueTo(std::string(mainThread));
    add(WspAlertableWait{});
}

} // namespace recvscope::checker
