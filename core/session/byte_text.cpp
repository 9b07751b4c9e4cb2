#include "session/byte_text.h"

#include "native/provider.h"
#include "wsk/types.h"
#include "wsp/types.h"

#include <array>
#include <span>
#include <utility>

namespace recvscope::session {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

void appendHex(std::string &out, char byte)
{
    const auto value = static_cast<unsigned char>(byte);
    out += digits[value >> 4U];
    out += digits[value & 0xFU];
}

} // namespace

std::string escaped(std::string_view bytes)
{
    std::string out;
    for (const char byte : bytes) {
        if (byte == '\n')
            out += "\\n";
        else if (byte == '\r')
            out += "\\r";
        else if (byte == '\t')
            out += "\\t";
        else if (byte == '\\' || byte == '"')
            (out += '\\') += byte;
        else if (byte >= 0x20 && byte < 0x7F)
            out += byte;
        else
            appendHex(out += "\\x", byte);
    }
    return out;
}

std::string quoted(std::string_view bytes, std::size_t limit)
{
    std::string out = '"' + escaped(bytes.substr(0, limit)) + '"';
    if (bytes.size() > limit)
        out += " and " + countedBytes(bytes.size() - limit) + " more";
    return out;
}

std::string hex(std::string_view bytes)
{
    std::string out;
    out.reserve(2 * bytes.size());
    for (const char byte : bytes)
        appendHex(out, byte);
    return out;
}

namespace {

std::string namesOf(std::uint32_t flags, std::span<const std::pair<std::uint32_t, std::string_view>> known)
{
    std::string out;
    for (const auto &[bit, name] : known) {
        if ((flags & bit) == 0)
            continue;
        out += out.empty() ? "" : "|";
        out += name;
        flags &= ~bit;
    }
    if (flags != 0)
        out += (out.empty() ? "" : "|") + std::to_string(flags);
    return out.empty() ? "0" : out;
}

} // namespace

std::string flagNames(std::uint32_t flags)
{
    static constexpr std::array<std::pair<std::uint32_t, std::string_view>, 6> known = {{
        {wsp::msg::Oob, "MSG_OOB"},
        {wsp::msg::Peek, "MSG_PEEK"},
        {wsp::msg::WaitAll, "MSG_WAITALL"},
        {wsp::msg::PushImmediate, "MSG_PUSH_IMMEDIATE"},
        {native::flag::Truncated, "MSG_TRUNC"},
        {wsp::msg::Partial, "MSG_PARTIAL"},
    }};
    return namesOf(flags, known);
}

std::string kernelFlagNames(std::uint32_t flags)
{
    static constexpr std::array<std::pair<std::uint32_t, std::string_view>, 2> known = {{
        {wsk::flag::WaitAll, "WSK_FLAG_WAITALL"},
        {wsk::flag::Drain, "WSK_FLAG_DRAIN"},
    }};
    return namesOf(flags, known);
}

std::string statusName(Status status, std::string_view verb)
{
    return status == Status::Success && verb.starts_with("wsk.") ? "STATUS_SUCCESS" : std::string(nameOf(status));
}

std::string countedBytes(std::uint64_t count)
{
    return std::to_string(count) + (count == 1 ? " byte" : " bytes");
}

} // namespace recvscope::session
