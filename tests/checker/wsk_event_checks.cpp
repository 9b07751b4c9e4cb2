// wsk.event.*, engine.disconnect.event: when the event callbacks are called, and with what right.

#include "checks.h"

#include <algorithm>
#include <map>
#include <utility>

namespace recvscope::checker {

using trace::EventType;

namespace {

class Callbacks {
public:
    explicit Callbacks(const Case &it) : m_it(it), m_account(it.account) {}

    void go()
    {
        for (std::size_t at = 0; at < m_account.events.size(); ++at)
            pass(m_account.events[at], at);
        if (m_running)
            m_it.refuse("wsk.event.disable-is-sure", "its callback never returned");
    }

private:
    void pass(const Told &told, std::size_t at)
    {
        const trace::Event &event = told.event;
        switch (event.type) {
        case EventType::CallbackSet:
            return set(event, at);
        case EventType::IndicationBegan:
            return began(told, at);
        case EventType::DescriptorGiven:
            m_described += event.b;
            return;
        case EventType::IndicationEnded:
            return ended(told, at);
        case EventType::IndicationReleased:
            return released(event);
        case EventType::Disconnected:
            return disconnected(event, at);
        case EventType::PeerSend:
            m_sent = at;
            return;
        case EventType::KernelHolds:
            if (event.a != 0)
                lies(at);
            return;
        case EventType::CloseAsked:
            m_closing = true;
            return keptAtClose();
        default:
            return;
        }
    }

    void set(const trace::Event &event, std::size_t at)
    {
        const Status answer = trace::statusOf(event.b);
        const bool off = (event.a & trace::EventDisable) != 0;
        const bool waits = answer == Status::NtPending || answer == Status::NtEventPending;
        if (answer != Status::Success && !(off && waits))
            return; // refused
        if ((event.a & trace::EventReceive) != 0) {
            if (off && answer == Status::Success && m_running)
                m_it.refuse("wsk.event.disable-is-sure", "it was said to be off, and was running still");
            if (off && waits && !m_running && !m_account.before(at, EventType::CloseDue))
                m_it.refuse("wsk.event.disable-is-sure", "nothing was running, and the answer was to wait");
            m_receive = off ? std::nullopt : std::optional(at);
        }
        if ((event.a & trace::EventDisconnect) != 0)
            m_disconnect = !off;
    }

    [[nodiscard]] bool waitsForData(std::size_t at) const
    {
        return std::any_of(m_account.receives.begin(), m_account.receives.end(), [&](const Receive &receive) {
            return receive.queued && *receive.queued < at && (!receive.decided() || *receive.decided() > at);
        });
    }

    [[nodiscard]] bool whenCompleted() const
    {
        return (m_account.socket.policy ? *m_account.socket.policy : m_it.setup.policy).reenableWhenCompleted;
    }

    /// A WskReceive was made since then; and has completed, where the policy waits for that. (Whether one that is
    /// refused opens the callback is left free.)
    [[nodiscard]] bool askedSince(std::size_t since, std::size_t at, bool forSure) const
    {
        return std::any_of(m_account.receives.begin(), m_account.receives.end(), [&](const Receive &receive) {
            if (receive.calledAt < since || receive.calledAt > at || (forSure && receive.refused))
                return false;
            return !whenCompleted() || (receive.decided() && *receive.decided() < at);
        });
    }

    void began(const Told &told, std::size_t at)
    {
        if (m_running)
            m_it.refuse("engine.indication.first", "its callback was called while it ran");
        m_running = told;
        m_described = 0;
        m_beganAt = at;
        ++m_count;
        if (!m_receive)
            m_it.refuse("wsk.event.disable-is-sure", "the receive event callback was called, and is not enabled");
        if (told.event.a == trace::leftAlone) {
            if (!m_account.brokenBefore(at))
                m_it.refuse("wsk.socket.forced-closed",
                            "its callback was told that it is broken, and nothing broke it");
            if (std::exchange(m_endTold, true))
                m_it.refuse("wsk.socket.forced-closed", "its callback was told twice that it is broken");
            return;
        }
        if (waitsForData(at) && told.event.rule != RuleId::WskEventRace)
            m_it.refuse("wsk.event.pending-irp-first", "its callback was called while an IRP was waiting");
        if (told.event.rule == RuleId::WskEventRace && told.event.provenance != trace::Provenance::Injected)
            m_it.refuse("wsk.event.race", "a race that nobody had asked for");
        if (m_stopped && !askedSince(*m_stopped, at, false))
            m_it.refuse(m_part ? "wsk.event.accept-part" : "wsk.event.not-accepted",
                        "its callback was called again, and no WskReceive had opened it");
        m_stopped.reset();
    }

    void ended(const Told &told, std::size_t at)
    {
        if (!m_running)
            return m_it.refuse("trace", "its callback ended, and had not begun");
        const Told begun = *m_running;
        m_running.reset();
        if (begun.ref.track != told.ref.track)
            m_it.refuse("trace", "its callback began and ended on different threads");
        if (begun.event.a == trace::leftAlone)
            return;
        if (m_described != begun.event.a)
            m_it.refuse("wsk.event.retain", "its descriptors hold other than what was indicated");
        const Status answer = trace::statusOf(told.event.b);
        if (answer == Status::NtPending) {
            m_kept[m_count] = told.event.a;
            if (told.event.a != begun.event.a)
                m_it.refuse("wsk.event.retain", "a part was kept, and not all that was indicated");
        } else if (answer == Status::NtDataNotAccepted && told.event.a != 0) {
            m_it.refuse("wsk.event.not-accepted", "the callback accepted nothing, and bytes were taken");
        }
        m_part = answer == Status::Success && told.event.a < begun.event.a;
        if (answer == Status::NtDataNotAccepted || m_part) {
            m_stopped = m_beganAt;
            m_silentAt = at;
        } else {
            m_silentAt.reset();
        }
    }

    void released(const trace::Event &event)
    {
        const auto kept = m_kept.find(event.a);
        if (kept == m_kept.end())
            return m_it.refuse("wsk.event.retain",
                               "indication " + std::to_string(event.a) + " was given back, and is not kept");
        if (kept->second != event.b)
            m_it.refuse("wsk.event.retain", "another number of bytes was given back than was kept");
        m_kept.erase(kept);
    }

    void disconnected(const trace::Event &event, std::size_t at)
    {
        constexpr std::string_view rule = "engine.disconnect.event";
        if (!m_disconnect)
            m_it.refuse(rule, "the disconnect event callback was called, and is not enabled");
        if (m_running)
            m_it.refuse(rule, "it was called while the other callback ran");
        if (std::exchange(m_disconnectTold, true))
            m_it.refuse(rule, "it was called twice");
        const bool finished =
            m_account.before(at, EventType::PeerShutDown) || m_account.before(at, EventType::PeerClosed);
        if (event.a == 1 ? !m_account.before(at, EventType::PeerReset) : !finished)
            m_it.refuse(rule, "it told an end that the peer had not made");
        if (event.a == 0 && m_account.layAt(at))
            m_it.refuse(rule, "it told the end before everything had been taken");
    }

    /// A step's bytes have arrived and lie there: the callback has been called with them, if it may be called.
    void lies(std::size_t at)
    {
        const bool broken = m_account.brokenBefore(at) || m_closing;
        if (!m_receive || *m_receive > m_sent || m_running || broken || waitsForData(at))
            return;
        if (m_silentAt && !askedSince(*m_silentAt, m_sent, true))
            return;
        m_it.refuse(m_silentAt ? "wsk.event.reenable" : "wsk.event.pending-irp-first",
                    "data lies there, nobody waits for it, and the callback was not called");
    }

    void keptAtClose()
    {
        if (m_kept.empty() || m_running)
            return;
        const bool named = std::any_of(m_account.events.begin(), m_account.events.end(), [](const Told &told) {
            return told.event.type == EventType::Diagnostic && told.event.rule == RuleId::WskEventRetain;
        });
        if (!named)
            m_it.refuse("wsk.event.retain", "it was closed while its callback kept buffers, and that was not named");
    }

    const Case &m_it;
    const Account &m_account;
    std::optional<std::size_t> m_receive; ///< where it was enabled
    bool m_disconnect = false;            ///< enabled
    std::optional<Told> m_running;
    std::uint64_t m_described = 0;
    std::size_t m_beganAt = 0;
    std::uint32_t m_count = 0;                     ///< of its calls
    std::map<std::uint32_t, std::uint32_t> m_kept; ///< bytes, by number
    std::optional<std::size_t> m_stopped;          ///< where the call began whose answer made it silent
    std::optional<std::size_t> m_silentAt;         ///< where that answer was given, unless a later call gave another
    bool m_part = false;                           ///< it accepted some
    bool m_endTold = false, m_disconnectTold = false, m_closing = false;
    std::size_t m_sent = 0; ///< the last of the peer's sends
};

} // namespace

void eventCallbacks(const Case &it)
{
    Callbacks(it).go();
}

} // namespace recvscope::checker
