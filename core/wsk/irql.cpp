#include "wsk/irql.h"

#include <algorithm>

namespace recvscope::wsk {

namespace {
thread_local Irql level = passiveLevel;
}

Irql currentIrql()
{
    return level;
}

RaisedIrql::RaisedIrql(Irql to) : m_before(level)
{
    level = std::max(level, to);
}

RaisedIrql::~RaisedIrql()
{
    level = m_before;
}

} // namespace recvscope::wsk
