// The bytes of a receive as rows to scroll through: offset, hex and text, under the WSABUF they stand in.
//
// Rows are made when asked for, so that a receive of many megabytes costs what is visible.
// Threads: a value; belongs to one thread, with the story it was made from.

#pragma once

#include "trace/moment.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace recvscope::gui::inspector {

struct ByteText {
    QString hex;            ///< "6F"; two middle dots where the trace kept no payload
    QString character;      ///< one; a middle dot for what has none
    std::uint32_t send = 0; ///< counts the socket's sends from 0: its colour
    bool kept = true;       ///< false: the trace has no payload for it

    friend bool operator==(const ByteText &, const ByteText &) = default;
};

struct ByteRow {
    QString label;  ///< "WSABUF[0]   4 of 4", a row of its own; empty for bytes
    QString offset; ///< "0004", in hex, of the row's first byte within the receive
    std::vector<ByteText> bytes;
    QString note{}; ///< instead of bytes, where the trace kept none of the row

    /// As it is copied: "0004  6F 20  o·".
    [[nodiscard]] QString plain() const;
    friend bool operator==(const ByteRow &, const ByteRow &) = default;
};

class BytesModel {
public:
    BytesModel() = default;
    /// @param perRow bytes in a row, at least 1
    BytesModel(const trace::Story &story, const trace::SocketMoment &socket, const trace::ReceiveMoment &receive,
               std::uint64_t perRow);

    [[nodiscard]] std::uint64_t rowCount() const { return m_rows; }
    [[nodiscard]] ByteRow row(std::uint64_t index) const;
    [[nodiscard]] std::uint64_t perRow() const { return m_perRow; }

private:
    struct Part {
        std::uint64_t firstRow = 0; ///< that of its label
        std::uint64_t offset = 0;   ///< of its first byte within the receive
    };

    const trace::Story *m_story = nullptr;
    trace::SocketMoment m_socket; ///< its sends; the rest is left out
    std::vector<trace::BufferMoment> m_buffers;
    std::vector<Part> m_parts;
    QString m_word = QStringLiteral("WSABUF"); ///< what its interface calls a buffer
    std::uint64_t m_rows = 0;
    std::uint64_t m_perRow = 8;
};

} // namespace recvscope::gui::inspector
