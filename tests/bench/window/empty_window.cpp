// recvscope-bench-empty-window: a main window with one plot and nothing else, until it is painted. What a start of
// recvscope is compared with.

#include "gui/plots/qcustomplot_wrapper.h"
#include "gui/window/first_paint.h"

#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QMainWindow window;
    auto *plot = new QCustomPlot;
    plot->addGraph()->setData({0, 1, 2}, {0, 1, 0});
    window.setCentralWidget(plot);
    window.resize(1280, 800); // as recvscope's
    recvscope::gui::exitAfterFirstPaint(window);
    window.show();
    return QApplication::exec();
}
