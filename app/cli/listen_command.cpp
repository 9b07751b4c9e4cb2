// recvscope-cli listen: waits for outside programs and prints each receive as it happens.

#include "cli/invocation.h"
#include "cli/listen_output.h"
#include "cli/stop_signals.h"
#include "cli/text.h"
#include "session/live.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <system_error>

namespace recvscope::cli {

namespace {

/// Text of a saved scenario is cut after so many bytes of data.
constexpr std::size_t savedBytes = 256 * 1024;

struct Options {
    std::string address;
    session::LiveSettings settings;
    bool nonoverlapped = false;
    bool json = false;
    std::string save;
};

void refuse(const std::string &why, ExitCode code, Invocation &invocation)
{
    invocation.err << why << "\n";
    invocation.exitCode = code;
}

/// Writes what was received as a scenario.
void save(const std::string &path, const session::Live &live, Invocation &invocation)
{
    // Beside it first: what stood there before stays until the new one is whole.
    const std::string beside = path + ".new";
    std::ofstream file(beside, std::ios::binary | std::ios::trunc);
    file << live.asScenario(savedBytes);
    file.close();
    std::error_code error;
    const bool written = static_cast<bool>(file);
    if (written)
        std::filesystem::rename(beside, path, error);
    std::error_code ignored;
    if (!written || error)
        std::filesystem::remove(beside, ignored);
    if (!written || error)
        refuse("Cannot save the scenario to " + path +
                   ": the file could not be written. Is there a folder of that name, "
                   "and room on the disk?",
               ExitCode::BadInput, invocation);
    else
        invocation.err << "Saved as " << path << "; run it with: recvscope-cli run " << path << "\n";
}

void work(const Options &options, Invocation &invocation)
{
    session::LiveSettings settings = options.settings;
    const Result<net::Address> address = net::Address::parse(options.address);
    if (!address)
        return refuse(address.error().message(), ExitCode::BadInput, invocation);
    settings.address = *address;
    settings.behaviour.overlapped = !options.nonoverlapped;
    if (const Outcome good = session::checkBehaviour(settings.behaviour); !good)
        return refuse(good.error().message(), ExitCode::BadInput, invocation);
    if (!settings.address.isLoopback())
        invocation.err << "Warning: other machines can reach " << settings.address.text()
                       << " and send to it. 127.0.0.1 stays on this one.\n";

    ListenOutput output(invocation, options.json);
    settings.watch.opened = [&](const session::Connection &connection) { output.opened(connection); };
    settings.watch.received = [&](const session::LiveReceive &receive) { output.received(receive); };
    settings.watch.closed = [&](const session::Connection &connection) { output.closed(connection); };
    // Nobody looks at the payload here: what a scenario needs is kept beside the trace.
    settings.payloadPerTransfer = 0;
    settings.memoryLimit = std::size_t{16} << 20;
    Result<std::unique_ptr<session::Live>> live = session::startLive(std::move(settings));
    if (!live)
        return refuse(live.error().message(), ExitCode::NotPossibleHere, invocation);
    {
        const StopSignals signals([&] { (*live)->stop(); });
        output.began(**live);
        (*live)->wait();
    }
    output.ended(**live);
    if (const std::string trouble = (*live)->trouble(); !trouble.empty())
        refuse(trouble, ExitCode::NotPossibleHere, invocation);
    if (!options.save.empty())
        save(options.save, **live, invocation);
}

} // namespace

void addListenCommand(CLI::App &app, Invocation &invocation)
{
    CLI::App *command = app.add_subcommand("listen", "Wait for outside programs and print each receive as it happens");
    command->footer("Try it: recvscope-cli listen 127.0.0.1:7000 --buffers 8,8\n"
                    "and in another terminal: echo hello world | nc -N 127.0.0.1 7000");
    const auto options = std::make_shared<Options>();
    session::LiveBehaviour &behaviour = options->settings.behaviour;
    command->add_option("address", options->address, "127.0.0.1:7000, [::1]:7000, or :7000 for the first; port 0: any")
        ->required()
        ->type_name("ADDRESS:PORT");
    command->add_option("--buffers", behaviour.buffers, "Sizes of each receive's buffers, in bytes")
        ->delimiter(',')
        ->type_name("SIZE,...")
        ->capture_default_str();
    command->add_flag("--nonoverlapped", options->nonoverlapped, "Receive with blocking calls");
    command->add_option("--outstanding", behaviour.outstanding, "Overlapped receives kept in flight")
        ->type_name("COUNT")
        ->capture_default_str()
        ->excludes("--nonoverlapped");
    command->add_option("--pace", behaviour.bytesPerSecond, "How fast the application consumes; 0: as fast as it can")
        ->type_name("BYTES/S")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{1} << 40))
        ->capture_default_str();
    command->add_option("--max-connections", options->settings.maxConnections, "Served at once; others wait")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
    command->add_flag("--once", options->settings.once, "End after the first connection");
    command->add_flag("--json", options->json, "One JSON object a line, for programs");
    command->add_option("--save", options->save, "At the end, save what was received as a scenario")->type_name("FILE");
    command->callback([options, &invocation] { work(*options, invocation); });
}

} // namespace recvscope::cli
