#include "running.h"

#include <nlohmann/json.hpp>

namespace recvscope::session {

TEST(Report, theJsonHoldsWhatTheDesignPromises)
{
    const scenario::Scenario scenario = withSteps(R"(
  - peer.send: {socket: s, data: {hex: "68 ff"}}
  - wsp.recv: {socket: s, op: r1, buffers: [1, 4], flags: [MSG_PEEK]}
  - expect: {op: r1, returns: 0, bytes: 3}
)");
    const auto json = nlohmann::json::parse(ran(scenario).json);
    EXPECT_EQ(json["title"], "a test");
    EXPECT_EQ(json["end"], "expectation failed");
    EXPECT_EQ(json["environment"]["system"], "Linux");
    EXPECT_EQ(json["steps"].size(), 3U);
    EXPECT_EQ(json["steps"][1]["verb"], "wsp.recv");
    EXPECT_EQ(json["steps"][1]["line"], 10);

    const auto &operation = json["operations"].at(0);
    EXPECT_EQ(operation["name"], "r1");
    EXPECT_EQ(operation["arguments"]["buffers"], nlohmann::json({1, 4}));
    EXPECT_EQ(operation["arguments"]["flags"], "MSG_PEEK");
    EXPECT_EQ(operation["returned"], "0");
    EXPECT_EQ(operation["touched"]["bytes"], 2);
    EXPECT_EQ(operation["status"], "0");
    EXPECT_EQ(operation["contents"][0]["text"], "h");
    EXPECT_EQ(operation["contents"][1]["text"], "\\xff");
    EXPECT_EQ(operation["contents"][1]["hex"], "ff");
    EXPECT_EQ(operation["indicated"], "call");
    EXPECT_FALSE(operation["rules"].empty());
    EXPECT_GT(operation["times"]["returned"], operation["times"]["called"]);

    const auto &expectation = json["expectations"].at(1);
    EXPECT_EQ(expectation["met"], false);
    EXPECT_EQ(expectation["expected"], "3");
    EXPECT_EQ(expectation["found"], "2");
    EXPECT_EQ(expectation["line"], 11);
    EXPECT_TRUE(json["diagnostics"].empty());
}

TEST(Report, aTitleThatIsNoTextDoesNotCostTheReport)
{
    scenario::Scenario scenario = withSteps("  - say: Hello.\n");
    scenario.title = "\xff\xfe";
    EXPECT_FALSE(nlohmann::json::parse(ran(scenario).json)["title"].get<std::string>().empty());
}

} // namespace recvscope::session
