// Scenario texts for the tests of the language.

#pragma once

#include "scenario/read.h"

#include <gtest/gtest.h>

#include <string>

namespace recvscope::scenario {

/// A scenario with a connected stream socket s, threads t1 and t2, and these steps, whose first stands in line 7.
inline std::string withSteps(const std::string &steps)
{
    return "recvscope: 1\n"
           "title: a test\n"
           "sockets:\n"
           "  s: {kind: tcp}\n"
           "threads: [t1, t2]\n"
           "steps:\n" +
           steps;
}

/// The value, or a test failure with the reader's message.
inline Scenario readGood(const std::string &text)
{
    const ReadResult result = readScenarioText(text, "test.yaml");
    if (!result.ok()) {
        ADD_FAILURE() << result.error().message() << "\n" << text;
        return {};
    }
    return result.value();
}

/// What the reader has against it, or a test failure.
inline ReadError readBad(const std::string &text)
{
    const ReadResult result = readScenarioText(text, "test.yaml");
    if (result.ok()) {
        ADD_FAILURE() << "it was read without an error:\n" << text;
        return {};
    }
    return result.error();
}

} // namespace recvscope::scenario
