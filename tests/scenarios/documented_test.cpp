// The examples of docs/scenario-format.md that are marked as running: each runs, and all it expects is met.

#include "scenario/read.h"
#include "session/run.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace recvscope::session {

namespace {

std::vector<std::string> runningExamples()
{
    std::ifstream file(RECVSCOPE_SOURCE_DIR "/docs/scenario-format.md", std::ios::binary);
    std::vector<std::string> examples;
    bool inside = false;
    std::string example;
    for (std::string line; std::getline(file, line);) {
        if (inside && line == "```") {
            if (example.starts_with("# ✔\n"))
                examples.push_back(example);
            inside = false;
        } else if (inside) {
            example += line + "\n";
        } else if (line == "```yaml") {
            inside = true;
            example.clear();
        }
    }
    return examples;
}

} // namespace

TEST(Documented, examplesRunAndMeetTheirExpectations)
{
    const std::vector<std::string> examples = runningExamples();
    EXPECT_GE(examples.size(), 8U);
    for (const std::string &example : examples) {
        const scenario::ReadResult read = scenario::readScenarioText(example, "example.yaml");
        ASSERT_TRUE(read.ok()) << read.error().message();
        SCOPED_TRACE(read.value().title);
        const RunReport report = makeRun(read.value())->run();
        EXPECT_EQ(report.end, RunEnd::AllMet) << report.reason;
        for (const ExpectationReport &each : report.expectations)
            EXPECT_TRUE(each.met) << "line " << each.line << ", " << each.what << ": expected " << each.expected
                                  << ", found " << each.found << " (" << each.why << ")";
    }
}

} // namespace recvscope::session
