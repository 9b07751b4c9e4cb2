#include "inputs.h"

#include "scenario/write.h"

#include "scenario/read.h"

#include <algorithm>
#include <string>

namespace recvscope::fuzz {

void tryScenario(std::span<const std::uint8_t> bytes)
{
    const std::string text(bytes.begin(), bytes.end());
    const scenario::ReadResult read = scenario::readScenarioText(text, "fuzzed.yaml");
    if (!read.ok()) {
        const scenario::ReadError &error = read.error();
        // A line may also end in CR, NEL, LS or PS; each of them counts at least one byte.
        require(error.line <= text.size() + 2, "the place of a mistake lies in the text");
        require(!error.problem.empty() || !error.expected.empty(), "a refusal says what is wrong");
        require(error.message().starts_with("fuzzed.yaml:"), "a refusal names the file");
        return;
    }
    const scenario::ReadResult again = scenario::readScenarioText(scenario::write(read.value()), "fuzzed.yaml");
    require(again.ok(), "what was written reads again");
    require(again.value() == read.value(), "what was written reads as the same");
}

} // namespace recvscope::fuzz
