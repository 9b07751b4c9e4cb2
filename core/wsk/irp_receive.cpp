#include "wsk/irp_receive.h"

#include "wsk/face.h"
#include "wsk/irql.h"

namespace recvscope::wsk {

void IrpReceive::completed(const engine::Completion &completion)
{
    if (m_pages)
        m_pages->remove(&m_irp); // from here on the memory is the driver's
    const RaisedIrql dispatch(dispatchLevel);
    const RuleId rule = completion.injected ? RuleId::WskCompleteOtherError : RuleId::WskCompletePending;
    m_irp.complete(face().status(completion.result), completion.bytes, rule, m_step, completion.injected);
}

std::unique_ptr<engine::CompletionSink> IrpStarter::start()
{
    if (m_chain == nullptr)
        return std::make_unique<IrpReceive>(m_irp, nullptr, m_step);
    for (Mdl *each = m_chain; each != nullptr; each = each->next)
        each->usedBy(m_pages);
    m_pages->add(&m_irp, m_chain);
    return std::make_unique<IrpReceive>(m_irp, m_pages, m_step);
}

} // namespace recvscope::wsk
