#include "gui/window/command_line.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <vector>

namespace recvscope::gui {
namespace {

ReadCommandLine read(std::initializer_list<const char *> arguments)
{
    std::vector<const char *> all{"recvscope"};
    all.insert(all.end(), arguments);
    return readCommandLine(static_cast<int>(all.size()), all.data(), "1.2.3");
}

TEST(WindowCommandLine, withoutArgumentsPlaysTheFirstLesson)
{
    const ReadCommandLine none = read({});
    EXPECT_FALSE(none.exitCode);
    EXPECT_EQ(none.line.lesson, 1);
    EXPECT_TRUE(none.line.play);
}

TEST(WindowCommandLine, takesAFileOrALesson)
{
    EXPECT_EQ(read({"my.yaml"}).line.file, "my.yaml");
    EXPECT_FALSE(read({"my.yaml"}).line.play);
    EXPECT_TRUE(read({"my.yaml", "--play"}).line.play);
    EXPECT_EQ(read({"--lesson", "7"}).line.lesson, 7);
    EXPECT_EQ(read({"7"}).line.lesson, 7);
    EXPECT_EQ(read({"7"}).line.file, "");
}

TEST(WindowCommandLine, listensThemesAndSizes)
{
    const CommandLine line = read({"--listen", "127.0.0.1:7000", "--theme", "dark", "--size", "1280x800"}).line;
    EXPECT_EQ(line.listenOn, "127.0.0.1:7000");
    EXPECT_EQ(line.lesson, 0);
    EXPECT_EQ(line.theme, "dark");
    EXPECT_EQ(line.width, 1280);
    EXPECT_EQ(line.height, 800);
}

TEST(WindowCommandLine, mistakesEndItWithTwo)
{
    EXPECT_EQ(read({"--theme", "blue"}).exitCode, 2);
    EXPECT_EQ(read({"--size", "big"}).exitCode, 2);
    EXPECT_EQ(read({"--size", "10x10"}).exitCode, 2);
    EXPECT_EQ(read({"--lesson", "-1"}).exitCode, 2);
    EXPECT_EQ(read({"--nothing"}).exitCode, 2);
    EXPECT_EQ(read({"--help"}).exitCode, 0);
    EXPECT_EQ(read({"--version"}).exitCode, 0);
}

} // namespace
} // namespace recvscope::gui
