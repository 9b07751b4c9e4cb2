// recvscope-cli listen with real peers: the command runs on a thread of the test, which reads its lines as they come.

#include "command_line.h"

#include "in_child.h"
#include "net/socket.h"
#include "scenario/read.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <streambuf>
#include <thread>

namespace recvscope::cli {

using testing::HasSubstr;
using testing::StartsWith;

namespace {

/// What a pipe's reader sees: the lines that have been flushed so far.
class Pipe : public std::stringbuf {
public:
    std::string waitForLine(const std::string &part)
    {
        std::unique_lock lock(m_mutex);
        std::size_t at = std::string::npos;
        m_news.wait(lock, [&] { return (at = m_flushed.find(part)) != std::string::npos; });
        const std::size_t begin = m_flushed.rfind('\n', at) + 1;
        return m_flushed.substr(begin, m_flushed.find('\n', at) - begin);
    }

protected:
    int sync() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_flushed = str();
        }
        m_news.notify_all();
        return 0;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_news;
    std::string m_flushed;
};

class Listening {
public:
    explicit Listening(std::vector<std::string> arguments)
        : m_thread([this, arguments = std::move(arguments)] {
              std::vector<const char *> argv{"recvscope-cli", "listen"};
              for (const std::string &argument : arguments)
                  argv.push_back(argument.c_str());
              std::ostream out(&m_pipe);
              Invocation invocation{out, m_err, {}};
              m_exitCode = runCommandLine(static_cast<int>(argv.size()), argv.data(), invocation);
          })
    {
    }
    ~Listening()
    {
        if (m_thread.joinable())
            m_thread.join();
    }

    Pipe &out() { return m_pipe; }
    std::string all() { return m_pipe.str(); }
    std::string err() { return m_err.str(); }
    int ended()
    {
        m_thread.join();
        return m_exitCode;
    }

    /// A peer, connected to where the first line says that it listens.
    net::Socket peer()
    {
        const std::string first = m_pipe.waitForLine("istening");
        const std::size_t port = first.find("127.0.0.1:") + std::string_view("127.0.0.1:").size();
        const Result<net::Address> address =
            net::Address::parse("127.0.0.1:" + first.substr(port, first.find_first_not_of("0123456789", port) - port));
        Result<net::Socket> socket = net::Socket::open(net::SocketKind::Tcp);
        if (address && socket && socket->connect(*address))
            return std::move(*socket);
        ADD_FAILURE() << "cannot connect as told: " << first;
        std::raise(SIGINT); // or it would wait for ever
        return {};
    }

private:
    Pipe m_pipe;
    std::ostringstream m_err;
    int m_exitCode = -1;
    std::thread m_thread;
};

void send(net::Socket &socket, std::string_view text)
{
    ASSERT_TRUE(socket.send(std::as_bytes(std::span(text))));
}

} // namespace

TEST(ListenCommand, printsEachReceiveAsItHappensAndTheTotalsAtTheEnd)
{
    Listening listening({"127.0.0.1:0", "--buffers", "8,8", "--once"});
    net::Socket peer = listening.peer();
    listening.out().waitForLine("connected");
    send(peer, "hello world");
    EXPECT_THAT(listening.out().waitForLine("r1 "), HasSubstr("11 bytes  [hello␣wo] [rld·····]"));
    peer.close();
    EXPECT_EQ(listening.ended(), 0) << listening.err();
    EXPECT_THAT(listening.all(), StartsWith("Listening on 127.0.0.1:"));
    EXPECT_THAT(listening.all(), HasSubstr("ended: 11 bytes in 1 receive, the peer finished\n"));
    EXPECT_THAT(listening.all(), HasSubstr("Total: 11 bytes in 1 receive from 1 connection\n"));
}

TEST(ListenCommand, blockingReceivesAndAResetAreToldAsSuch)
{
    Listening listening({"127.0.0.1:0", "--nonoverlapped", "--once"});
    net::Socket peer = listening.peer();
    send(peer, "abc");
    EXPECT_THAT(listening.out().waitForLine("r1 "), HasSubstr("blocking"));
    peer.closeAbortively();
    EXPECT_EQ(listening.ended(), 0);
    EXPECT_THAT(listening.all(), HasSubstr("ended: 3 bytes in 1 receive, WSAECONNRESET\n"));
}

TEST(ListenCommand, jsonIsOneObjectALine)
{
    Listening listening({"127.0.0.1:0", "--json", "--once", "--buffers", "2,2"});
    net::Socket peer = listening.peer();
    send(peer, "abc");
    const auto receive = nlohmann::json::parse(listening.out().waitForLine("\"receive\""));
    EXPECT_EQ(receive["bytes"], 3);
    EXPECT_EQ(receive["buffers"][1]["text"], "c");
    peer.close();
    EXPECT_EQ(listening.ended(), 0);
    std::istringstream lines(listening.all());
    std::string line;
    std::string last;
    while (std::getline(lines, line))
        last = nlohmann::json::parse(line)["event"];
    EXPECT_EQ(last, "total");
}

TEST(ListenCommand, ctrlCEndsItWithTheTotals)
{
    Listening listening({"127.0.0.1:0"});
    net::Socket peer = listening.peer();
    send(peer, "abc");
    listening.out().waitForLine("r1 ");
    std::raise(SIGINT);
    EXPECT_EQ(listening.ended(), 0);
    EXPECT_THAT(listening.all(), HasSubstr("ended: 3 bytes in 1 receive, closed here\n"));
    EXPECT_THAT(listening.all(), HasSubstr("Total: 3 bytes"));
}

TEST(ListenCommand, whatWasReceivedIsSavedAsAScenarioThatReadsBack)
{
    const std::filesystem::path path = std::filesystem::path(testing::TempDir()) / "recvscope-listen-saved.yaml";
    Listening listening({"127.0.0.1:0", "--once", "--save", path.string()});
    net::Socket peer = listening.peer();
    send(peer, "abc");
    peer.close();
    EXPECT_EQ(listening.ended(), 0);
    EXPECT_TRUE(scenario::readScenario(path.string()));
    EXPECT_EQ(test::call({"run", path.string()}).exitCode, 0);
    std::filesystem::remove(path);
}

TEST(ListenCommand, aPortInUseIsNotPossibleHereAndSaysSo)
{
    Result<net::Socket> holder = net::Socket::open(net::SocketKind::Tcp);
    ASSERT_TRUE(holder);
    ASSERT_TRUE(holder->bind(net::Address::loopback(net::AddressFamily::IPv4)));
    ASSERT_TRUE(holder->listen(1));
    const auto called = test::call({"listen", holder->localAddress().text()});
    EXPECT_EQ(called.exitCode, 3);
    EXPECT_THAT(called.err, HasSubstr(holder->localAddress().text()));
    EXPECT_THAT(called.err, HasSubstr("in use"));
    EXPECT_THAT(called.err, HasSubstr("take another one"));
}

TEST(ListenCommand, aPortWithoutPermissionIsNotPossibleHereAndSaysWhatToDo)
{
    int firstForAll = 1024;
    std::ifstream("/proc/sys/net/ipv4/ip_unprivileged_port_start") >> firstForAll;
    if (firstForAll <= 1)
        GTEST_SKIP() << "this machine lets everybody have port 1";
    const recvscope::test::Child child = recvscope::test::inChild([](std::string &said) {
        if (!recvscope::test::giveUpRights())
            return -1;
        const auto called = test::call({"listen", "127.0.0.1:1", "--once"});
        said = called.out + called.err;
        return called.exitCode;
    });
    EXPECT_EQ(child.exitCode, 3);
    EXPECT_EQ(child.said,
              "Cannot bind 127.0.0.1:1: Permission denied; low ports are for the system's own programs: take "
              "one from 1024 on, or 0 for any free one.\n");
}

TEST(ListenCommand, mistakesInTheArgumentsAreBadInput)
{
    for (const std::vector<std::string> &arguments :
         std::vector<std::vector<std::string>>{{"listen", "nowhere"},
                                               {"listen", "127.0.0.1:99999"},
                                               {"listen", "127.0.0.1:0", "--buffers", "0"},
                                               {"listen", "127.0.0.1:0", "--buffers", "eight"},
                                               {"listen", "127.0.0.1:0", "--outstanding", "65"},
                                               {"listen", "127.0.0.1:0", "--outstanding", "2", "--nonoverlapped"},
                                               {"listen"}}) {
        const auto called = test::call(arguments);
        EXPECT_EQ(called.exitCode, 2) << arguments.back();
        EXPECT_FALSE(called.err.empty());
    }
}

} // namespace recvscope::cli
