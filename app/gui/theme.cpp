#include "gui/theme.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace recvscope::gui {

namespace {

struct Pair {
    QRgb edge, fill;
};

// Blue, orange and green of Okabe and Ito, darkened or lightened until they carry on their ground; then purple,
// vermillion and olive, which stay apart for the three common kinds of colour blindness.
constexpr std::array lightSends = {Pair{0x00619A, 0xD6EAF6}, Pair{0x955800, 0xFBE9CC}, Pair{0x006B4F, 0xCFEFE4},
                                   Pair{0x6B3FA0, 0xE8DEF6}, Pair{0xB03A0A, 0xFBDFD3}, Pair{0x5F6200, 0xEEEFC8}};
constexpr std::array darkSends = {Pair{0x56B4E9, 0x173A52}, Pair{0xF0A92E, 0x46330F}, Pair{0x37C79B, 0x103C30},
                                  Pair{0xB79AE8, 0x33264D}, Pair{0xFF8F5E, 0x4C2414}, Pair{0xC9CC4A, 0x35360F}};
constexpr std::size_t plainSends = 3;
constexpr std::array textures = {Texture::Rising, Texture::Falling, Texture::Level, Texture::Dots};

double luminance(const QColor &colour)
{
    const auto linear = [](double channel) {
        return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

} // namespace

SendColour Theme::sendColour(std::size_t index) const
{
    const auto &series = dark ? darkSends : lightSends;
    const Pair &pair = series[index % series.size()];
    // The texture changes once a round as well, so that one colour comes back with another texture.
    const std::size_t texture = index + index / series.size();
    return {QColor(pair.edge), QColor(pair.fill),
            index < plainSends ? Texture::None : textures[texture % textures.size()]};
}

const Theme &Theme::light()
{
    static const Theme theme{.dark = false,
                             .ground = QColor(0xF4F5F7),
                             .panel = QColor(0xFFFFFF),
                             .soft = QColor(0xEDF0F3),
                             .ink = QColor(0x1B1F24),
                             .dim = QColor(0x5B6570),
                             .line = QColor(0xD9DEE4),
                             .accent = QColor(0x0B62C4),
                             .accentFill = QColor(0xE3EEFB),
                             .onAccent = QColor(0xFFFFFF),
                             .good = QColor(0x0B7A4B),
                             .goodFill = QColor(0xE2F4EB),
                             .caution = QColor(0x9A5B00),
                             .cautionFill = QColor(0xFDF1DC),
                             .failure = QColor(0xB3261E),
                             .failureFill = QColor(0xFBE6E4),
                             .playhead = QColor(0xC2185B)};
    return theme;
}

const Theme &Theme::darkTheme()
{
    static const Theme theme{.dark = true,
                             .ground = QColor(0x14171B),
                             .panel = QColor(0x1C2026),
                             .soft = QColor(0x252A31),
                             .ink = QColor(0xE8EBEF),
                             .dim = QColor(0x9AA5B1),
                             .line = QColor(0x2E343C),
                             .accent = QColor(0x6CB2FF),
                             .accentFill = QColor(0x1D3147),
                             .onAccent = QColor(0x14171B),
                             .good = QColor(0x5BD19A),
                             .goodFill = QColor(0x173427),
                             .caution = QColor(0xF0B75A),
                             .cautionFill = QColor(0x3A2C14),
                             .failure = QColor(0xFF8A80),
                             .failureFill = QColor(0x422220),
                             .playhead = QColor(0xFF6FA3)};
    return theme;
}

double contrast(const QColor &one, const QColor &other)
{
    const auto [low, high] = std::minmax({luminance(one), luminance(other)});
    return (high + 0.05) / (low + 0.05);
}

} // namespace recvscope::gui
