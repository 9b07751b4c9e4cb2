#include "drain.h"

#include "pinned.h"
#include "rounds.h"

#include <chrono>

namespace recvscope::benchmarks {

double drainTime(const Drained &what, const MakeReceiver &make)
{
    std::size_t messageSize = 0;
    for (const std::size_t size : what.buffers)
        messageSize += size;
    Supply supply(what.kind, messageSize);
    const std::unique_ptr<Receiver> receiver = make(supply.takeReceiver(), what.buffers);

    const Pinned pinned; // after the receiver, whose threads may run elsewhere
    receiver->receive(supply.fill(what.perFill));
    std::vector<double> fills;
    for (std::size_t done = 0; done < what.receives;) {
        const std::size_t ready = supply.fill(what.perFill);
        const auto begin = std::chrono::steady_clock::now();
        receiver->receive(ready);
        const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
        fills.push_back(spent.count() / static_cast<double>(ready));
        done += ready;
    }
    return medianOf(std::move(fills));
}

} // namespace recvscope::benchmarks
