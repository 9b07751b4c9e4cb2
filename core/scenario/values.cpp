#include "scenario/values.h"

#include "scenario/flags.h"
#include "scenario/words.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace recvscope::scenario {

namespace {

constexpr FlagSet allFlagSets[] = {FlagSet::Winsock, FlagSet::Wsk, FlagSet::Native};

std::optional<unsigned> hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f')
        return static_cast<unsigned>(c - 'a' + 10);
    if (c >= 'A' && c <= 'F')
        return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

HexBytes readHex(Reading &reading, const Node &node)
{
    HexBytes hex;
    std::string digits;
    for (const char c : node.text)
        if (c != ' ' && c != '\n')
            digits += c;
    bool valid = node.isScalar() && digits.size() % 2 == 0;
    for (std::size_t i = 0; valid && i < digits.size(); i += 2) {
        const auto high = hexDigit(digits[i]);
        const auto low = hexDigit(digits[i + 1]);
        valid = high && low;
        if (valid)
            hex.bytes += static_cast<char>(*high << 4 | *low);
    }
    if (!valid)
        reading.refuse(node, "bytes as pairs of hexadecimal digits, such as \"68 65 6c\"");
    return hex;
}

FileBytes readFile(Reading &reading, const Node &node)
{
    FileBytes file{readText(reading, node, "the path of a file in the scenario's folder"), {}};
    if (reading.failed())
        return file;
    const std::filesystem::path path(file.path);
    if (path.is_absolute() || file.path.find('\0') != std::string::npos) {
        reading.refuse(node.place, "the path " + node.describe() + " must be relative to the scenario's folder.");
        return file;
    }
    // Links are followed before it is judged: one that leads outside is outside.
    std::error_code error;
    const auto folder = std::filesystem::weakly_canonical(reading.folder().empty() ? "." : reading.folder(), error);
    const auto target = std::filesystem::weakly_canonical(folder / path, error);
    const auto inside = target.lexically_relative(folder);
    if (error || inside.empty() || *inside.begin() == "..") {
        reading.refuse(node.place, "the path " + node.describe() +
                                       " leaves the scenario's folder; files may be used from "
                                       "inside it only.");
        return file;
    }
    if (!std::filesystem::is_regular_file(target, error)) {
        reading.refuse(node.place, "there is no file " + node.describe() + " in the scenario's folder.");
        return file;
    }
    if (std::filesystem::file_size(target, error) > ReadLimits::bytes || error) {
        reading.refuse(node.place, "the file " + node.describe() + " is larger than " +
                                       std::to_string(ReadLimits::bytes / 1024) + " KiB; that is the limit.");
        return file;
    }
    std::ifstream stream(target, std::ios::binary);
    file.bytes.assign(std::istreambuf_iterator<char>(stream), {});
    if (!stream)
        reading.refuse(node.place, "the file " + node.describe() + " cannot be read.");
    return file;
}

Buffer readBuffer(Reading &reading, const Node &node)
{
    Buffer buffer;
    if (node.isScalar()) {
        buffer.size = readNumber(reading, node, largestBuffer);
        return buffer;
    }
    const Fields fields(reading, node, grammar::buffer());
    if (fields.has("size") == fields.has("invalid"))
        reading.refuse(node.place,
                       "a buffer is a size, {size: n, count: n}, or {invalid: n} for memory that may not be "
                       "written.");
    buffer.invalid = fields.has("invalid");
    buffer.size = fields.number(buffer.invalid ? "invalid" : "size", largestBuffer);
    buffer.count = fields.number("count", mostBuffers, 1);
    if (buffer.count == 0)
        reading.refuse(node.place, "a buffer's count is at least 1.");
    return buffer;
}

/// A flag that only another interface has, and what stands for it here.
std::string hintOf(std::string_view name, FlagSet set)
{
    const bool known = std::any_of(std::begin(allFlagSets), std::end(allFlagSets), [&](FlagSet each) {
        return std::any_of(flagsIn(each).begin(), flagsIn(each).end(),
                           [&](const auto &flag) { return flag.first == name; });
    });
    if (!known)
        return {};
    std::string hint = "the flag " + std::string(name) + " is of another interface";
    if (set == FlagSet::Wsk)
        return hint + ": WskReceive takes WSK_FLAG_WAITALL (0x2) and WSK_FLAG_DRAIN (0x4).";
    if (set == FlagSet::Native)
        return hint + ": the platform's own receive takes MSG_PEEK and MSG_WAITALL here.";
    return hint + ": WSPRecv takes MSG_… flags" + (name == "WSK_FLAG_WAITALL" ? ", such as MSG_WAITALL." : ".");
}

std::uint32_t flagOf(Reading &reading, const Node &node, FlagSet set)
{
    std::vector<std::string_view> names;
    for (const auto &[name, bit] : flagsIn(set)) {
        if (node.isScalar() && node.text == name)
            return bit;
        names.push_back(name);
    }
    if (const auto number = node.isScalar() ? numberIn(node.text) : std::nullopt; number && *number <= 0xFFFF'FFFFU)
        return static_cast<std::uint32_t>(*number);
    if (const std::string hint = node.isScalar() ? hintOf(node.text, set) : std::string(); !hint.empty())
        reading.refuse(node.place, hint);
    else
        reading.refuse(node, "a receive flag (" + oneOf(names) + ") or 0",
                       node.isScalar() ? nearestWord(node.text, names) : std::string());
    return 0;
}

} // namespace

Data readData(Reading &reading, const Node &node)
{
    if (node.isScalar())
        return TextBytes{node.text};
    if (node.kind == Node::Kind::List || node.keys.size() != 1) {
        reading.refuse(node, "bytes: text, {hex: \"68 65\"}, {random: {size: n, seed: n}} or {file: name}");
        return {};
    }
    const Fields fields(reading, node, grammar::data());
    if (const Node *hex = fields.find("hex"))
        return readHex(reading, *hex);
    if (const Node *file = fields.find("file"))
        return readFile(reading, *file);
    if (const Node *random = fields.find("random")) {
        const Fields inner(reading, *random, grammar::random());
        return RandomBytes{inner.number("size", largestData), inner.number("seed", 0xFFFF'FFFFU, 1)};
    }
    return {};
}

std::vector<Buffer> readBuffers(Reading &reading, const Node &node)
{
    std::vector<Buffer> buffers;
    if (node.kind != Node::Kind::List) {
        reading.refuse(node, "a list of buffer sizes, such as [8, 8]");
        return buffers;
    }
    std::uint64_t count = 0;
    std::uint64_t total = 0;
    for (const Node &item : node.values) {
        buffers.push_back(readBuffer(reading, item));
        count += buffers.back().count;
        total += std::uint64_t{buffers.back().count} * buffers.back().size;
    }
    if (count > mostBuffers)
        reading.refuse(node.place, "one call takes " + std::to_string(mostBuffers) + " buffers at most here.");
    if (total > largestData)
        reading.refuse(node.place, "one call's buffers hold " + std::to_string(largestData) + " bytes at most here.");
    return buffers;
}

std::uint32_t readFlags(Reading &reading, const Node &node, FlagSet set)
{
    std::uint32_t flags = 0;
    for (const Node &item : itemsOf(node))
        if (!reading.failed())
            flags |= flagOf(reading, item, set);
    return flags;
}

Status readStatus(Reading &reading, const Node &node)
{
    if (const auto status = node.isScalar() ? statusNamed(node.text) : std::nullopt)
        return *status;
    std::vector<std::string_view> names;
    for (auto each = Status::Success; each <= Status::NtNoSuchDevice;
         each = static_cast<Status>(static_cast<std::uint16_t>(each) + 1))
        names.push_back(nameOf(each));
    reading.refuse(node, "0 or the name of a status, such as WSA_IO_PENDING",
                   node.isScalar() ? nearestWord(node.text, names) : std::string());
    return Status::Success;
}

std::vector<RuleId> readRules(Reading &reading, const Node &node)
{
    std::vector<RuleId> rules;
    for (const Node &item : itemsOf(node)) {
        if (reading.failed())
            break;
        const auto rule = item.isScalar() ? ruleNamed(item.text) : std::nullopt;
        if (rule) {
            rules.push_back(*rule);
            continue;
        }
        std::vector<std::string_view> names;
        for (const Rule &each : allRules())
            names.push_back(each.name);
        reading.refuse(item, "the id of a rule, such as wsp.complete.pending",
                       item.isScalar() ? nearestWord(item.text, names) : std::string());
    }
    return rules;
}

std::vector<std::string> readNames(Reading &reading, const Node &node)
{
    std::vector<std::string> names;
    for (const Node &item : itemsOf(node))
        names.push_back(readName(reading, item));
    return names;
}

} // namespace recvscope::scenario
