// Timeline and bytes panel in their cards over one presentation, as the window has them.

#pragma once

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/plots/bytes_view.h"
#include "gui/timeline/timeline_view.h"

#include "lesson_events.h"
#include "trace_builder.h"

#include <QCoreApplication>
#include <QDir>
#include <QPixmap>
#include <QVBoxLayout>
#include <QWidget>

namespace recvscope::test {

class Panels {
public:
    explicit Panels(gui::Appearance::Choice choice = gui::Appearance::Choice::Light, QSize size = {836, 452})
    {
        appearance.setChoice(choice);
        window.setAutoFillBackground(true);
        auto *layout = new QVBoxLayout(&window);
        layout->setContentsMargins(8, 8, 8, 8);
        layout->setSpacing(8);
        auto *upper = new gui::Card({}, appearance);
        auto *lower = new gui::Card({}, appearance);
        timeline = new gui::TimelineView(presentation, appearance);
        bytes = new gui::BytesView(presentation, appearance);
        upper->setBody(timeline, false);
        lower->setBody(bytes, false);
        layout->addWidget(upper, 270);
        layout->addWidget(lower, 160);
        window.resize(size);
    }

    void show(const TraceBuilder &trace)
    {
        presentation.replaceTrace(trace.snapshot(), {});
        window.show();
        settle();
    }
    /// Paints what waits for its frame.
    void settle()
    {
        QCoreApplication::processEvents();
        timeline->flush();
        bytes->flush();
        QCoreApplication::processEvents();
    }
    /// Saves a picture of both below the build folder, to be looked at.
    void save(const QString &name)
    {
        settle();
        QPalette ground;
        ground.setColor(QPalette::Window, appearance.theme().ground);
        window.setPalette(ground);
        const QString folder = QStringLiteral(RECVSCOPE_PICTURES);
        QDir().mkpath(folder);
        const QString scale = window.devicePixelRatioF() > 1 ? QStringLiteral("-2x") : QString();
        const QString theme = appearance.theme().dark ? QStringLiteral("-dark") : QStringLiteral("-light");
        window.grab().save(QStringLiteral("%1/%2%3%4.png").arg(folder, name, theme, scale));
    }

    gui::Appearance appearance;
    gui::Presentation presentation;
    QWidget window;
    gui::TimelineView *timeline;
    gui::BytesView *bytes;
};

inline void addAll(TraceBuilder &trace, const std::vector<trace::Event> &events)
{
    for (const trace::Event &event : events)
        trace.add(event);
}

} // namespace recvscope::test
