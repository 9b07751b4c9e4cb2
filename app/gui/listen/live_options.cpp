#include "gui/listen/live_options.h"

#include "net/address.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace recvscope::gui {

namespace {

constexpr std::uint64_t largestBuffer = std::uint64_t{16} << 20;
constexpr std::size_t mostBuffers = 64;

Error bufferError(const QString &part, const QString &why)
{
    return {"read the buffer sizes", part.toStdString(), why.toStdString(), 0};
}

std::uint64_t unitOf(const QString &unit)
{
    const QString letter = unit.left(1).toLower();
    return letter == QLatin1String("k") ? 1024 : letter == QLatin1String("m") ? 1024 * 1024 : 1;
}

QString sizeText(std::uint64_t bytes)
{
    constexpr std::uint64_t kibi = 1024, mebi = kibi * kibi;
    if (bytes >= mebi && bytes % mebi == 0)
        return QStringLiteral("%1 MiB").arg(bytes / mebi);
    if (bytes >= kibi && bytes % kibi == 0)
        return QStringLiteral("%1 KiB").arg(bytes / kibi);
    return QString::number(bytes);
}

} // namespace

QString addressText(const QString &host, std::uint16_t port)
{
    const QString pattern = host.contains(QLatin1Char(':')) ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2");
    return pattern.arg(host.trimmed()).arg(port);
}

bool reachedFromThisMachineAlone(const QString &host)
{
    const auto address = net::Address::parse(addressText(host, 1).toStdString());
    return address.ok() && address->isLoopback();
}

Result<std::vector<std::uint32_t>> parseBuffers(const QString &text)
{
    static const QRegularExpression form(QStringLiteral(R"(^(?:(\d+)\s*[x×*]\s*)?(\d+)\s*(b|k|kb|kib|m|mb|mib)?$)"),
                                         QRegularExpression::CaseInsensitiveOption);
    std::vector<std::uint32_t> sizes;
    for (const QString &part : text.split(QRegularExpression(QStringLiteral("[,;]")))) {
        const auto match = form.match(part.trimmed());
        if (!match.hasMatch())
            return bufferError(
                part.trimmed(),
                QStringLiteral("write sizes in bytes with commas between, such as 8, 8 or 4 KiB or 3 x 16"));
        const std::uint64_t count =
            match.captured(1).isEmpty() ? 1 : match.captured(1).toULongLong(); // 0 when too large
        bool fits = false;
        const std::uint64_t number = match.captured(2).toULongLong(&fits);
        const std::uint64_t unit = unitOf(match.captured(3));
        if (!fits || number > largestBuffer / unit)
            return bufferError(part.trimmed(), QStringLiteral("a buffer holds at most 16 MiB"));
        if (count == 0 || sizes.size() + count > mostBuffers)
            return bufferError(part.trimmed(), QStringLiteral("a receive takes 1 to 64 buffers here"));
        sizes.insert(sizes.end(), static_cast<std::size_t>(count), static_cast<std::uint32_t>(number * unit));
    }
    if (std::all_of(sizes.begin(), sizes.end(), [](std::uint32_t size) { return size == 0; }))
        return bufferError(text.trimmed(),
                           QStringLiteral("at least one buffer must hold a byte, or nothing is ever received"));
    return sizes;
}

QString buffersText(const std::vector<std::uint32_t> &buffers)
{
    QStringList parts;
    for (const std::uint32_t size : buffers)
        parts.push_back(sizeText(size));
    return parts.join(QStringLiteral(", "));
}

QString consumeText(std::uint64_t bytesPerSecond)
{
    if (bytesPerSecond == 0)
        return QStringLiteral("as fast as it can");
    return sizeText(bytesPerSecond) + (bytesPerSecond < 1024 ? QStringLiteral(" B/s") : QStringLiteral("/s"));
}

const std::vector<std::uint64_t> &consumeSpeeds()
{
    static const std::vector<std::uint64_t> speeds = {
        1, 4, 16, 64, 256, 1024, 16 * 1024, 256 * 1024, 1024 * 1024, 16 * 1024 * 1024, 0};
    return speeds;
}

} // namespace recvscope::gui
