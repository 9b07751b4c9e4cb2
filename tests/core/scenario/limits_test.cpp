// Texts and files that are no scenario at all: each gets a sentence, none harms.

#include "in_child.h"
#include "texts.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <unistd.h>

namespace recvscope::scenario {

namespace {

/// A folder that is gone after the test.
class Folder {
public:
    Folder()
    {
        std::string path = (std::filesystem::temp_directory_path() / "recvscope-XXXXXX").string();
        if (mkdtemp(path.data()) == nullptr)
            ADD_FAILURE() << "no temporary folder";
        m_path = path;
    }
    Folder(const Folder &) = delete;
    Folder &operator=(const Folder &) = delete;
    ~Folder() { std::filesystem::remove_all(m_path); }

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    std::string file(const std::string &name, const std::string &content) const
    {
        std::filesystem::create_directories((m_path / name).parent_path());
        std::ofstream(m_path / name, std::ios::binary) << content;
        return (m_path / name).string();
    }

private:
    std::filesystem::path m_path;
};

std::string messageOf(const std::string &path)
{
    const ReadResult result = readScenario(path);
    EXPECT_FALSE(result.ok()) << path;
    return result.ok() ? std::string() : result.error().message();
}

bool contains(const std::string &text, const std::string &part)
{
    return text.find(part) != std::string::npos;
}

std::string repeated(const std::string &text, std::size_t times)
{
    std::string made;
    for (std::size_t i = 0; i < times; ++i)
        made += text;
    return made;
}

std::string dataFrom(const std::string &path)
{
    return withSteps("  - peer.send: {socket: s, data: {file: \"" + path + "\"}}\n");
}

} // namespace

TEST(Limits, anEmptyTextSaysHowToBegin)
{
    for (const char *text : {"", "\n\n", "# a comment alone\n", "---\n...\n"}) {
        const std::string message = readBad(text).message();
        EXPECT_TRUE(contains(message, "recvscope: 1")) << message;
    }
}

TEST(Limits, depth)
{
    const auto nested = [](std::size_t depth) {
        return "recvscope: 1\ntitle: x\nsteps: [say: " + repeated("[", depth) + repeated("]", depth) + "]\n";
    };
    EXPECT_TRUE(contains(readBad(nested(61)).message(), "expected what is to be said"));
    EXPECT_TRUE(contains(readBad(nested(62)).message(), "more than 64 deep"));
    EXPECT_TRUE(contains(readBad(nested(200'000)).message(), "more than 64 deep"));
    EXPECT_TRUE(contains(readBad(repeated("- ", 200'000)).message(), "more than 64 deep"));
    EXPECT_TRUE(contains(readBad(repeated("{a: ", 200'000)).message(), "more than 64 deep"));
}

TEST(Limits, size)
{
    std::string text = withSteps("  - say: x\n");
    text += "#" + std::string(ReadLimits::bytes - text.size() - 1, '.');
    (void)readGood(text);
    EXPECT_TRUE(contains(readBad(text + ".").message(), "larger than 1024 KiB"));
}

TEST(Limits, entries)
{
    const auto steps = [](std::size_t count) {
        return "recvscope: 1\ntitle: x\nsteps:\n" + repeated("- say: x\n", count);
    };
    // 6 for what stands around them, 3 for each step.
    EXPECT_EQ(readGood(steps(33'331)).steps.size(), 33'331U);
    EXPECT_TRUE(contains(readBad(steps(33'332)).message(), "more than 100000 entries"));
}

TEST(Limits, manyMistakesCostNoMoreThanOne)
{
    const std::string wrong = "wsp.nothing-of-this-name-at-all-there-is, ";
    EXPECT_TRUE(contains(readBad(withSteps("  - expect: {trace: [" + repeated(wrong, 20'000) + "]}\n")).message(),
                         "the id of a rule"));
    EXPECT_TRUE(contains(
        readBad(withSteps("  - wsp.recv: {socket: s, op: r, buffers: [8], flags: [" + repeated(wrong, 20'000) + "]}\n"))
            .message(),
        "a receive flag"));
}

TEST(Limits, manyThreadsAndSockets)
{
    std::string sockets = "recvscope: 1\ntitle: x\nsockets:\n";
    for (int i = 0; i < 65; ++i)
        sockets += "  s" + std::to_string(i) + ": {}\n";
    EXPECT_TRUE(contains(readBad(sockets + "steps: [say: x]\n").message(), "64 sockets at most"));
}

TEST(Files, thatAreNotThereSuggestTheirNeighbour)
{
    const Folder folder;
    (void)folder.file("lesson.yaml", "x");
    const std::string message = messageOf((folder.path() / "lessn.yaml").string());
    EXPECT_TRUE(contains(message, "cannot be opened: No such file")) << message;
    EXPECT_TRUE(contains(message, "Did you mean '" + (folder.path() / "lesson.yaml").string() + "'?")) << message;
}

TEST(Files, thatAreFolders)
{
    const Folder folder;
    EXPECT_TRUE(contains(messageOf(folder.path().string()), "this is a folder"));
    EXPECT_TRUE(contains(messageOf(folder.file("a.yaml", "") + "/b.yaml"), "cannot be opened: Not a directory"));
}

TEST(Files, thatMayNotBeRead)
{
    const Folder folder;
    const std::string closed = folder.file("closed.yaml", "recvscope: 1\n");
    std::filesystem::permissions(closed, std::filesystem::perms::none);
    std::filesystem::permissions(folder.path(), std::filesystem::perms(0755)); // it is the file that is closed
    const test::Child child = test::inChild([&](std::string &said) {
        if (!test::giveUpRights())
            return 1;
        said = messageOf(closed);
        return 0;
    });
    EXPECT_EQ(child.exitCode, 0);
    EXPECT_TRUE(contains(child.said, "cannot be opened: Permission denied")) << child.said;
}

TEST(Files, emptyHugeAndEndless)
{
    const Folder folder;
    EXPECT_TRUE(contains(messageOf(folder.file("empty.yaml", "")), "the scenario is empty"));
    const std::string huge = folder.file("huge.yaml", "x");
    std::filesystem::resize_file(huge, std::uintmax_t{1} << 40); // a sparse terabyte
    EXPECT_TRUE(contains(messageOf(huge), "larger than 1024 KiB"));
    EXPECT_TRUE(contains(messageOf("/dev/zero"), "larger than 1024 KiB"));
    EXPECT_TRUE(contains(messageOf(folder.file("program", "\x7f"
                                                          "ELF\x02\x01\x01")),
                         "not text in UTF-8"));
}

TEST(Files, forDataStandInTheScenariosFolder)
{
    const Folder folder;
    (void)folder.file("inside/data.bin", std::string("\0\xff", 2));
    const std::string scenario = folder.file("a.yaml", dataFrom("inside/data.bin"));
    const ReadResult result = readScenario(scenario);
    ASSERT_TRUE(result.ok()) << result.error().message();
    EXPECT_EQ(bytesOf(std::get<PeerSend>(result.value().steps[0].action).data), std::string("\0\xff", 2));
}

TEST(Files, forDataMayNotLeaveTheScenariosFolder)
{
    const Folder folder;
    (void)folder.file("secret", "x");
    (void)folder.file("sub/near", "x");
    std::filesystem::create_symlink("../secret", folder.path() / "sub/link");
    std::filesystem::create_directory_symlink("..", folder.path() / "sub/up");
    const auto message = [&](const std::string &path) { return messageOf(folder.file("sub/a.yaml", dataFrom(path))); };
    for (const char *path : {"../secret", "near/../../secret", "link", "up/secret", "./../sub/../secret"})
        EXPECT_TRUE(contains(message(path), "leaves the scenario's folder")) << path << ": " << message(path);
    EXPECT_TRUE(contains(message((folder.path() / "sub/near").string()), "must be relative"));
    EXPECT_TRUE(contains(message("nothing"), "there is no file 'nothing'"));
    EXPECT_TRUE(contains(message("."), "there is no file '.'"));
    EXPECT_TRUE(contains(message("near\\0.txt"), "must be relative"));
}

TEST(Files, forDataHaveTheSameLimit)
{
    const Folder folder;
    (void)folder.file("large", std::string(ReadLimits::bytes + 1, 'x'));
    EXPECT_TRUE(contains(messageOf(folder.file("a.yaml", dataFrom("large"))), "larger than 1024 KiB"));
}

} // namespace recvscope::scenario
