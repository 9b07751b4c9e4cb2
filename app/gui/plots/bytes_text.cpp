#include "gui/plots/bytes_text.h"

#include <QLocale>

#include <array>

namespace recvscope::gui {

QString bytesText(std::uint64_t bytes)
{
    static constexpr std::array units = {"KiB", "MiB", "GiB", "TiB"};
    if (bytes < 1024)
        return QStringLiteral("%1 B").arg(bytes);
    double value = static_cast<double>(bytes);
    std::size_t unit = 0;
    for (value /= 1024; value >= 1023.95 && unit + 1 < units.size(); value /= 1024)
        ++unit;
    const QString number = QString::number(value, 'f', value < 9.995 ? 2 : value < 99.95 ? 1 : 0);
    QString trimmed = number;
    while (trimmed.contains(u'.') && (trimmed.endsWith(u'0') || trimmed.endsWith(u'.')))
        trimmed.chop(1);
    return QStringLiteral("%1 %2").arg(trimmed, QLatin1String(units[unit]));
}

QString bytesInWords(std::uint64_t bytes)
{
    return bytes == 1 ? QStringLiteral("1 byte")
                      : QStringLiteral("%1 bytes").arg(QLocale(QLocale::English).toString(qulonglong{bytes}));
}

} // namespace recvscope::gui
