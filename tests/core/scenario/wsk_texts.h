// Scenario texts for the tests of WskReceive's half of the language.

#pragma once

#include "texts.h"

namespace recvscope::scenario {

/// Sockets of each face and category; the first step stands in line 18.
inline std::string wskSteps(const std::string &steps)
{
    return "recvscope: 1\n"
           "title: a test\n"
           "sockets:\n"
           "  s: {kind: tcp}\n"
           "  k: {face: wsk}\n"
           "  m: {face: wsk}\n"
           "  x: {face: wsk, kind: unix}\n"
           "  d: {face: wsk, kind: udp, category: datagram}\n"
           "  q: {face: wsk, category: listening, connected: false}\n"
           "  a: {face: wsk, connected: false}\n"
           "  b: {face: wsk, connected: false}\n"
           "  y: {face: wsk, kind: unix, connected: false}\n"
           "  n: {face: native}\n"
           "  nn: {face: native, nonblocking: true}\n"
           "  w: {kind: tcp, connected: false}\n"
           "threads: [t1, t2]\n"
           "steps:\n" +
           steps;
}

/// What is said against one of the steps.
inline std::string refusal(const std::string &steps)
{
    const ReadError error = readBad(wskSteps(steps));
    EXPECT_GE(error.line, 18U) << error.message();
    EXPECT_FALSE(error.later) << error.message();
    return error.message();
}

inline void accepted(const std::string &steps)
{
    (void)readGood(wskSteps(steps));
}

#define EXPECT_REFUSED(steps, part) EXPECT_NE(refusal(steps).find(part), std::string::npos) << refusal(steps)

inline const std::string pending = "  - wsk.receive: {socket: k, op: r1, irp: i1, mdl: [8]}\n";
inline const std::string drain =
    "  - wsk.receive: {socket: k, op: d1, irp: i9, mdl: [8], length: 0, flags: WSK_FLAG_DRAIN}\n";
inline const std::string callback = "  - wsk.event: {socket: k, receive: enable, on-indicate: [{retain: n1}]}\n";

inline std::string send(const std::string &data)
{
    return "  - peer.send: {socket: k, data: " + data + "}\n";
}

} // namespace recvscope::scenario
