#include "gui/words.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

namespace recvscope::gui {

namespace {
constexpr std::uint64_t kibi = 1024;
constexpr std::uint64_t exactBelow = 10'000;
constexpr std::size_t sizesListed = 4;
constexpr QChar middleDot(0x00B7);

using FlagName = std::pair<std::uint32_t, QString>;

QString flagWords(std::uint32_t flags, std::span<const FlagName> names)
{
    if (flags == 0)
        return QStringLiteral("0");
    QStringList words;
    for (const auto &[bit, name] : names)
        if ((flags & bit) != 0) {
            words << name;
            flags &= ~bit;
        }
    if (flags != 0)
        words << QStringLiteral("0x") + QString::number(flags, 16).toUpper();
    return words.join(QStringLiteral(" | "));
}

} // namespace

QString grouped(std::uint64_t number)
{
    QString text = QString::number(number);
    for (qsizetype at = text.size() - 3; at > 0; at -= 3)
        text.insert(at, QLatin1Char(','));
    return text;
}

QString byteCount(std::uint64_t bytes)
{
    return bytes == 1 ? QStringLiteral("1 byte") : grouped(bytes) + QStringLiteral(" bytes");
}

QString shortSize(std::uint64_t bytes)
{
    static const std::array units = {QStringLiteral("B"), QStringLiteral("KiB"), QStringLiteral("MiB"),
                                     QStringLiteral("GiB"), QStringLiteral("TiB")};
    std::size_t unit = 0;
    std::uint64_t scale = 1;
    while (unit + 1 < units.size() && bytes / scale >= kibi && (bytes % (scale * kibi) == 0 || bytes >= exactBelow)) {
        scale *= kibi;
        ++unit;
    }
    if (bytes % scale == 0)
        return grouped(bytes / scale) + QLatin1Char(' ') + units[unit];
    return QString::number(static_cast<double>(bytes) / static_cast<double>(scale), 'f', 1) + QLatin1Char(' ') +
           units[unit];
}

QString clockTime(Nanoseconds time)
{
    constexpr Nanoseconds second = 1'000'000'000;
    const double value = static_cast<double>(time);
    return time < second ? QString::number(value / 1e6, 'f', 3) + QStringLiteral(" ms")
                         : QString::number(value / 1e9, 'f', 3) + QStringLiteral(" s");
}

QString cellText(unsigned char byte, bool hex)
{
    if (!hex) {
        if (byte == ' ')
            return middleDot;
        if (byte == '\n')
            return QChar(0x21B5); // ↵
        if (byte > ' ' && byte < 0x7F)
            return QChar(QLatin1Char(static_cast<char>(byte)));
    }
    return QStringLiteral("%1").arg(byte, 2, 16, QLatin1Char('0')).toUpper();
}

QString plainText(std::span<const char> bytes)
{
    QString text;
    text.reserve(static_cast<qsizetype>(bytes.size()));
    for (const char byte : bytes)
        text += byte > ' ' && byte < 0x7F ? QChar(QLatin1Char(byte)) : middleDot;
    return text;
}

QString receiveFlags(std::uint32_t flags)
{
    static const std::array<FlagName, 5> names = {{{0x1, QStringLiteral("MSG_OOB")},
                                                   {0x2, QStringLiteral("MSG_PEEK")},
                                                   {0x8, QStringLiteral("MSG_WAITALL")},
                                                   {0x20, QStringLiteral("MSG_PUSH_IMMEDIATE")},
                                                   {0x8000, QStringLiteral("MSG_PARTIAL")}}};
    return flagWords(flags, names);
}

QString kernelFlags(std::uint32_t flags)
{
    static const std::array<FlagName, 2> names = {
        {{0x2, QStringLiteral("WSK_FLAG_WAITALL")}, {0x4, QStringLiteral("WSK_FLAG_DRAIN")}}};
    return flagWords(flags, names);
}

QString statusName(Status status)
{
    const std::string_view name = nameOf(status);
    return QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size()));
}

QString kernelStatus(Status status)
{
    return status == Status::Success ? QStringLiteral("STATUS_SUCCESS") : statusName(status);
}

QString levelName(std::uint8_t level)
{
    static const std::array names = {QStringLiteral("PASSIVE_LEVEL"), QStringLiteral("APC_LEVEL"),
                                     QStringLiteral("DISPATCH_LEVEL")};
    return level < names.size() ? names[level] : QStringLiteral("IRQL %1").arg(level);
}

QString statusNumber(Status status)
{
    const std::uint32_t number = numberOf(status);
    return familyOf(status) == StatusFamily::Nt ? QStringLiteral("0x") + QString::number(number, 16).toUpper()
                                                : QString::number(number);
}

QString sizeList(std::span<const std::uint64_t> sizes)
{
    QStringList words;
    const auto written = [](std::uint64_t size) {
        return size >= 4 * kibi && size % kibi == 0 ? shortSize(size) : grouped(size);
    };
    if (sizes.size() > sizesListed &&
        std::all_of(sizes.begin(), sizes.end(), [&](auto size) { return size == sizes[0]; }))
        return QStringLiteral("%1 × %2").arg(sizes.size()).arg(written(sizes[0]));
    for (const std::uint64_t size : sizes.first(std::min(sizes.size(), sizesListed)))
        words << written(size);
    if (sizes.size() > sizesListed)
        return words.join(QStringLiteral(", ")) + QStringLiteral(", … %1 in all").arg(sizes.size());
    return words.join(QStringLiteral(", "));
}

} // namespace recvscope::gui
