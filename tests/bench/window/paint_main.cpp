// recvscope-bench-paint: paints the timeline over traces of three lengths and prints what each view took. For
// recvscope-bench, which reads it.

#include "paint.h"

#include <CLI/CLI.hpp>

#include <QApplication>

int main(int argc, char **argv)
{
    recvscope::benchmarks::PaintEffort effort;
    CLI::App app("Prints what painting the timeline takes: events, scale, which views, and the nanoseconds of each.");
    app.add_option("--rounds", effort.rounds, "rounds");
    app.add_option("--seed", effort.seed, "of the order within each round");
    app.add_flag("--quick", effort.quick, "fewer views, shorter traces");
    CLI11_PARSE(app, argc, argv);
    const QApplication application(argc, argv);
    return recvscope::benchmarks::paintTraces(effort);
}
