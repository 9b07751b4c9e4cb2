// The house's directions (docs/architecture.md), read from the sources: link targets keep most of them, but a header
// alone can be included without linking anything.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace recvscope {

namespace {

namespace fs = std::filesystem;

struct Include {
    std::string file; ///< from the source tree's root: "core/net/socket.h"
    std::string name; ///< "net/socket.h", "sys/socket.h"
    bool angled = false;

    [[nodiscard]] std::string told() const { return file + " includes " + name; }
    /// "net" of "net/socket.h"; empty for a header beside the file.
    [[nodiscard]] std::string folder() const
    {
        const std::size_t slash = name.find('/');
        return slash == std::string::npos ? std::string() : name.substr(0, slash);
    }
    /// Neither ours nor C++'s own, which have neither a dot nor a slash nor a capital: <vector>.
    [[nodiscard]] bool foreign() const
    {
        return angled && (name.find_first_of("./") != std::string::npos || (name[0] >= 'A' && name[0] <= 'Z'));
    }
    [[nodiscard]] bool isQt() const { return angled && name[0] == 'Q'; }
};

std::vector<Include> includesOf(const fs::path &path, const std::string &told)
{
    std::vector<Include> includes;
    std::ifstream stream(path);
    std::string line;
    while (std::getline(stream, line)) {
        if (!line.starts_with("#include "))
            continue;
        const std::size_t begin = line.find_first_of("\"<") + 1;
        const std::size_t end = line.find_first_of("\">", begin);
        if (begin != std::string::npos && end != std::string::npos)
            includes.push_back({told, line.substr(begin, end - begin), line[begin - 1] == '<'});
    }
    return includes;
}

/// Every include below core/ and app/.
const std::vector<Include> &includes()
{
    static const std::vector<Include> all = [] {
        const fs::path root = RECVSCOPE_SOURCE_TREE;
        std::vector<Include> found;
        for (const char *top : {"core", "app"})
            for (const auto &entry : fs::recursive_directory_iterator(root / top))
                if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp")
                    for (Include &include : includesOf(entry.path(), fs::relative(entry.path(), root).generic_string()))
                        found.push_back(std::move(include));
        return found;
    }();
    return all;
}

/// Those that stand below @p folder and of which @p wrong holds, as sentences.
template <class Wrong>
std::vector<std::string> violations(const std::string &folder, Wrong wrong)
{
    std::vector<std::string> told;
    for (const Include &include : includes())
        if (include.file.starts_with(folder) && wrong(include))
            told.push_back(include.told());
    return told;
}

bool anyStartsWith(const std::vector<std::string> &prefixes, const std::string &text)
{
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](const std::string &prefix) { return text.starts_with(prefix); });
}

} // namespace

TEST(IncludeDirections, theSourcesAreFound)
{
    EXPECT_GT(includes().size(), 100U);
    EXPECT_FALSE(violations("core/net/", [](const Include &include) { return include.folder() == "base"; }).empty());
}

TEST(IncludeDirections, eachFolderOfCoreSeesOnlyWhatStandsBelowIt)
{
    const std::map<std::string, std::set<std::string>> allowed = {
        {"base", {"base"}},
        {"net", {"base", "net"}},
        {"trace", {"base", "trace"}},
        {"engine", {"base", "net", "trace", "engine"}},
        {"wsp", {"base", "net", "trace", "engine", "wsp"}},
        {"wsk", {"base", "net", "trace", "engine", "wsk"}},
        {"native", {"base", "net", "trace", "engine", "native"}},
        {"scenario", {"base", "net", "scenario"}},
        {"session", {"base", "net", "trace", "engine", "wsp", "wsk", "native", "scenario", "session"}},
    };
    for (const auto &entry : fs::directory_iterator(fs::path(RECVSCOPE_SOURCE_TREE) / "core"))
        if (entry.is_directory()) {
            EXPECT_TRUE(allowed.contains(entry.path().filename().string()))
                << entry.path().filename() << " is new: say here what it may see";
        }
    for (const auto &[folder, seen] : allowed)
        EXPECT_THAT(violations("core/" + folder + "/",
                               [&, &seen = seen](const Include &include) {
                                   return !include.angled && !include.folder().empty() &&
                                          !seen.contains(include.folder());
                               }),
                    testing::IsEmpty());
}

TEST(IncludeDirections, coreNeverSeesQt)
{
    EXPECT_THAT(violations("core/",
                           [](const Include &include) {
                               return include.isQt() || include.name.find("qcustomplot") != std::string::npos;
                           }),
                testing::IsEmpty());
}

TEST(IncludeDirections, foreignHeadersStandOnlyWhereTheyBelong)
{
    // Where, and what may be seen there beside our own headers and C++'s.
    const std::vector<std::pair<std::string, std::vector<std::string>>> allowed = {
        {"core/base/posix/", {"sys/"}},
        {"core/net/posix/",
         {"sys/", "linux/filter.h", "linux/tcp.h", "netinet/", "arpa/", "poll.h", "fcntl.h", "unistd.h", "signal.h",
          "pthread.h"}},
        {"core/base/generate/", {"yaml.h"}},
        {"core/scenario/", {"yaml.h"}},
        {"core/session/", {"nlohmann/"}},
        {"app/cli/terminal.cpp", {"sys/ioctl.h", "unistd.h"}},
        {"app/cli/stop_signals.cpp", {"unistd.h"}},
        {"app/cli/", {"CLI/", "nlohmann/"}},
        {"app/gui/window/command_line.cpp", {"CLI/"}},
        {"app/gui/", {"Q", "qcustomplot.h"}},
    };
    EXPECT_THAT(violations("",
                           [&](const Include &include) {
                               if (!include.foreign())
                                   return false;
                               return std::none_of(allowed.begin(), allowed.end(), [&](const auto &place) {
                                   return include.file.starts_with(place.first) &&
                                          anyStartsWith(place.second, include.name);
                               });
                           }),
                testing::IsEmpty());
}

TEST(IncludeDirections, theWindowTalksToSessionsThroughItsBridgeAlone)
{
    EXPECT_THAT(violations("app/gui/",
                           [](const Include &include) {
                               return include.folder() == "session" &&
                                      !include.file.starts_with("app/gui/session_bridge.");
                           }),
                testing::IsEmpty());
    EXPECT_THAT(violations("app/gui/",
                           [](const Include &include) {
                               return include.folder() == "engine" || include.folder() == "wsp" ||
                                      include.folder() == "cli";
                           }),
                testing::IsEmpty());
    EXPECT_THAT(violations("app/cli/", [](const Include &include) { return include.folder() == "gui"; }),
                testing::IsEmpty());
    EXPECT_THAT(
        violations("app/resources/",
                   [](const Include &include) { return include.folder() == "gui" || include.folder() == "cli"; }),
        testing::IsEmpty());
}

TEST(IncludeDirections, oneWrapperIncludesThePlotLibrary)
{
    EXPECT_LE(violations("app/", [](const Include &include) { return include.name == "qcustomplot.h"; }).size(), 1U);
}

} // namespace recvscope
