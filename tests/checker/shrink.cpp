// Delta debugging of a refused schedule.

#include "judge.h"

#include "scenario/check.h"

#include <algorithm>
#include <set>

namespace recvscope::checker {

namespace {

using namespace scenario;

class Shrinking {
public:
    Shrinking(Scenario refused, const Judge &judge) : m_best(std::move(refused)), m_judge(judge)
    {
        for (const Refusal &each : judge(m_best))
            m_rules.insert(each.rule);
    }

    Scenario run()
    {
        std::size_t before = 0;
        do {
            before = size();
            leaveOutSteps();
            for (std::size_t i = 0; i < m_best.steps.size(); ++i)
                simplify(i);
            leaveOutNames();
        } while (size() < before);
        return m_best;
    }

private:
    /// Takes it when it is refused for the same reason. What asks for a receive that is gone goes too.
    bool attempt(Scenario candidate)
    {
        std::set<std::string> receives;
        std::erase_if(candidate.steps, [&](const Step &step) {
            if (const auto *recv = std::get_if<WspRecv>(&step.action))
                receives.insert(recv->op);
            const auto *result = std::get_if<WspResult>(&step.action);
            return result != nullptr && !receives.contains(result->of);
        });
        if (candidate == m_best || check(candidate))
            return false;
        const std::vector<Refusal> refusals = m_judge(candidate);
        const bool same = std::any_of(refusals.begin(), refusals.end(),
                                      [&](const Refusal &each) { return m_rules.contains(each.rule); });
        // A run that hangs is slow to try, and often only a mutilated schedule: it counts where the first one hung.
        const bool hangs =
            std::any_of(refusals.begin(), refusals.end(), [](const Refusal &each) { return each.rule == "run"; });
        if (!same || (hangs && !m_rules.contains("run")))
            return false;
        m_best = std::move(candidate);
        return true;
    }

    void leaveOutSteps()
    {
        for (std::size_t chunk = std::max<std::size_t>(m_best.steps.size() / 2, 1); chunk > 0; chunk /= 2)
            for (std::size_t at = 0; at < m_best.steps.size();) {
                Scenario candidate = m_best;
                const auto first = candidate.steps.begin() + static_cast<std::ptrdiff_t>(at);
                const std::size_t count = std::min(chunk, candidate.steps.size() - at);
                candidate.steps.erase(first, first + static_cast<std::ptrdiff_t>(count));
                if (!attempt(std::move(candidate)))
                    at += chunk;
            }
    }

    /// Changes a copy of step @p index and tries it.
    template <class Verb, class Change>
    bool change(std::size_t index, Change make)
    {
        Scenario candidate = m_best;
        make(std::get<Verb>(candidate.steps[index].action));
        return attempt(std::move(candidate));
    }

    void simplify(std::size_t index)
    {
        if (index >= m_best.steps.size())
            return;
        if (std::holds_alternative<WspRecv>(m_best.steps[index].action)) {
            for (std::size_t i = 0; i < buffers(index).size();)
                if (!change<WspRecv>(index, [&](WspRecv &recv) {
                        recv.buffers.erase(recv.buffers.begin() + static_cast<std::ptrdiff_t>(i));
                    }))
                    ++i;
            for (std::size_t i = 0; i < buffers(index).size(); ++i)
                while (buffers(index)[i].size > 1 &&
                       change<WspRecv>(index, [&](WspRecv &recv) { recv.buffers[i].size /= 2; })) {
                }
            change<WspRecv>(index, [](WspRecv &recv) { recv.flags = 0; });
            change<WspRecv>(index, [](WspRecv &recv) { recv.event.clear(); });
            for (std::size_t i = 0; i < inside(index).size();)
                if (!change<WspRecv>(index, [&](WspRecv &recv) {
                        recv.onComplete.erase(recv.onComplete.begin() + static_cast<std::ptrdiff_t>(i));
                    }))
                    ++i;
            change<WspRecv>(index, [](WspRecv &recv) { // what it calls goes with it
                recv.routine.clear();
                recv.onComplete.clear();
            });
        } else if (std::holds_alternative<PeerSend>(m_best.steps[index].action)) {
            change<PeerSend>(index, [](PeerSend &send) { send.fragments.clear(); });
            while (change<PeerSend>(index, [](PeerSend &send) {
                const std::string bytes = bytesOf(send.data);
                send.data = TextBytes{bytes.substr(0, bytes.size() / 2)};
                send.fragments.clear();
            })) {
            }
        }
    }

    [[nodiscard]] const std::vector<Buffer> &buffers(std::size_t index) const
    {
        return std::get<WspRecv>(m_best.steps[index].action).buffers;
    }

    [[nodiscard]] const std::vector<Step> &inside(std::size_t index) const
    {
        return std::get<WspRecv>(m_best.steps[index].action).onComplete;
    }

    void leaveOutNames()
    {
        for (std::size_t i = 0; i < m_best.sockets.size(); ++i) {
            Scenario candidate = m_best;
            candidate.sockets.erase(candidate.sockets.begin() + static_cast<std::ptrdiff_t>(i));
            if (attempt(std::move(candidate)))
                break;
        }
        Scenario candidate = m_best;
        candidate.policy = {};
        attempt(std::move(candidate));
        for (std::size_t i = m_best.threads.size(); i-- > 0;) {
            candidate = m_best;
            candidate.threads.erase(candidate.threads.begin() + static_cast<std::ptrdiff_t>(i));
            attempt(std::move(candidate));
        }
    }

    /// Steps, buffers, bytes and names: each round must make it smaller.
    [[nodiscard]] std::size_t size() const
    {
        std::size_t sum = m_best.steps.size() + m_best.sockets.size() + m_best.threads.size();
        for (const Step &step : m_best.steps) {
            if (const auto *recv = std::get_if<WspRecv>(&step.action)) {
                sum += recv->onComplete.size() + (recv->routine.empty() ? 0 : 1);
                for (const Buffer &buffer : recv->buffers)
                    sum += 1 + buffer.size;
            }
            if (const auto *send = std::get_if<PeerSend>(&step.action))
                sum += sizeOf(send->data) + send->fragments.size();
        }
        return sum;
    }

    Scenario m_best;
    const Judge &m_judge;
    std::set<std::string> m_rules;
};

} // namespace

Scenario shrunk(const Scenario &refused, const Judge &judge)
{
    return Shrinking(refused, judge).run();
}

Scenario shrunk(const Scenario &refused)
{
    return shrunk(refused,
                  [](const Scenario &scenario) { return judged(scenario, nullptr, std::chrono::milliseconds(300)); });
}

} // namespace recvscope::checker
