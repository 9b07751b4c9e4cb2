// The transports, one a file; makeTransport() chooses.

#pragma once

#include "engine/spread.h"
#include "engine/transport.h"

namespace recvscope::engine {

[[nodiscard]] std::unique_ptr<Transport> makeStreamTransport();
[[nodiscard]] std::unique_ptr<Transport> makeDatagramTransport(const net::Address &connected);
[[nodiscard]] std::unique_ptr<Transport> makeSeqPacketTransport();

} // namespace recvscope::engine
