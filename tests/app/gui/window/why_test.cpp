// Selecting a receive shows why it returned, in every view.

#include "open_window.h"

#include "gui/inspector/inspector.h"
#include "gui/inspector/why_card.h"

#include <QLabel>

namespace recvscope::gui {
namespace {

class WhyOf : public OpenWindow {};

TEST_F(WhyOf, aReceiveChosenOnTheStageIsExplained)
{
    clickLesson(1);
    answerEverything();
    press(Qt::Key_End);
    const OperationId first = receiveNamed("r1");
    ASSERT_TRUE(first);
    ASSERT_TRUE(clickOnStage(first));
    EXPECT_EQ(presentation().selection().receive, first);

    auto *inspector = window.findChild<inspector::Inspector *>();
    ASSERT_NE(inspector, nullptr);
    EXPECT_TRUE(inspector->title().contains(QStringLiteral("r1"))) << inspector->title().toStdString();
    const trace::ReceiveMoment &receive = *presentation().moment().receive(first);
    ASSERT_TRUE(receive.completed);
    const Rule &rule = ruleOf(receive.completed->rule); // of the completion, not of how the call returned
    ASSERT_FALSE(rule.learn.empty());
    bool sentence = false, id = false;
    for (const QLabel *label : inspector->why().findChildren<QLabel *>()) {
        sentence = sentence || label->text().contains(
                                   QString::fromUtf8(rule.learn.data(), static_cast<qsizetype>(rule.learn.size())));
        id =
            id || label->text().contains(QString::fromUtf8(rule.name.data(), static_cast<qsizetype>(rule.name.size())));
    }
    EXPECT_TRUE(sentence) << rule.learn;
    EXPECT_TRUE(id) << rule.name;
}

} // namespace
} // namespace recvscope::gui
