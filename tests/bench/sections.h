// The parts of the table. Each measures its rows and gives them back.
//
// Threads: the main thread, one section at a time.

#pragma once

#include "rounds.h"
#include "table.h"

#include <string>
#include <vector>

namespace recvscope::benchmarks {

struct Section {
    const char *name; ///< for --only
    std::vector<Row> (*measure)(const Effort &effort);
};

[[nodiscard]] std::vector<Row> bulkRows(const Effort &effort);
[[nodiscard]] std::vector<Row> messageRows(const Effort &effort);
[[nodiscard]] std::vector<Row> datagramRows(const Effort &effort);
[[nodiscard]] std::vector<Row> seqPacketRows(const Effort &effort);
[[nodiscard]] std::vector<Row> scatterRows(const Effort &effort);
[[nodiscard]] std::vector<Row> pingPongRows(const Effort &effort);
[[nodiscard]] std::vector<Row> tracingRows(const Effort &effort);
[[nodiscard]] std::vector<Row> eventRows(const Effort &effort);
[[nodiscard]] std::vector<Row> memoryRows(const Effort &effort);
[[nodiscard]] std::vector<Row> socketRows(const Effort &effort);
[[nodiscard]] std::vector<Row> paintRows(const Effort &effort);
[[nodiscard]] std::vector<Row> startRows(const Effort &effort);
[[nodiscard]] std::vector<Row> rowsToCome(const Effort &effort);

} // namespace recvscope::benchmarks
