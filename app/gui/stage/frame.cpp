#include "gui/stage/frame.h"

#include <algorithm>

namespace recvscope::gui::stage {

namespace {

constexpr QSizeF drawnFor(836, 372);
constexpr double smallest = 0.85; // below it 11 px letters fall under 10
constexpr double largest = 3;
constexpr double narrow = 700;

constexpr double tabHeight = 34;
constexpr double titleHeight = 26;
constexpr double stripTitleHeight = 34;
constexpr double stripHeight = 74;
constexpr double rowHeight = 32;
constexpr double gap = 12;
constexpr double threadsHeight = 46;
constexpr double threadsInOneLine = 28;
constexpr double comfortable = 140; ///< height of the places, below which threads have one line

} // namespace

Frame frameFor(QSizeF size, bool tabs, Lanes lane)
{
    Frame frame;
    frame.zoom =
        std::clamp(std::min(size.width() / drawnFor.width(), size.height() / drawnFor.height()), smallest, largest);
    frame.size = size / frame.zoom;
    const double margin = frame.size.width() < narrow ? 14 : 20;
    const double left = margin;
    const double width = std::max(frame.size.width() - 2 * margin, 300.0);

    // A WSK socket has most to show: what is around its places stands closer.
    const double close = lane == Lanes::Kernel ? 4 : 0;
    double y = 12 - close;
    if (tabs) {
        frame.tabs = QRectF(left, y, width, tabHeight - 8);
        y += tabHeight - close;
    }
    frame.titles = QRectF(left, y, width, titleHeight);
    y += titleHeight + 4 - close;

    // With threads the rest moves together: the places above must stay large enough for bytes.
    const bool threads = lane != Lanes::None;
    const double tight = threads ? 6 + close / 2 : 0;
    const double below =
        stripTitleHeight - tight + stripHeight + gap + rowHeight - close + 16 - close + (threads ? gap - 2 * tight : 0);
    double height = frame.size.height() - y - below;
    const bool oneLine = lane == Lanes::Threads && height - threadsHeight < comfortable;
    const double lanes = !threads ? 0 : oneLine ? threadsInOneLine : threadsHeight - close / 2;
    height = std::max(height - lanes, threads ? 84.0 : 96.0);

    const double peer = std::max(0.163 * width, 120.0);
    const double link = std::max(0.127 * width, 76.0);
    const double kernel = std::max(0.22 * width, 150.0);
    const double copy = std::max(0.06 * width, 30.0);
    double x = left;
    const auto place = [&](double share) {
        const QRectF rect(x, y, share, height);
        x += share;
        return rect;
    };
    frame.peer = place(peer);
    frame.link = place(link);
    frame.kernel = place(kernel);
    frame.copy = place(copy);
    frame.receive = place(left + width - x);
    y += height;

    frame.stripTitle = QRectF(left, y, width, stripTitleHeight - tight);
    y += stripTitleHeight - tight;
    frame.strip = QRectF(left, y, width, stripHeight);
    y += stripHeight + gap - tight;
    if (threads) {
        frame.threads = QRectF(left, y, width, lanes);
        y += lanes + gap - tight;
    }
    frame.row = QRectF(left, y, width, rowHeight - close);
    return frame;
}

} // namespace recvscope::gui::stage
