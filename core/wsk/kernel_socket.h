// One WSK socket's callbacks, and what they keep.
//
// Threads: the callbacks on the engine's thread; everything else from any, under its own lock.

#pragma once

#include "engine/journal.h"
#include "engine/listener.h"
#include "wsk/types.h"

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace recvscope::wsk {

/// What one call of the receive event callback is about: the bytes, cut into descriptors that are chained.
class Indication {
public:
    Indication(std::vector<std::byte> bytes, std::uint32_t descriptor, std::uint32_t number);

    [[nodiscard]] DataIndication *list() { return &m_nodes.front(); }
    [[nodiscard]] std::size_t size() const { return m_bytes.size(); }
    [[nodiscard]] std::uint32_t number() const { return m_number; } ///< on its socket, from 1

private:
    std::vector<std::byte> m_bytes;
    std::deque<Mdl> m_mdls;
    std::deque<DataIndication> m_nodes;
    std::uint32_t m_number;
};

class KernelSocket final : public engine::Listener {
public:
    explicit KernelSocket(SocketId id) : m_id(id) {}

    [[nodiscard]] SocketId id() const { return m_id; } ///< in the trace; after its close, too
    void setDispatch(ClientDispatch dispatch, std::uint32_t descriptor);
    [[nodiscard]] std::uint32_t descriptor() const;
    /// @return what was kept under that first node, which is the caller's now; null: nothing was
    [[nodiscard]] std::unique_ptr<Indication> release(const DataIndication *list);
    [[nodiscard]] std::size_t retained() const;

private:
    [[nodiscard]] engine::Answer indicated(std::vector<std::byte> bytes) override;
    void lost() override;
    void disconnected(bool abortively) override;

    const SocketId m_id;
    mutable std::mutex m_mutex;
    ClientDispatch m_dispatch;
    std::uint32_t m_descriptor = 4096;
    std::uint32_t m_indications = 0;
    const DataIndication *m_running = nullptr; ///< of the callback that runs: not kept for good yet
    std::map<const DataIndication *, std::unique_ptr<Indication>> m_kept; ///< by their first node
};

} // namespace recvscope::wsk
