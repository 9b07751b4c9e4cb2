// wsp.buffer.in-order, packed, any-number: array order, each full before the next is begun, never past a buffer; and
// what stands in the program's memory is what the trace says was placed.

#include "checks.h"

#include <algorithm>

namespace recvscope::checker {

using trace::EventType;

namespace {

struct Filling {
    const Case &it;
    const Receive &receive;
    std::size_t buffer = 0;   ///< the one being filled
    std::uint32_t used = 0;   ///< bytes in it
    std::uint64_t owed = 0;   ///< handed over by the kernel, not placed yet
    std::uint64_t placed = 0; ///< in all
    std::string bytes;        ///< in all, as far as the trace kept them
    bool known = true;        ///< it kept all of them

    void handedOver(const Told &told)
    {
        if (owed != 0)
            it.refuse("wsp.buffer.in-order", receive, std::to_string(owed) + " bytes were taken and never placed");
        owed = told.event.a;
        bytes += told.bytes;
        known = known && told.bytes.size() == told.event.a;
    }

    void place(std::uint32_t index, std::uint32_t count)
    {
        while (buffer < receive.sizes.size() && used == receive.sizes[buffer] && buffer < index) {
            ++buffer;
            used = 0;
        }
        if (index >= receive.sizes.size())
            return it.refuse("wsp.buffer.in-order", receive, "there is no buffer " + std::to_string(index));
        if (index < buffer)
            it.refuse("wsp.buffer.in-order", receive,
                      "buffer " + std::to_string(index) + " was filled after a later one");
        else if (index > buffer)
            it.refuse("wsp.buffer.packed", receive,
                      "buffer " + std::to_string(index) + " was begun while buffer " + std::to_string(buffer) +
                          " had room: a hole is left");
        if (index != buffer) {
            buffer = index;
            used = 0;
        }
        if (count > receive.sizes[index] - std::min(used, receive.sizes[index]))
            it.refuse("wsp.buffer.in-order", receive,
                      std::to_string(count) + " bytes were written past the end of buffer " + std::to_string(index));
        if (count > owed)
            it.refuse("wsp.buffer.in-order", receive, "more was placed than the kernel had handed over");
        owed -= std::min<std::uint64_t>(owed, count);
        used += count;
        placed += count;
    }

    void atEnd() const
    {
        if (owed != 0)
            it.refuse("wsp.buffer.in-order", receive, std::to_string(owed) + " bytes were taken and never placed");
        if (receive.completed && it.account.events[*receive.completed].event.a != placed)
            it.refuse("wsp.complete.immediate", receive,
                      "it completed with " + std::to_string(it.account.events[*receive.completed].event.a) +
                          " bytes, but " + std::to_string(placed) + " were placed");
        const auto seen = it.setup.seen.find(receive.id);
        if (!known || seen == it.setup.seen.end() || !receive.completed)
            return;
        std::string memory;
        for (const std::string &part : seen->second.contents)
            memory += part;
        if (memory != bytes.substr(0, placed))
            it.refuse("wsp.buffer.packed", receive, "its memory does not hold the bytes that were placed");
    }
};

} // namespace

void placing(const Case &it)
{
    for (const Receive &receive : it.account.receives) {
        Filling filling{it, receive, 0, 0, 0, 0, {}, true};
        for (const std::size_t at : receive.events) {
            const Told &told = it.account.events[at];
            const bool moves = trace::copiesBytes(told.event.type) || told.event.type == EventType::Placed;
            if (moves && receive.refused)
                it.refuse("wsp.complete.failed-never-indicates", receive,
                          "it was refused, and bytes were moved for it");
            if (moves && receive.completed && at > *receive.completed)
                it.refuse("wsp.complete.immediate", receive, "bytes were moved after it had completed");
            if (trace::copiesBytes(told.event.type))
                filling.handedOver(told);
            else if (told.event.type == EventType::Placed)
                filling.place(told.event.a, told.event.b);
        }
        filling.atEnd();
    }
}

} // namespace recvscope::checker
