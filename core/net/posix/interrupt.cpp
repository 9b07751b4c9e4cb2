#include "net/interrupt.h"

#include <pthread.h>
#include <signal.h>

#include <mutex>

namespace recvscope::net {

namespace {

/// A real-time signal, so that no other use of the process is disturbed (SIGRTMIN and +1 belong to some C libraries).
int interruptSignal()
{
#ifdef SIGRTMIN
    return SIGRTMIN + 5;
#else
    return SIGURG;
#endif
}

void doNothing(int) {}

void installHandler()
{
    struct sigaction action {};
    action.sa_handler = doNothing;
    action.sa_flags = 0; // no SA_RESTART: the interrupted call returns EINTR
    sigemptyset(&action.sa_mask);
    sigaction(interruptSignal(), &action, nullptr);
}

} // namespace

ThreadInterrupt::ThreadInterrupt() : m_thread(static_cast<std::uintptr_t>(pthread_self()))
{
    static std::once_flag installed;
    std::call_once(installed, installHandler);
}

void ThreadInterrupt::interrupt() const
{
    pthread_kill(static_cast<pthread_t>(m_thread), interruptSignal());
}

} // namespace recvscope::net
