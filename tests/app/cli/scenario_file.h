// A scenario in a file that goes away with its object.

#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace recvscope::cli::test {

class ScenarioFile {
public:
    explicit ScenarioFile(std::string_view text)
    {
        const auto *info = testing::UnitTest::GetInstance()->current_test_info();
        m_path = std::filesystem::path(testing::TempDir()) /
                 (std::string(info->test_suite_name()) + "." + info->name() + ".yaml");
        std::ofstream(m_path, std::ios::binary) << text;
    }
    ~ScenarioFile() { std::filesystem::remove(m_path); }
    ScenarioFile(const ScenarioFile &) = delete;
    ScenarioFile &operator=(const ScenarioFile &) = delete;

    [[nodiscard]] std::string path() const { return m_path.string(); }

private:
    std::filesystem::path m_path;
};

/// One send of eleven bytes into two buffers of a receive that waited for it.
inline constexpr std::string_view pendingReceive = R"(recvscope: 1
title: A pending return
lesson: {number: 17, track: completion, explains: [wsp.complete.pending]}
sockets:
  s: {kind: tcp, overlapped: true}
steps:
  - say: Nothing has arrived yet.
  - wsp.recv: {socket: s, op: r1, buffers: [8, 8], overlapped: o1, event: e1}
  - predict: {of: r1, ask: bytes, choices: [0, 8, 11, 16]}
  - peer.send: {socket: s, data: "hello world"}
  - wait: {completed: r1}
  - expect: {op: r1, status: 0, bytes: 11, trace: [wsp.buffer.packed]}
)";

} // namespace recvscope::cli::test
