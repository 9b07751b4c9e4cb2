#include "trace/recorder.h"

#include "trace/drain.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace recvscope::trace {

/// The tracks of the running thread, one for each recorder it recorded with. Tells them when the thread ends.
class ThreadTracks {
public:
    ~ThreadTracks()
    {
        for (const Entry &entry : m_entries)
            entry.track->m_threadEnded.store(true, std::memory_order_release);
        current = {};
        ended = true;
    }

    [[nodiscard]] Track *find(std::uint64_t recorder) const
    {
        const auto entry = std::find_if(m_entries.begin(), m_entries.end(),
                                        [&](const Entry &candidate) { return candidate.recorder == recorder; });
        return entry == m_entries.end() ? nullptr : entry->track.get();
    }

    void add(std::uint64_t recorder, std::shared_ptr<Track> track)
    {
        std::erase_if(m_entries,
                      [](const Entry &entry) { return entry.track->m_recorderGone.load(std::memory_order_relaxed); });
        m_entries.push_back({recorder, std::move(track)});
    }

    /// The track used last: the fast path, without a constructor or destructor to guard.
    struct Current {
        std::uint64_t recorder = 0;
        Track *track = nullptr;
    };
    static constinit thread_local Current current;
    static constinit thread_local bool ended; ///< this thread's ThreadTracks is destroyed

private:
    struct Entry {
        std::uint64_t recorder;
        std::shared_ptr<Track> track;
    };
    std::vector<Entry> m_entries;
};

constinit thread_local ThreadTracks::Current ThreadTracks::current;
constinit thread_local bool ThreadTracks::ended = false;

namespace {
thread_local ThreadTracks threadTracks;

std::uint64_t nextIdentity()
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

RecorderSettings checked(RecorderSettings settings)
{
    settings.ringEvents = std::bit_ceil(std::max<std::size_t>(settings.ringEvents, 4));
    settings.payloadPerTransfer = std::min<std::uint32_t>(settings.payloadPerTransfer, PayloadLog::longest);
    return settings;
}
} // namespace

Recorder::Recorder(Store &store, const Clock &clock, RecorderSettings settings)
    : m_identity(nextIdentity()),
      m_log(store.log()),
      m_clock(clock),
      m_settings(checked(settings)),
      m_drain(std::make_unique<Drain>(m_log))
{
}

Recorder::~Recorder()
{
    m_drain.reset();
    for (const std::shared_ptr<Track> &track : m_made) {
        track->m_ring.reset();
        track->m_recorderGone.store(true, std::memory_order_relaxed);
    }
}

Track &Recorder::track()
{
    if (ThreadTracks::current.recorder == m_identity) [[likely]]
        return *ThreadTracks::current.track;
    return makeTrack();
}

Track &Recorder::makeTrack()
{
    // A thread that records while its thread-local objects are being destroyed gets a fresh track each time.
    if (!ThreadTracks::ended)
        if (Track *known = threadTracks.find(m_identity)) {
            ThreadTracks::current = {m_identity, known};
            return *known;
        }

    const std::shared_ptr<Track> track(
        new Track(*m_drain, m_clock, m_log->addTrack(), m_settings.ringEvents, m_settings.payloadPerTransfer));
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_made, [](const std::shared_ptr<Track> &made) { return made.use_count() == 1; });
        m_made.push_back(track);
    }
    m_drain->add(track);
    if (!ThreadTracks::ended) {
        threadTracks.add(m_identity, track);
        ThreadTracks::current = {m_identity, track.get()};
    }
    return *track;
}

void Recorder::nameThread(std::string_view name)
{
    if (const std::size_t number = track().m_number; number < Log::maxTracks)
        m_log->trackNames.give(static_cast<std::uint32_t>(number), name);
}

void Recorder::nameSocket(SocketId socket, std::string_view name)
{
    m_log->socketNames.give(socket.value, name);
}

void Recorder::nameOperation(OperationId operation, std::string_view name)
{
    m_log->operationNames.give(operation.value, name);
}

void Recorder::flush()
{
    m_drain->flush();
}

} // namespace recvscope::trace
