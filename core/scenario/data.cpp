#include "scenario/data.h"

namespace recvscope::scenario {

namespace {

/// A fixed generator (xorshift, 64 bits), since the standard library's differ between systems in how they are drawn
/// from.
std::string randomBytes(const RandomBytes &random)
{
    std::string bytes(random.size, '\0');
    std::uint64_t state = (std::uint64_t{random.seed} << 32 | 0x9E37'79B9U) ^ 0x2545'F491'4F6C'DD1DU;
    for (char &byte : bytes) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        byte = static_cast<char>(state >> 56);
    }
    return bytes;
}

} // namespace

std::string bytesOf(const Data &data)
{
    if (const auto *text = std::get_if<TextBytes>(&data))
        return text->bytes;
    if (const auto *hex = std::get_if<HexBytes>(&data))
        return hex->bytes;
    if (const auto *file = std::get_if<FileBytes>(&data))
        return file->bytes;
    return randomBytes(std::get<RandomBytes>(data));
}

std::uint64_t sizeOf(const Data &data)
{
    if (const auto *random = std::get_if<RandomBytes>(&data))
        return random->size;
    return bytesOf(data).size();
}

} // namespace recvscope::scenario
