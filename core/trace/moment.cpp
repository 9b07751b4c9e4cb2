#include "trace/moment.h"

#include "trace/moment_fold.h"

#include <algorithm>
#include <numeric>

namespace recvscope::trace {

const SocketMoment *Moment::socket(SocketId id) const
{
    const auto found =
        std::find_if(sockets.begin(), sockets.end(), [&](const SocketMoment &socket) { return socket.id == id; });
    return found == sockets.end() ? nullptr : &*found;
}

const ReceiveMoment *Moment::receive(OperationId id) const
{
    const auto found =
        std::find_if(receives.begin(), receives.end(), [&](const ReceiveMoment &receive) { return receive.id == id; });
    return found == receives.end() ? nullptr : &*found;
}

Moment momentAt(const Story &story, Playhead playhead)
{
    MomentFold fold;
    fold.advance(story, playhead.event);
    return fold.moment(story, playhead);
}

Moments::Moments() = default;
Moments::~Moments() = default;
Moments::Moments(Moments &&) noexcept = default;
Moments &Moments::operator=(Moments &&) noexcept = default;

void Moments::extend(const Story &story)
{
    // Who missed an extension of the story cannot know what it changed, and begins again.
    const bool missed = story.extensions() > m_extensions + 1;
    const std::uint32_t same = story.extensions() == m_extensions ? story.size() : missed ? 0 : story.unchanged();
    m_extensions = story.extensions();
    while (!m_checkpoints.empty() && m_checkpoints.back()->events() > same)
        m_checkpoints.pop_back();
    if (!m_end || m_end->events() > same)
        m_end = m_checkpoints.empty() ? std::make_unique<MomentFold>()
                                      : std::make_unique<MomentFold>(*m_checkpoints.back());

    while (m_end->events() < story.size()) {
        m_end->advance(story, std::min(story.size(), (m_end->events() / m_spacing + 1) * m_spacing));
        if (m_end->events() % m_spacing != 0)
            break;
        m_checkpoints.push_back(std::make_unique<MomentFold>(*m_end));
        while (m_checkpoints.size() > mostCheckpoints || (m_checkpoints.size() > 1 && heldReceives() > mostReceives)) {
            m_spacing *= 2;
            std::erase_if(m_checkpoints, [&](const auto &checkpoint) { return checkpoint->events() % m_spacing != 0; });
        }
    }
}

std::size_t Moments::heldReceives() const
{
    return std::accumulate(m_checkpoints.begin(), m_checkpoints.end(), std::size_t{0},
                           [](std::size_t sum, const auto &checkpoint) { return sum + checkpoint->receives(); });
}

Moment Moments::at(const Story &story, Playhead playhead) const
{
    if (story.extensions() != m_extensions)
        return momentAt(story, playhead);
    if (m_end && m_end->events() <= playhead.event)
        return m_end->moment(story, playhead);
    const auto after = std::partition_point(m_checkpoints.begin(), m_checkpoints.end(), [&](const auto &checkpoint) {
        return checkpoint->events() <= playhead.event;
    });
    MomentFold fold = after == m_checkpoints.begin() ? MomentFold() : MomentFold(**std::prev(after));
    fold.advance(story, playhead.event);
    return fold.moment(story, playhead);
}

std::string bytesOf(const Story &story, const SocketMoment &socket, const Run &run)
{
    if (run.send >= socket.sends.size())
        return {};
    const SendMoment &send = socket.sends[run.send];
    const std::span<const std::byte> kept = story.snapshot().payload(send.ref);
    const std::size_t from = std::min<std::size_t>(kept.size(), send.skipped + (run.offset - send.offset));
    const std::span<const std::byte> own = kept.subspan(from, std::min<std::size_t>(kept.size() - from, run.length));
    return {reinterpret_cast<const char *>(own.data()), own.size()};
}

} // namespace recvscope::trace
