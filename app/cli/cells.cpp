#include "cli/cells.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace recvscope::cli {

namespace {

std::uint64_t lengthOf(const std::vector<Piece> &pieces)
{
    return std::accumulate(pieces.begin(), pieces.end(), std::uint64_t{0},
                           [](std::uint64_t sum, const Piece &piece) { return sum + piece.length; });
}

std::string repeated(std::string_view cell, std::size_t times)
{
    std::string text;
    for (std::size_t i = 0; i < times; ++i)
        text += cell;
    return text;
}

std::string characters(const Piece &piece)
{
    std::string text;
    for (std::uint64_t i = 0; i < piece.length; ++i)
        text += i < piece.bytes.size() ? cellOf(static_cast<unsigned char>(piece.bytes[i])) : "?";
    return text;
}

/// The column of a bar of @p columns at which @p bytes of @p total end.
std::size_t columnAt(std::uint64_t bytes, std::uint64_t total, std::size_t columns)
{
    return total == 0
               ? 0
               : static_cast<std::size_t>(
                     static_cast<double>(bytes) / static_cast<double>(total) * static_cast<double>(columns) + 0.5);
}

} // namespace

std::vector<Piece> piecesOf(const trace::Story &story, const trace::SocketMoment &socket,
                            const std::vector<trace::Run> &runs)
{
    std::vector<Piece> pieces;
    for (const trace::Run &run : runs) {
        const std::size_t send = run.send < socket.sends.size() ? socket.sends[run.send].number : run.send;
        pieces.push_back({send, run.length, trace::bytesOf(story, socket, run)});
    }
    return pieces;
}

std::string cellOf(unsigned char byte)
{
    if (byte == ' ')
        return "␣";
    if (byte == '\n')
        return "↵";
    if (byte > ' ' && byte < 0x7F)
        return std::string(1, static_cast<char>(byte));
    return "□";
}

bool fitsAsCharacters(const std::vector<Piece> &pieces, std::uint64_t room, std::size_t columns)
{
    return lengthOf(pieces) + room + 2 <= columns;
}

std::string row(const std::vector<Piece> &pieces, std::uint64_t room, std::size_t columns, const Paint &paint)
{
    std::string text = "[";
    if (fitsAsCharacters(pieces, room, columns)) {
        for (const Piece &piece : pieces)
            text += paint.onSend(piece.send, characters(piece));
        return text + paint(Ink::Dim, repeated("·", static_cast<std::size_t>(room))) + "]";
    }
    const std::uint64_t total = lengthOf(pieces) + room;
    const std::size_t width = columns > 2 ? columns - 2 : 1;
    std::uint64_t done = 0;
    std::size_t column = 0;
    for (const Piece &piece : pieces) {
        done += piece.length;
        const std::size_t end = columnAt(done, total, width);
        const std::string digit = std::to_string((piece.send + 1) % 10);
        text += paint.onSend(piece.send, repeated(digit, end - column));
        column = end;
    }
    return text + paint(Ink::Dim, repeated("·", width - column)) + "]";
}

std::string sendsOf(const std::vector<Piece> &pieces)
{
    std::set<std::size_t> sends;
    for (const Piece &piece : pieces)
        sends.insert(piece.send + 1);
    if (sends.empty())
        return {};
    const std::string first = std::to_string(*sends.begin());
    const std::string last = std::to_string(*sends.rbegin());
    if (sends.size() == 1)
        return "send " + first;
    return "sends " + first + (sends.size() == 2 ? " and " : " to ") + last;
}

} // namespace recvscope::cli
