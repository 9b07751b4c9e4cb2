// Bytes as a scenario writes them: text, {hex: ...}, {random: {size, seed}} or {file: ...}.

#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace recvscope::scenario {

struct TextBytes {
    std::string bytes; ///< UTF-8, as it is sent
    friend bool operator==(const TextBytes &, const TextBytes &) = default;
};

struct HexBytes {
    std::string bytes; ///< decoded: may hold anything
    friend bool operator==(const HexBytes &, const HexBytes &) = default;
};

/// The same bytes on every machine for the same seed.
struct RandomBytes {
    std::uint32_t size = 0;
    std::uint32_t seed = 1;
    friend bool operator==(const RandomBytes &, const RandomBytes &) = default;
};

/// A file in the scenario's folder; its bytes were read with the scenario.
struct FileBytes {
    std::string path; ///< as written: relative to the scenario
    std::string bytes;
    friend bool operator==(const FileBytes &, const FileBytes &) = default;
};

using Data = std::variant<TextBytes, HexBytes, RandomBytes, FileBytes>;

/// The bytes themselves.
[[nodiscard]] std::string bytesOf(const Data &data);
[[nodiscard]] std::uint64_t sizeOf(const Data &data);

} // namespace recvscope::scenario
