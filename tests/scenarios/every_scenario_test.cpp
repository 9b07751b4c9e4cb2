// Every lesson, and every scenario of this folder: it runs, all it expects is met, and its trace holds each rule that
// its lesson promises to explain. One test a file, by which ./dev rules knows how it ended.

#include "scenario/read.h"
#include "session/run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace recvscope::session {

namespace {

std::vector<std::filesystem::path> scenarioFiles()
{
    std::vector<std::filesystem::path> files;
    for (const char *folder : {RECVSCOPE_SOURCE_DIR "/resources/lessons", RECVSCOPE_SOURCE_DIR "/tests/scenarios"})
        for (const auto &each : std::filesystem::directory_iterator(folder))
            if (each.path().extension() == ".yaml")
                files.push_back(each.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string nameOfFile(const testing::TestParamInfo<std::filesystem::path> &file)
{
    std::string name = file.param.stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return "scenario_" + name;
}

std::set<RuleId> rulesIn(const trace::Snapshot &snapshot)
{
    std::set<RuleId> rules;
    for (std::uint16_t track = 0; track < snapshot.trackCount(); ++track)
        for (std::uint32_t i = 0; i < snapshot.trackSize(track); ++i)
            rules.insert(snapshot.event({track, i}).rule);
    return rules;
}

class EveryScenario : public testing::TestWithParam<std::filesystem::path> {};

} // namespace

TEST_P(EveryScenario, meetsItsExpectationsAndShowsWhatItExplains)
{
    RecordProperty("scenario", GetParam().stem().string());
    const scenario::ReadResult read = scenario::readScenario(GetParam().string());
    ASSERT_TRUE(read.ok()) << read.error().message();
    const auto run = makeRun(read.value());
    const RunReport report = run->run();
    if (report.end == RunEnd::NotPossibleHere)
        GTEST_SKIP() << report.reason;
    EXPECT_EQ(report.end, RunEnd::AllMet) << report.reason;
    for (const ExpectationReport &each : report.expectations)
        EXPECT_TRUE(each.met) << "line " << each.line << ", " << each.what << ": expected " << each.expected
                              << ", found " << each.found << " (" << each.why << ")";
    if (read.value().lesson) {
        const std::set<RuleId> shown = rulesIn(run->snapshot());
        for (const RuleId rule : read.value().lesson->explains)
            EXPECT_TRUE(shown.contains(rule))
                << "it explains " << ruleOf(rule).name << ", which its trace does not hold";
    }
}

INSTANTIATE_TEST_SUITE_P(Files, EveryScenario, testing::ValuesIn(scenarioFiles()), nameOfFile);

} // namespace recvscope::session
