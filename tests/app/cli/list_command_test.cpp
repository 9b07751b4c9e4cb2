#include "command_line.h"
#include "resources/folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace recvscope::cli {

using test::call;
using testing::HasSubstr;

namespace {

/// A resources folder of its own, found through the environment.
class OwnResources {
public:
    OwnResources() : m_path(std::filesystem::path(testing::TempDir()) / "list_command_test")
    {
        std::filesystem::create_directories(m_path / "rules");
        std::filesystem::create_directories(m_path / "lessons");
        setenv("RECVSCOPE_RESOURCES", m_path.c_str(), 1);
    }
    ~OwnResources()
    {
        unsetenv("RECVSCOPE_RESOURCES");
        std::filesystem::remove_all(m_path);
    }
    OwnResources(const OwnResources &) = delete;
    OwnResources &operator=(const OwnResources &) = delete;

    void lesson(const std::string &name, const std::string &header) const
    {
        std::ofstream(m_path / "lessons" / name) << "recvscope: 1\n"
                                                 << header << "sockets: {s: {kind: tcp}}\nsteps: [{say: x}]\n";
    }

private:
    std::filesystem::path m_path;
};

} // namespace

TEST(ListCommand, lessonsStandByTrackAndNumber)
{
    const OwnResources resources;
    resources.lesson("16.yaml",
                     "title: Sixteen\nlesson: {number: 16, track: completion, explains: [wsp.buffer.packed]}\n");
    resources.lesson("2.yaml", "title: Two\nlesson: {number: 2, track: streams, explains: [wsp.buffer.packed]}\n");
    resources.lesson("1.yaml", "title: One\nlesson: {number: 1, track: streams, explains: [wsp.buffer.packed]}\n");
    const auto called = call({"list"});
    EXPECT_EQ(called.exitCode, 0) << called.err;
    EXPECT_THAT(called.out, HasSubstr("Streams\n   1  One\n   2  Two\nCompletion\n  16  Sixteen\n"));
}

TEST(ListCommand, aLessonThatCannotBeReadIsNamedAndTheOthersAreListed)
{
    const OwnResources resources;
    resources.lesson("1.yaml", "title: One\nlesson: {number: 1, track: streams, explains: [wsp.buffer.packed]}\n");
    resources.lesson("2.yaml", "title: Two\nlesson: {number: 2, track: strems, explains: [wsp.buffer.packed]}\n");
    const auto called = call({"list"});
    EXPECT_EQ(called.exitCode, 2);
    EXPECT_THAT(called.out, HasSubstr("   1  One\n"));
    EXPECT_THAT(called.err, HasSubstr("2.yaml:3:"));
    EXPECT_THAT(called.err, HasSubstr("streams"));
}

TEST(Resources, anInstalledProgramFindsThemBesideItsBinFolder)
{
    const auto prefix = std::filesystem::path(testing::TempDir()) / "resources_test";
    std::filesystem::create_directories(prefix / "share/recvscope/rules");
    const auto found = resources::Folder::findFor(prefix / "bin" / "recvscope");
    ASSERT_TRUE(found);
    EXPECT_EQ(found.value().path(), prefix / "share/recvscope");
    std::filesystem::remove_all(prefix);
}

TEST(Resources, aWrongChoiceIsAnErrorNotASilentOther)
{
    setenv("RECVSCOPE_RESOURCES", "/nonexistent", 1);
    const auto found = resources::Folder::find();
    unsetenv("RECVSCOPE_RESOURCES");
    ASSERT_FALSE(found);
    EXPECT_THAT(found.error().message(), HasSubstr("RECVSCOPE_RESOURCES"));
}

} // namespace recvscope::cli
