// Memory descriptor lists: pieces of locked memory, chained.
//
// An MDL knows which pending requests may write into it, so that unlocking or freeing it early is noticed
// (wsk.buffer.locked-while-pending): the request is completed at once and nothing is written any more.
//
// Threads: an Mdl belongs to its maker, who hands it over with a request; PageUses may be used from any thread.

#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace recvscope::wsk {

class Mdl;

/// How memory was taken away.
enum class PageEnd : std::uint8_t { Unlocked, Freed };

/// Which pending requests use which memory.
class PageUses {
public:
    /// Completes the request of that packet, which then touches its memory no more.
    using TakeAway = std::function<void(const void *packet, PageEnd how)>;
    explicit PageUses(TakeAway takeAway) : m_takeAway(std::move(takeAway)) {}

    void add(const void *packet, Mdl *chain);
    /// The request is over.
    void remove(const void *packet);
    /// The memory is about to go: whatever uses it is completed before this returns.
    void takenAway(const Mdl *mdl, PageEnd how);
    /// Nobody takes anything away any more.
    void cut();

private:
    std::mutex m_mutex;
    TakeAway m_takeAway;
    std::unordered_map<const void *, std::vector<const Mdl *>> m_uses; ///< by packet
};

class Mdl {
public:
    /// Describes @p bytes at @p address, which stay the caller's, and locks them.
    Mdl(void *address, std::uint32_t bytes) : m_address(static_cast<std::byte *>(address)), m_bytes(bytes) {}
    ~Mdl(); ///< IoFreeMdl
    Mdl(const Mdl &) = delete;
    Mdl &operator=(const Mdl &) = delete;

    [[nodiscard]] std::byte *address() const { return m_address; }
    [[nodiscard]] std::uint32_t byteCount() const { return m_bytes; }
    [[nodiscard]] bool locked() const { return m_locked; }
    void unlock(); ///< MmUnlockPages

    Mdl *next = nullptr; ///< of the chain; not owned

    /// A request pends on it. The provider's.
    void usedBy(const std::shared_ptr<PageUses> &uses) { m_uses = uses; }

private:
    std::byte *m_address;
    std::uint32_t m_bytes;
    bool m_locked = true;
    std::weak_ptr<PageUses> m_uses;
};

} // namespace recvscope::wsk
