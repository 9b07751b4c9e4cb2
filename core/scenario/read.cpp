#include "scenario/read.h"

#include "scenario/check.h"
#include "scenario/reading.h"
#include "scenario/tree.h"
#include "scenario/verbs.h"
#include "scenario/words.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

namespace recvscope::scenario {

namespace {

/// One that concerns the file as a whole.
ReadError aboutFile(const std::string &file, std::string problem, std::string nearest = {})
{
    return {file, 0, 0, 0, 0, {}, {}, std::move(nearest), std::move(problem), false};
}

/// A file beside it whose name may have been meant.
std::string nearestFile(const std::filesystem::path &path)
{
    constexpr std::size_t looked = 1000;
    std::error_code error;
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    std::vector<std::string> names;
    for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end && names.size() < looked;
         each.increment(error))
        names.push_back(each->path().filename().string());
    const std::string nearest = nearestWord(path.filename().string(), names);
    return nearest.empty() ? nearest : (path.parent_path() / nearest).string();
}

} // namespace

std::string ReadError::message() const
{
    std::string text = file;
    if (line > 0)
        text += ":" + std::to_string(line) + ":" + std::to_string(column);
    text += ": ";
    if (problem.empty())
        text += "expected " + expected + ", found " + found + ".";
    else
        text += problem;
    if (!nearest.empty())
        text += " Did you mean '" + nearest + "'?";
    return text;
}

ReadResult readScenarioText(std::string_view text, const std::string &name)
{
    auto tree = readTree(text, name);
    if (auto *error = std::get_if<ReadError>(&tree))
        return std::move(*error);
    const Node &root = std::get<Node>(tree);

    Reading reading(name, std::filesystem::path(name).parent_path());
    Scenario scenario;
    scenario.file = name;
    const bool ourLanguage = readHeader(reading, root, scenario);
    reading.nextPart();
    if (const Node *steps = ourLanguage ? root.find("steps") : nullptr; steps != nullptr)
        scenario.steps = readSteps(reading, *steps);
    if (std::vector<ReadError> errors = reading.errors(); !errors.empty())
        return errors;

    const auto placeOf = [&](std::size_t step, std::string_view word) {
        return reading.placeOf(step, word).value_or(scenario.steps[step].place);
    };
    if (std::vector<ReadError> errors = checkAll(scenario, placeOf); !errors.empty())
        return errors;
    return scenario;
}

ReadResult readScenario(const std::string &path)
{
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        return aboutFile(path, "this is a folder; name the scenario's file in it.");
    const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
    if (file == nullptr) {
        const int code = errno;
        return aboutFile(path, std::string("the file cannot be opened: ") + std::strerror(code) + ".",
                         code == ENOENT ? nearestFile(path) : std::string());
    }
    // One byte more than the limit is enough to know that it is exceeded, whatever kind of file it is.
    std::string text;
    std::array<char, 16384> part;
    while (text.size() <= ReadLimits::bytes) {
        const std::size_t count = std::fread(part.data(), 1, part.size(), file.get());
        if (count == 0)
            break;
        text.append(part.data(), std::min(count, ReadLimits::bytes + 1 - text.size()));
    }
    if (std::ferror(file.get()) != 0)
        return aboutFile(path, "the file cannot be read: " + std::string(std::strerror(errno)) + ".");
    return readScenarioText(text, path);
}

} // namespace recvscope::scenario
