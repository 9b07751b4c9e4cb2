// A pending receive as its driver sees it: the IRP, and the memory that stays locked under it.
//
// Threads: start() under the socket's lock; completed() on whichever thread found the completion, without a lock.

#pragma once

#include "engine/receive_queue.h"
#include "wsk/irp.h"
#include "wsk/mdl.h"

#include <memory>

namespace recvscope::wsk {

class IrpReceive final : public engine::CompletionSink {
public:
    IrpReceive(Irp &irp, std::shared_ptr<PageUses> pages, StepId step)
        : m_irp(irp), m_pages(std::move(pages)), m_step(step)
    {
    }
    void completed(const engine::Completion &completion) override;

private:
    Irp &m_irp;
    const std::shared_ptr<PageUses> m_pages; ///< null: no memory is described
    const StepId m_step;
};

class IrpStarter final : public engine::Starter {
public:
    /// @param chain may be null
    IrpStarter(Irp &irp, Mdl *chain, const std::shared_ptr<PageUses> &pages, StepId step)
        : m_irp(irp), m_chain(chain), m_pages(pages), m_step(step)
    {
    }
    [[nodiscard]] std::unique_ptr<engine::CompletionSink> start() override;

private:
    Irp &m_irp;
    Mdl *m_chain;
    const std::shared_ptr<PageUses> &m_pages;
    StepId m_step;
};

} // namespace recvscope::wsk
