#include "gui/window/window_memory.h"

#include "gui/window/actions.h"
#include "gui/window/desk.h"
#include "gui/window/studio.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>

namespace recvscope::gui {

namespace {

constexpr QSize firstSize(1440, 900);

using Choice = Appearance::Choice;

QString key(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

void rememberWindow(const QWidget &window, const Desk &desk, Studio &studio, const Actions &actions)
{
    QSettings &settings = studio.settings();
    settings.setValue(key("window/geometry"), window.saveGeometry());
    settings.setValue(key("window/panels"), desk.arrangement());
    settings.setValue(key("window/theme"), static_cast<int>(studio.appearance().choice()));
    settings.setValue(key("window/menuBar"), actions.menuBar->isChecked());
    settings.setValue(key("window/reducedMotion"), actions.reducedMotion->isChecked());
    settings.setValue(key("window/clockAxis"), studio.presentation().axis() == trace::TimeAxis::Clock);
    settings.setValue(key("window/storySpeed"), studio.player().storyRate());
}

void recallWindow(QWidget &window, Desk &desk, Studio &studio, Actions &actions)
{
    QSettings &settings = studio.settings();
    if (!window.restoreGeometry(settings.value(key("window/geometry")).toByteArray())) {
        const QScreen *screen = QGuiApplication::primaryScreen();
        window.resize(screen != nullptr ? firstSize.boundedTo(screen->availableSize()) : firstSize);
    }
    desk.restore(settings.value(key("window/panels")).toByteArray());
    actions.menuBar->setChecked(settings.value(key("window/menuBar"), false).toBool());
    actions.reducedMotion->setChecked(settings.value(key("window/reducedMotion"), false).toBool());
    const auto choice = static_cast<Choice>(qBound(0, settings.value(key("window/theme"), 0).toInt(), 2));
    studio.appearance().setChoice(choice);
    (choice == Choice::Light  ? actions.themeLight
     : choice == Choice::Dark ? actions.themeDark
                              : actions.themeSystem)
        ->setChecked(true);
    if (const double rate = settings.value(key("window/storySpeed"), 1).toDouble(); rate > 0)
        studio.player().setStoryRate(rate);
    if (settings.value(key("window/clockAxis"), false).toBool())
        studio.player().setAxis(trace::TimeAxis::Clock);
}

void rememberListening(QSettings &settings, const LiveOptions &options)
{
    settings.beginGroup(key("listen"));
    settings.setValue(key("connects"), options.connects);
    settings.setValue(key("host"), options.host);
    settings.setValue(key("port"), options.port);
    settings.setValue(key("buffers"), buffersText(options.receiving.buffers));
    settings.setValue(key("overlapped"), options.receiving.overlapped);
    settings.setValue(key("inFlight"), options.receiving.inFlight);
    settings.setValue(key("bytesPerSecond"), static_cast<qulonglong>(options.receiving.bytesPerSecond));
    settings.setValue(key("memoryLimit"), static_cast<qulonglong>(options.memoryLimit));
    settings.endGroup();
}

LiveOptions recallListening(QSettings &settings)
{
    LiveOptions options;
    settings.beginGroup(key("listen"));
    options.connects = settings.value(key("connects"), options.connects).toBool();
    options.host = settings.value(key("host"), options.host).toString();
    options.port = static_cast<std::uint16_t>(settings.value(key("port"), options.port).toUInt());
    if (auto buffers = parseBuffers(settings.value(key("buffers")).toString()))
        options.receiving.buffers = std::move(buffers).value();
    options.receiving.overlapped = settings.value(key("overlapped"), options.receiving.overlapped).toBool();
    options.receiving.inFlight = settings.value(key("inFlight"), options.receiving.inFlight).toUInt();
    options.receiving.bytesPerSecond = settings.value(key("bytesPerSecond"), 0).toULongLong();
    options.memoryLimit =
        settings.value(key("memoryLimit"), static_cast<qulonglong>(options.memoryLimit)).toULongLong();
    settings.endGroup();
    return options;
}

} // namespace recvscope::gui
