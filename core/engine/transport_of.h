// The transports, one a file; makeTransport() chooses.

#pragma once

#include "engine/spread.h"
#include "engine/transport.h"

namespace recvscope::engine {

[[nodiscard]] std::unique_ptr<Transport> makeStreamTransport();
/// Policy::resetDiscardsData.
[[nodiscard]] std::unique_ptr<Transport> makeDiscardingTransport();
[[nodiscard]] std::unique_ptr<Transport> makeDatagramTransport(const net::Address &connected);
[[nodiscard]] std::unique_ptr<Transport> makeSeqPacketTransport();
/// @param parts messages may be handed over in parts (XP1_PARTIAL_MESSAGE)
[[nodiscard]] std::unique_ptr<Transport> makeFramedTransport(bool parts);

[[nodiscard]] std::unique_ptr<Transport> makeStreamOverMessages(std::unique_ptr<Transport> below);

} // namespace recvscope::engine
