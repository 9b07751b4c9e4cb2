#include "scenario/yaml_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace recvscope::scenario {

namespace {

/// One character of UTF-8 text.
struct Character {
    std::uint32_t code = 0;
    std::size_t length = 0; ///< bytes; 0: this is not UTF-8
};

Character characterAt(std::string_view text, std::size_t at)
{
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t first = byte(at);
    if (first < 0x80)
        return {first, 1};
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > text.size())
        return {};
    std::uint32_t code = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0U) != 0x80U)
            return {};
        code = code << 6 | (byte(at + i) & 0x3FU);
    }
    constexpr std::array<std::uint32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x1'0000};
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (code < smallest[length] || code > 0x10'FFFF || surrogate)
        return {};
    return {code, length};
}

/// May it stand in a YAML text as it is? (Line separators may, but would be folded away.)
bool standsAsItIs(std::uint32_t code)
{
    return (code >= 0x20 && code < 0x7F) || (code >= 0xA0 && code <= 0xD7FF && code != 0x2028 && code != 0x2029) ||
           (code >= 0xE000 && code <= 0xFFFD && code != 0xFEFF) || code >= 0x1'0000;
}

std::string escaped(std::uint32_t code)
{
    std::array<char, 16> text{};
    if (code == '"' || code == '\\')
        return {'\\', static_cast<char>(code)};
    if (code == '\n')
        return "\\n";
    if (code == '\t')
        return "\\t";
    std::snprintf(text.data(), text.size(), code <= 0xFF ? "\\x%02X" : code <= 0xFFFF ? "\\u%04X" : "\\U%08X", code);
    return text.data();
}

/// The inside of a double-quoted scalar.
std::string inQuotes(std::string_view text)
{
    std::string quoted;
    for (std::size_t at = 0; at < text.size();) {
        const Character each = characterAt(text, at);
        const std::size_t length = std::max<std::size_t>(each.length, 1);
        if (standsAsItIs(each.code) && each.code != '"' && each.code != '\\')
            quoted += text.substr(at, length);
        else
            quoted += escaped(each.code);
        at += length;
    }
    return quoted;
}

/// Words of other meaning in YAML, or in this language.
bool isReserved(std::string_view text)
{
    constexpr std::array<std::string_view, 12> reserved = {"true", "false", "null", "yes", "no", "on",
                                                           "off",  "True",  "Null", "Yes", "No", "untouched"};
    return std::find(reserved.begin(), reserved.end(), text) != reserved.end();
}

bool isPlain(std::string_view text)
{
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || isReserved(text))
        return false;
    if (std::all_of(text.begin(), text.end(), isDigit))
        return true;
    return isLetter(text.front()) && std::all_of(text.begin(), text.end(), [&](char c) {
               return isLetter(c) || isDigit(c) || c == '-' || c == '.';
           });
}

} // namespace

bool isText(std::string_view bytes)
{
    for (std::size_t at = 0; at < bytes.size();) {
        const Character each = characterAt(bytes, at);
        if (each.length == 0)
            return false;
        at += each.length;
    }
    return true;
}

std::string scalar(std::string_view text)
{
    return isPlain(text) ? std::string(text) : '"' + inQuotes(text) + '"';
}

std::string foldedScalar(std::string_view text, std::size_t width, std::size_t indent)
{
    const std::string quoted = inQuotes(text);
    std::string folded = "\"";
    std::size_t lineStart = 0;
    std::size_t lastBreak = std::string::npos;
    // A line break inside quotes reads as one space, if no other space stands beside it.
    for (std::size_t at = 0; at < quoted.size(); ++at) {
        const bool single = quoted[at] == ' ' && at > 0 && at + 1 < quoted.size() && quoted[at - 1] != ' ' &&
                            quoted[at + 1] != ' ' && quoted[at - 1] != '\\';
        if (at - lineStart >= width && lastBreak != std::string::npos) {
            folded += quoted.substr(lineStart, lastBreak - lineStart) + '\n' + std::string(indent, ' ');
            lineStart = lastBreak + 1;
            lastBreak = std::string::npos;
        }
        if (single && at > lineStart)
            lastBreak = at;
    }
    return folded + quoted.substr(lineStart) + '"';
}

std::string hexPairs(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char each : bytes) {
        if (!text.empty())
            text += ' ';
        text += digits[static_cast<unsigned char>(each) >> 4];
        text += digits[static_cast<unsigned char>(each) & 0xF];
    }
    return text;
}

} // namespace recvscope::scenario
