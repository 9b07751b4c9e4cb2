#include "cli/text.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace recvscope::cli {

namespace {

constexpr std::array<std::string_view, 7> inkCodes = {"", "1", "2", "36", "32", "33", "31"};

/// Fills of the xterm palette that stay apart for colour-blind readers and carry black characters.
constexpr std::array<std::string_view, 8> sendFills = {"117", "215", "115", "218", "228", "147", "188", "180"};

std::size_t distance(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

} // namespace

std::string Paint::operator()(Ink ink, std::string_view text) const
{
    if (!m_colour || ink == Ink::Plain || text.empty())
        return std::string(text);
    return "\x1b[" + std::string(inkCodes[static_cast<std::size_t>(ink)]) + "m" + std::string(text) + "\x1b[0m";
}

std::string Paint::onSend(std::size_t send, std::string_view text) const
{
    if (!m_colour || text.empty())
        return std::string(text);
    return "\x1b[38;5;16;48;5;" + std::string(sendFills[send % sendFills.size()]) + "m" + std::string(text) + "\x1b[0m";
}

std::size_t columnsOf(std::string_view text)
{
    std::size_t columns = 0;
    bool inEscape = false;
    for (const char c : text) {
        if (inEscape)
            inEscape = c != 'm';
        else if (c == '\x1b')
            inEscape = true;
        else if ((static_cast<unsigned char>(c) & 0xC0U) != 0x80U)
            ++columns;
    }
    return columns;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns)
{
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = text.find_first_not_of(" \n\t", at);
        if (begin == std::string_view::npos)
            break;
        const std::size_t end = std::min(text.find_first_of(" \n\t", begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        if (!lines.back().empty() && columnsOf(lines.back()) + 1 + columnsOf(word) > columns)
            lines.emplace_back();
        if (!lines.back().empty())
            lines.back() += ' ';
        lines.back() += word;
        at = end;
    }
    return lines;
}

std::string paragraph(std::string_view text, std::size_t columns, std::size_t indent)
{
    std::string out;
    for (const std::string &line : wrapped(text, columns > indent ? columns - indent : 1)) {
        if (!out.empty())
            out += '\n' + std::string(indent, ' ');
        out += line;
    }
    return out;
}

std::string padded(std::string_view text, std::size_t columns)
{
    const std::size_t taken = columnsOf(text);
    return std::string(text) + std::string(columns > taken ? columns - taken : 0, ' ');
}

std::string grouped(std::uint64_t number)
{
    std::string digits = std::to_string(number);
    for (std::size_t place = digits.size(); place > 3; place -= 3)
        digits.insert(place - 3, 1, ',');
    return digits;
}

std::string count(std::uint64_t number, std::string_view singular, std::string_view plural)
{
    if (number == 1)
        return "1 " + std::string(singular);
    return grouped(number) + ' ' + (plural.empty() ? std::string(singular) + 's' : std::string(plural));
}

std::string_view nearest(std::string_view misspelt, const std::vector<std::string_view> &known)
{
    std::string_view best;
    std::size_t bestDistance = std::max<std::size_t>(2, misspelt.size() / 3) + 1;
    for (const std::string_view name : known)
        if (const std::size_t d = distance(misspelt, name); d < bestDistance) {
            best = name;
            bestDistance = d;
        }
    return best;
}

} // namespace recvscope::cli
