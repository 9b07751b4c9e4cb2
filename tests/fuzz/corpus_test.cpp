// Every file of the corpus through what ./dev fuzz feeds: without clang, in every run. One test a file, so that the
// file is named when the process ends in it.

#include "inputs.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace recvscope::fuzz {

namespace {

std::vector<std::filesystem::path> filesOf(const std::string &folder)
{
    std::vector<std::filesystem::path> files;
    for (const auto &each : std::filesystem::directory_iterator(std::string(RECVSCOPE_CORPUS "/") + folder))
        files.push_back(each.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string nameOf(const testing::TestParamInfo<std::filesystem::path> &file)
{
    std::string name = file.param.stem().string();
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    return name;
}

std::vector<std::uint8_t> contentOf(const std::filesystem::path &path)
{
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file.is_open()) << path;
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class ScenarioCorpus : public testing::TestWithParam<std::filesystem::path> {};
class BuffersCorpus : public testing::TestWithParam<std::filesystem::path> {};

} // namespace

TEST_P(ScenarioCorpus, isRefusedWithAPlaceOrReadsAgainAsTheSame)
{
    tryScenario(contentOf(GetParam()));
}

TEST_P(BuffersCorpus, putsEachByteWhereItBelongs)
{
    tryBuffers(contentOf(GetParam()));
}

INSTANTIATE_TEST_SUITE_P(Fuzz, ScenarioCorpus, testing::ValuesIn(filesOf("scenario")), nameOf);
INSTANTIATE_TEST_SUITE_P(Fuzz, BuffersCorpus, testing::ValuesIn(filesOf("buffers")), nameOf);

} // namespace recvscope::fuzz
