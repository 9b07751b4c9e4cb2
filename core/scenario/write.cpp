#include "scenario/write.h"

#include "scenario/braces.h"
#include "scenario/profile.h"

#include <sstream>

namespace recvscope::scenario {

namespace {

std::vector<std::string> profileWords(const Profile &profile)
{
    std::vector<std::string> words;
    for (const auto &[name, bit] : profileBits) {
        if ((profile.set & bit) != 0)
            words.emplace_back(name);
        if ((profile.cleared & bit) != 0)
            words.push_back("no-" + std::string(name));
    }
    return words;
}

std::string policyText(const PolicyChoices &policy)
{
    Braces braces;
    if (policy.overlappedOnPlainSocketAllowed)
        braces.add("overlapped-on-plain-socket", "allowed");
    if (policy.overlappedPeekAllowed)
        braces.add("overlapped-peek", "allowed");
    if (policy.closeAbortsWithConnAborted)
        braces.add("socket-closed", "connection-aborted");
    if (policy.resetDiscardsData)
        braces.add("reset-discards-data", "true");
    if (policy.tooLargeCountReported)
        braces.add("too-large-count", "told");
    if (policy.routinesNewestFirst)
        braces.add("routine-order", "newest-first");
    if (policy.maxOutstanding != PolicyChoices().maxOutstanding)
        braces.add("max-outstanding", std::to_string(policy.maxOutstanding));
    if (policy.reenableWhenCompleted)
        braces.add("wsk-reenable", "when-completed");
    if (policy.pendingResetForcedClosed)
        braces.add("wsk-pending-reset", std::string(nameOf(Status::NtFileForcedClosed)));
    return braces.text();
}

std::string socketText(const SocketDeclaration &socket)
{
    Braces braces;
    braces.add("kind", std::string(net::nameOf(socket.kind)));
    if (socket.family == net::AddressFamily::IPv6)
        braces.add("family", "ipv6");
    if (!socket.overlapped)
        braces.add("overlapped", "false");
    if (socket.nonblocking)
        braces.add("nonblocking", "true");
    if (!socket.connected)
        braces.add("connected", "false");
    if (socket.invalid)
        braces.add("handle", "invalid");
    if (socket.receiveBuffer)
        braces.add("receive-buffer", std::to_string(*socket.receiveBuffer));
    if (socket.profile)
        braces.add("protocol", names(profileWords(*socket.profile)));
    if (socket.oobInline)
        braces.add("oob-inline", "true");
    for (const auto &[word, time] : {std::pair{"keep-alive", socket.keepAlive},
                                     {"user-timeout", socket.userTimeout},
                                     {"receive-timeout", socket.receiveTimeout}})
        if (time != 0)
            braces.add(word, std::to_string(time));
    if (socket.face != Face::Wsp)
        braces.add("face", std::string(nameOf(socket.face)));
    if (socket.category != Category::Connection)
        braces.add("category", std::string(nameOf(socket.category)));
    if (socket.policy)
        braces.add("policy", policyText(*socket.policy));
    return braces.text();
}

std::string lessonText(const Lesson &lesson)
{
    Braces braces;
    if (lesson.number != 0)
        braces.add("number", std::to_string(lesson.number));
    return braces.add("track", std::string(nameOf(lesson.track)))
        .name("about", lesson.about)
        .add("explains", rules(lesson.explains))
        .text();
}

} // namespace

std::string write(const Scenario &scenario)
{
    std::ostringstream out;
    out << "recvscope: 1\ntitle: " << foldedScalar(scenario.title, 100, 2) << '\n';
    if (scenario.lesson)
        out << "lesson: " << lessonText(*scenario.lesson) << '\n';
    if (!scenario.repeatable)
        out << "repeatable: false\n";
    if (!scenario.needs.empty())
        out << "needs: " << brackets(scenario.needs, [](Need need) { return std::string(nameOf(need)); }) << '\n';
    if (scenario.policy != PolicyChoices())
        out << "policy: " << policyText(scenario.policy) << '\n';
    if (!scenario.sockets.empty()) {
        out << "sockets:\n";
        for (const SocketDeclaration &socket : scenario.sockets)
            out << "  " << scalar(socket.name) << ": " << socketText(socket) << '\n';
    }
    if (!scenario.peers.empty())
        out << "peers: " << names(scenario.peers) << '\n';
    if (!scenario.threads.empty())
        out << "threads: " << names(scenario.threads) << '\n';
    out << "steps:\n";
    for (const Step &step : scenario.steps)
        out << "  - " << write(step) << '\n';
    return out.str();
}

} // namespace recvscope::scenario
