// The whole window, offscreen, with settings of its own and a learner's clock that the test moves.

#pragma once

#include "gui/lessons/lesson_list.h"
#include "gui/lessons/lesson_panel.h"
#include "gui/lessons/prediction_card.h"
#include "gui/stage/stage.h"
#include "gui/window/actions.h"
#include "gui/window/desk.h"
#include "gui/window/main_window.h"
#include "gui/window/notice_bar.h"
#include "gui/window/studio.h"

#include "manual_clock.h"

#include <QApplication>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <gtest/gtest.h>

#include <functional>
#include <memory>

namespace recvscope::gui {

class OpenWindow : public testing::Test {
protected:
    OpenWindow()
    {
        studio.appearance().setReducedMotion(false);
        studio.appearance().applyToApplication();
        window.resize(1440, 900);
        window.show();
        EXPECT_TRUE(QTest::qWaitForWindowActive(&window));
    }

    /// Runs the event loop until it holds; fails when it does not within half a minute.
    static void until(const char *what, const std::function<bool()> &holds)
    {
        EXPECT_TRUE(QTest::qWaitFor(holds, 30'000)) << "waited for: " << what;
    }

    /// Clicks the lesson in the list, and waits until its run on real sockets has ended.
    void clickLesson(int number)
    {
        QSignalSpy ended(&studio.bridge(), &SessionBridge::runEnded);
        LessonList &list = window.lessons().list();
        for (QTreeWidgetItemIterator it(&list); *it != nullptr; ++it)
            if ((*it)->data(0, Qt::UserRole).toInt() == number) {
                list.scrollToItem(*it);
                QTest::mouseClick(list.viewport(), Qt::LeftButton, {}, list.visualItemRect(*it).center());
            }
        until("the end of the run", [&] { return ended.count() > 0; });
    }

    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(&window, static_cast<Qt::Key>(key), modifiers);
    }

    /// The learner waits so long, and looks at each frame.
    void watchFor(double seconds)
    {
        for (double past = 0; past < seconds; past += 0.016) {
            clock.advance(16'000'000);
            studio.player().frame();
        }
    }

    [[nodiscard]] Presentation &presentation() { return studio.presentation(); }
    [[nodiscard]] std::uint32_t event() { return presentation().playhead().event; }
    [[nodiscard]] stage::Stage &stage() { return static_cast<stage::Stage &>(window.desk().stage()); }

    /// The receive of that name that has been called by now.
    [[nodiscard]] OperationId receiveNamed(const char *name)
    {
        for (const trace::ReceiveMoment &each : presentation().moment().receives)
            if (each.name == name)
                return each.id;
        return {};
    }

    /// Lets the story pass every question.
    void answerEverything()
    {
        for (const Prediction &each : presentation().telling().predictions)
            studio.questions().show(each.step);
    }

    /// Clicks the middle of the first place on the stage that shows the receive.
    bool clickOnStage(OperationId receive)
    {
        for (const stage::Place &place : stage().scene().places)
            if (place.target.kind == stage::Target::Kind::Receive && place.target.receive == receive) {
                const QPointF at = place.rect.center() * stage().scene().zoom;
                QTest::mouseClick(&stage(), Qt::LeftButton, {}, at.toPoint());
                return true;
            }
        return false;
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat};
    test::ManualClock clock;
    Studio studio{settings, clock};
    MainWindow window{studio};
};

} // namespace recvscope::gui
