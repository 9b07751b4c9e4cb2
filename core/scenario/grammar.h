// Every word of the language, version 1, and whether this version runs it. The reader, the JSON schema's test and the
// document's test all stand on this one table.
//
// Threads: constant.

#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace recvscope::scenario::grammar {

enum class Mark : std::uint8_t {
    Required,
    Optional,
    Steps,      ///< may be there, and what stands under it is a list of calls
    Later,      ///< part of the language, but not run by this version
    LaterSteps, ///< the same, and what stands under it is a list of steps
};

[[nodiscard]] constexpr bool isLater(Mark mark)
{
    return mark == Mark::Later || mark == Mark::LaterSteps;
}

/// A word that may stand before a colon.
struct Word {
    std::string_view name;
    Mark mark;
};

/// A mapping with a fixed set of words; a verb with its arguments.
struct Section {
    std::string_view name;
    Mark mark; ///< Optional, or Later for a whole verb
    std::span<const Word> words;
};

/// In the order of scenario::Action's alternatives first, then those of later versions.
[[nodiscard]] std::span<const Section> verbs();
[[nodiscard]] const Section *verb(std::string_view name);

[[nodiscard]] const Section &top();
[[nodiscard]] const Section &lesson();
[[nodiscard]] const Section &policy();
[[nodiscard]] const Section &socket();
[[nodiscard]] const Section &buffer(); ///< a buffer written as a mapping
[[nodiscard]] const Section &random(); ///< under {random: ...}
[[nodiscard]] const Section &data();   ///< data written as a mapping
[[nodiscard]] const Section &queued();
[[nodiscard]] const Section &arrived();
[[nodiscard]] const Section &indicated();
[[nodiscard]] const Section &discarded();
[[nodiscard]] const Section &calls();  ///< `calls:` of an expectation
[[nodiscard]] const Section &answer(); ///< of a receive event callback, written as a mapping

[[nodiscard]] std::vector<std::string_view> namesOf(std::span<const Word> words);
[[nodiscard]] std::vector<std::string_view> verbNames();

} // namespace recvscope::scenario::grammar
