// The lessons: each is read without a word against it, and keeps to what a lesson promises.

#include "scenario/write.h"
#include "texts.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace recvscope::scenario {

namespace {

std::vector<std::filesystem::path> lessonFiles()
{
    std::vector<std::filesystem::path> files;
    for (const auto &each : std::filesystem::directory_iterator(RECVSCOPE_SOURCE_DIR "/resources/lessons"))
        if (each.path().extension() == ".yaml")
            files.push_back(each.path());
    std::sort(files.begin(), files.end());
    return files;
}

class Lessons : public testing::TestWithParam<std::filesystem::path> {
protected:
    void SetUp() override
    {
        const ReadResult result = readScenario(GetParam().string());
        ASSERT_TRUE(result.ok()) << result.error().message();
        m_scenario = result.value();
        ASSERT_TRUE(m_scenario.lesson);
    }

    template <class T>
    [[nodiscard]] std::vector<T> all() const
    {
        std::vector<T> found;
        for (const Step &step : m_scenario.steps)
            if (const auto *action = std::get_if<T>(&step.action))
                found.push_back(*action);
        return found;
    }

    Scenario m_scenario;
};

std::string nameOfLesson(const testing::TestParamInfo<std::filesystem::path> &lesson)
{
    std::string name = lesson.param.stem().string();
    std::replace(name.begin(), name.end(), '-', '_');
    return "lesson_" + name;
}

/// The answer that the lesson's own expectations give to a prediction; empty where none of them tells it.
std::string answerIn(const std::vector<Expect> &expectations, const Predict &predict)
{
    for (const Expect &expect : expectations) {
        if (expect.op != predict.of)
            continue;
        if (predict.ask == Ask::Returns && expect.returns)
            return std::string(nameOf(*expect.returns));
        if (predict.ask == Ask::Status && expect.status)
            return std::string(nameOf(*expect.status));
        if (predict.ask == Ask::Bytes && expect.bytes)
            if (const auto *bytes = std::get_if<std::uint32_t>(&*expect.bytes))
                return std::to_string(*bytes);
        if (predict.ask == Ask::Buffer && expect.buffers && predict.buffer < expect.buffers->size())
            return bytesOf((*expect.buffers)[predict.buffer]);
    }
    return {};
}

} // namespace

TEST(LessonFiles, areNamedByTheirNumberAndEachNumberIsThereOnce)
{
    std::set<std::uint32_t> numbers;
    for (const auto &file : lessonFiles()) {
        const ReadResult result = readScenario(file.string());
        ASSERT_TRUE(result.ok()) << result.error().message();
        ASSERT_TRUE(result.value().lesson);
        const std::uint32_t number = result.value().lesson->number;
        EXPECT_EQ(std::stoul(file.filename().string()), number) << file;
        EXPECT_TRUE(numbers.insert(number).second) << number;
    }
    for (const std::uint32_t number : {1U, 2U, 3U, 7U, 8U, 16U, 17U})
        EXPECT_TRUE(numbers.contains(number)) << "lesson " << number << " is missing";
}

TEST_P(Lessons, explainsItsRulesAndShowsThem)
{
    EXPECT_FALSE(m_scenario.lesson->explains.empty());
    EXPECT_FALSE(m_scenario.lesson->about.empty());
    std::set<RuleId> shown;
    for (const Expect &expect : all<Expect>()) {
        shown.insert(expect.rules.begin(), expect.rules.end());
        shown.insert(expect.diagnostics.begin(), expect.diagnostics.end());
    }
    for (const RuleId rule : m_scenario.lesson->explains)
        EXPECT_TRUE(shown.contains(rule)) << "no expectation shows " << ruleOf(rule).name;
}

TEST_P(Lessons, asksAPredictionBeforeTheRunShowsTheAnswer)
{
    const std::vector<Predict> predictions = all<Predict>();
    EXPECT_FALSE(predictions.empty());
    for (const Predict &predict : predictions) {
        if (predict.ask == Ask::Question)
            continue;
        const std::string answer = answerIn(all<Expect>(), predict);
        EXPECT_NE(std::find(predict.choices.begin(), predict.choices.end(), answer), predict.choices.end())
            << "the answer '" << answer << "' about " << predict.of << " is none of the choices";
    }
    // Asked in time: no earlier step has waited for the operation that is asked for.
    std::set<std::string> completed;
    for (const Step &step : m_scenario.steps) {
        if (const auto *predict = std::get_if<Predict>(&step.action)) {
            EXPECT_FALSE(completed.contains(predict->of)) << "line " << step.place.line;
        }
        if (const auto *wait = std::get_if<Wait>(&step.action))
            if (const auto *done = std::get_if<Completed>(&wait->cause))
                completed.insert(done->op);
    }
}

TEST_P(Lessons, expectsSomethingOfEveryReceive)
{
    std::set<std::string> expected;
    for (const Expect &expect : all<Expect>())
        expected.insert(expect.op);
    for (const WspRecv &recv : all<WspRecv>())
        EXPECT_TRUE(expected.contains(recv.op)) << recv.op;
}

TEST_P(Lessons, saysLittleAtATime)
{
    constexpr std::ptrdiff_t mostWords = 55;
    const std::vector<Say> says = all<Say>();
    EXPECT_GE(says.size(), 3U);
    for (const Say &say : says)
        EXPECT_LE(std::count(say.text.begin(), say.text.end(), ' '), mostWords) << say.text;
    EXPECT_TRUE(std::holds_alternative<Say>(m_scenario.steps.front().action)) << "it begins with a word";
}

TEST_P(Lessons, fitsTheStage)
{
    for (const WspRecv &recv : all<WspRecv>()) {
        std::uint64_t room = 0;
        for (const Buffer &buffer : writtenOut(recv.buffers))
            room += buffer.size;
        EXPECT_LE(room, 32U) << recv.op << ": its bytes are to be seen as cells";
    }
    for (const PeerSend &send : all<PeerSend>())
        EXPECT_LE(sizeOf(send.data), 32U);
}

TEST_P(Lessons, isWrittenBackEqual)
{
    const ReadResult again = readScenarioText(write(m_scenario), "again.yaml");
    ASSERT_TRUE(again.ok()) << again.error().message();
    EXPECT_EQ(again.value(), m_scenario);
}

INSTANTIATE_TEST_SUITE_P(Files, Lessons, testing::ValuesIn(lessonFiles()), nameOfLesson);

} // namespace recvscope::scenario
