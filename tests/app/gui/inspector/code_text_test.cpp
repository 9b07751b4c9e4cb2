#include "gui/inspector/code_text.h"

#include "net/kind.h"
#include "told_traces.h"
#include "trace_builder.h"

#include <QStringList>

#include <gtest/gtest.h>

#include <algorithm>

namespace recvscope::gui::inspector {
namespace {

using trace::EventType;
using namespace Qt::StringLiterals;

QString codeAt(CodeFace face, const trace::Snapshot &snapshot, OperationId operation,
               EventType after = EventType::StepBegan, OperationId of = {})
{
    const trace::Story story(snapshot);
    const trace::Moment moment = test::momentAfter(story, after, of);
    const trace::ReceiveMoment &receive = *moment.receive(operation);
    return codeOf(face, *moment.socket(receive.socket), receive);
}

} // namespace

TEST(Code, ofAPendingReceiveThatHasCompleted)
{
    EXPECT_EQ(codeAt(CodeFace::Winsock, test::pendingLesson(), test::r1).toStdString(),
              "WSABUF bufs[2] = {{4, a}, {16, b}};\n"
              "DWORD got, flags = 0;\n"
              "WSAOVERLAPPED ov = {.hEvent = ev};\n"
              "int rc = WSARecv(s, bufs, 2, &got,\n"
              "    &flags, &ov, NULL);\n"
              "if (rc == SOCKET_ERROR &&\n"
              "    WSAGetLastError()\n"
              "      == WSA_IO_PENDING)\n"
              "  wait(ev); // got, flags: not yet\n"
              "WSAGetOverlappedResult(s, &ov,\n"
              "    &got, TRUE, &flags);\n"
              "// got = 6, flags = 0");
}

TEST(Code, zeroBytesOfAMessageAreNotTheEnd)
{
    for (const bool stream : {false, true}) {
        test::TraceBuilder build;
        constexpr SocketId s{1};
        const auto kind = static_cast<std::uint32_t>(stream ? net::SocketKind::Tcp : net::SocketKind::Udp);
        build.at(1000).add(EventType::SocketOpened, s, kind);
        build.after(100).called(test::r1, s, {8});
        build.after(100).completed(test::r1, s, 0);
        build.after(100).returned(test::r1, s, 0);
        const auto snapshot = build.snapshot();
        EXPECT_EQ(codeAt(CodeFace::Winsock, snapshot, test::r1).contains(u"// the end"_s), stream);
        EXPECT_EQ(codeAt(CodeFace::Winsock, snapshot, test::r1).contains(u"// 0: an empty message"_s), !stream);
        EXPECT_EQ(codeAt(CodeFace::Posix, snapshot, test::r1).contains(u"an empty message"_s), !stream);
    }
}

TEST(Code, whileItWaitsNoResultIsWritten)
{
    const QString code = codeAt(CodeFace::Winsock, test::pendingLesson(), test::r1, EventType::Returned, test::r1);
    EXPECT_TRUE(code.contains(u"not yet"_s));
    EXPECT_FALSE(code.contains(u"WSAGetOverlappedResult"_s));
}

TEST(Code, aRoutineIsToldInAnAlertableWaitAndNobodyWaitsForTheResult)
{
    test::TraceBuilder build;
    constexpr SocketId s{1};
    build.at(1000).opened(s, "s");
    build.after(100).called(test::r1, s, {8}, trace::CallOverlapped | trace::CallHasRoutine);
    build.after(100).returnedPending(test::r1, s);
    build.after(100).received(test::r1, s, "hello", {{0, 5}});
    build.after(100).completed(test::r1, s, 5);
    const QString code = codeAt(CodeFace::Winsock, build.snapshot(), test::r1);
    EXPECT_TRUE(code.contains(u"&flags, &ov, done);"_s)) << code.toStdString();
    EXPECT_TRUE(code.contains(u"SleepEx(INFINITE, TRUE);"_s));
    EXPECT_TRUE(code.contains(u"// got = 5, flags = 0"_s));
    EXPECT_FALSE(code.contains(u"WSAGetOverlappedResult"_s));
}

TEST(Code, ofABlockingCall)
{
    const QString waits = codeAt(CodeFace::Winsock, test::blocked(), test::r1);
    EXPECT_TRUE(waits.contains(u"&flags, NULL, NULL);\n// blocks"_s));
    const QString done = codeAt(CodeFace::Winsock, test::atOnce(), test::r2);
    EXPECT_TRUE(done.contains(u"// got = 12, flags = 0"_s));
    EXPECT_TRUE(done.contains(u"use(bufs, got);"_s));
}

TEST(Code, ofARefusedCallDoesNotWait)
{
    const QString code = codeAt(CodeFace::Winsock, test::refused(), test::r1);
    EXPECT_TRUE(code.contains(u"WSAESHUTDOWN (10058)"_s));
    EXPECT_FALSE(code.contains(u"wait(ev)"_s));
}

TEST(Code, inPosixPendingIsReadinessAndAnotherReceive)
{
    const QString code = codeAt(CodeFace::Posix, test::pendingLesson(), test::r1);
    EXPECT_TRUE(code.contains(u"iovec bufs[2] = {{a, 4}, {b, 16}};"_s));
    EXPECT_TRUE(code.contains(u"MSG_DONTWAIT"_s));
    EXPECT_TRUE(code.contains(u"EAGAIN"_s));
    EXPECT_TRUE(code.endsWith(u"// got = 6"_s));
    EXPECT_TRUE(codeAt(CodeFace::Posix, test::pendingLesson(), test::r3).endsWith(u"// got = 0: the end"_s));
    EXPECT_TRUE(codeAt(CodeFace::Posix, test::resetWhilePending(), test::r2).endsWith(u"errno = ECONNRESET"_s));
    EXPECT_TRUE(codeAt(CodeFace::Posix, test::blocked(), test::r1).contains(u"    0);"_s));
}

TEST(Code, fitsTheInspectorsWidth)
{
    for (const auto snapshot :
         {test::pendingLesson, test::resetWhilePending, test::blocked, test::refused, test::atOnce})
        for (const CodeFace face : {CodeFace::Winsock, CodeFace::Posix})
            for (const QString &line : codeAt(face, snapshot(), test::r1).split(u'\n'))
                EXPECT_LE(line.size(), 38) << line.toStdString();
}

TEST(Code, aNameThatIsNoIdentifierIsNotWrittenIntoCode)
{
    trace::SocketMoment socket;
    socket.name = "s); system(\"x\"";
    const trace::ReceiveMoment receive;
    EXPECT_TRUE(codeOf(CodeFace::Winsock, socket, receive).contains(u"WSARecv(s, "_s));
    socket.name = "client_2";
    EXPECT_TRUE(codeOf(CodeFace::Winsock, socket, receive).contains(u"WSARecv(client_2, "_s));
}

TEST(Code, manyBuffersAreNotAllWrittenOut)
{
    const QString code = codeAt(CodeFace::Winsock, test::manyBuffers(), test::r1);
    EXPECT_TRUE(code.startsWith(u"WSABUF bufs[24] = {{6, a}, {6, b}, {6, c}, {6, d}, /* … */};"_s));
}

TEST(Code, ofAWskReceiveIsTheCallAndItsCompletionRoutine)
{
    test::TraceBuilder trace;
    const SocketId socket{1};
    trace.opened(socket, "k");
    trace.add(EventType::FaceGiven, socket, static_cast<std::uint32_t>(trace::Interface::Wsk));
    trace.wskCalled(test::r1, socket, {8, 8}, 0x2);
    trace.wskPends(test::r1, socket);
    const QString pending = codeAt(CodeFace::Winsock, trace.snapshot(), test::r1);
    EXPECT_TRUE(pending.contains(u"WSK_BUF wskBuf = {mdl, 0, 16};\n// mdl->ByteCount: 8, 8\n"_s))
        << pending.toStdString();
    EXPECT_TRUE(pending.contains(u"WskReceive(k,\n    &wskBuf, WSK_FLAG_WAITALL,\n    irp);\n// st = STATUS_PENDING"_s))
        << pending.toStdString();
    EXPECT_TRUE(pending.contains(u"// not yet: still pending"_s));
    EXPECT_TRUE(codeAt(CodeFace::Posix, trace.snapshot(), test::r1).contains(u"MSG_WAITALL"_s))
        << "0x2 is MSG_PEEK on WSPRecv alone";
    trace.sent(socket, "sixteen bytes!!!");
    trace.received(test::r1, socket, "sixteen bytes!!!", {{0, 8}, {1, 8}});
    trace.completed(test::r1, socket, 16);
    trace.irpCompleted(test::r1, socket, 16);
    const QString done = codeAt(CodeFace::Winsock, trace.snapshot(), test::r1);
    EXPECT_TRUE(done.contains(u".Information = 16"_s)) << done.toStdString();
    EXPECT_TRUE(done.contains(u"MmUnlockPages(mdl);"_s));
}

} // namespace recvscope::gui::inspector
