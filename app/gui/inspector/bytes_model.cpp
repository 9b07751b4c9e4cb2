#include "gui/inspector/bytes_model.h"

#include "gui/shown.h"
#include "gui/words.h"

#include <QStringList>

#include <algorithm>

namespace recvscope::gui::inspector {

using namespace Qt::StringLiterals;

QString ByteRow::plain() const
{
    if (!label.isEmpty())
        return label;
    if (!note.isEmpty())
        return offset + u"  "_s + note;
    QStringList hex;
    QString text;
    for (const ByteText &byte : bytes) {
        hex << byte.hex;
        text += byte.character;
    }
    return offset + u"  "_s + hex.join(u' ') + u"  "_s + text;
}

BytesModel::BytesModel(const trace::Story &story, const trace::SocketMoment &socket,
                       const trace::ReceiveMoment &receive, std::uint64_t perRow)
    : m_story(&story), m_buffers(receive.buffers), m_perRow(std::max<std::uint64_t>(perRow, 1))
{
    m_socket.id = socket.id;
    m_socket.sends = socket.sends;
    const std::string_view word = bufferWord(socket, receive);
    m_word = QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
    std::uint64_t offset = 0;
    for (const trace::BufferMoment &buffer : m_buffers) {
        m_parts.push_back({m_rows, offset});
        m_rows += 1 + (buffer.filled + m_perRow - 1) / m_perRow;
        offset += buffer.filled;
    }
}

ByteRow BytesModel::row(std::uint64_t index) const
{
    if (index >= m_rows)
        return {};
    const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), index,
                                        [](std::uint64_t row, const Part &part) { return row < part.firstRow; });
    const auto number = static_cast<std::size_t>(after - m_parts.begin() - 1);
    const trace::BufferMoment &buffer = m_buffers[number];
    ByteRow row;
    if (index == m_parts[number].firstRow) {
        row.label = m_word + u"[%1]   %2 of %3"_s.arg(number).arg(grouped(buffer.filled), grouped(buffer.size));
        return row;
    }
    const std::uint64_t begin = (index - m_parts[number].firstRow - 1) * m_perRow;
    const std::uint64_t end = std::min(begin + m_perRow, buffer.filled);
    row.offset = QString::number(m_parts[number].offset + begin, 16).toUpper().rightJustified(4, u'0');
    std::uint64_t at = 0; // of the run within the buffer
    for (const trace::Run &run : buffer.runs) {
        const std::uint64_t from = std::max(begin, at);
        const std::uint64_t to = std::min(end, at + run.length);
        if (from < to) {
            const std::string kept =
                trace::bytesOf(*m_story, m_socket, {run.send, run.offset + (from - at), to - from});
            const std::uint32_t send = run.send < m_socket.sends.size() ? m_socket.sends[run.send].number : run.send;
            for (std::uint64_t i = 0; i < to - from; ++i)
                row.bytes.push_back(i < kept.size() ? ByteText{cellText(static_cast<unsigned char>(kept[i]), true),
                                                               plainText(std::span(&kept[i], 1)), send}
                                                    : ByteText{u"··"_s, u" "_s, send, false});
        }
        at += run.length;
        if (at >= end)
            break;
    }
    if (std::none_of(row.bytes.begin(), row.bytes.end(), [](const ByteText &byte) { return byte.kept; })) {
        row.bytes.clear();
        row.note = u"not kept in the trace"_s;
    }
    return row;
}

} // namespace recvscope::gui::inspector
