#include "gui/timeline/raster.h"

#include "gui/timeline/hatch.h"
#include "gui/timeline/raster_parts.h"

#include <QFontMetricsF>
#include <QPainter>

#include <cmath>
#include <memory>
#include <unordered_map>

namespace recvscope::gui {

namespace {

/// Few words, asked again at every paint: measuring is dearer than remembering.
TextWidth remembered(const QFont &face)
{
    return [metrics = QFontMetricsF(face),
            known = std::make_shared<std::unordered_map<QString, double>>()](const QString &text) {
        const auto found = known->find(text);
        if (found != known->end())
            return found->second;
        if (known->size() > 4096)
            known->clear();
        return known->emplace(text, metrics.horizontalAdvance(text)).first->second;
    };
}

} // namespace

TextWidth labelWidthIn(const Fonts &fonts)
{
    QFont face = fonts.small;
    face.setWeight(QFont::DemiBold);
    return remembered(face);
}

TextWidth monoWidthIn(const Fonts &fonts)
{
    return remembered(fonts.monoBold);
}

void paintTimeline(const TimelineScene &scene, const RasterStyle &style, QImage &image)
{
    const double ratio = scene.deviceRatio;
    const QSize size(static_cast<int>(std::ceil((scene.width + 2 * scene.overhang) * ratio)),
                     static_cast<int>(std::ceil(scene.height * ratio)));
    if (image.size() != size || image.format() != QImage::Format_ARGB32_Premultiplied)
        image = QImage(size.expandedTo(QSize(1, 1)), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);

    // Pixel by pixel where it can be; the moment that is selected goes behind the peer's boxes and over the rest.
    PixelRaster pixels(image, style.theme, ratio, scene.overhang);
    const auto paintMarks = [&](auto draw) {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.translate(scene.overhang, 0);
        MarkPainter marks(painter, style);
        draw(marks);
    };
    for (const PackedShape &packed : scene.packed)
        pixels.packed(packed);
    for (const DenseShape &dense : scene.dense)
        pixels.dense(dense);
    for (const LevelShape &level : scene.levels)
        if (level.known)
            pixels.level(level);
    for (const SpanShape &span : scene.spans)
        pixels.spanBody(span);
    if (scene.selectedAt)
        paintMarks([&](MarkPainter &marks) { marks.selectedMoment(*scene.selectedAt, scene.height); });
    for (const PeerShape &peer : scene.peers)
        pixels.peer(peer);
    paintMarks([&](MarkPainter &marks) {
        for (const LevelShape &level : scene.levels)
            if (!level.known)
                marks.unknownLevel(level);
        for (const PeerShape &peer : scene.peers)
            marks.peer(peer);
        for (const CallShape &call : scene.calls)
            marks.call(call);
        for (const NoteShape &note : scene.notes)
            marks.note(note);
        for (const SpanShape &span : scene.spans)
            marks.span(span);
    });
}

} // namespace recvscope::gui
