// Every action of the window with its name, key and words for the key sheet. What they do is connected by who owns it.
//
// Threads: the window's.

#pragma once

#include <QAction>
#include <QList>

namespace recvscope::gui {

class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget *window);

    // -- file
    QAction *open, *savePicture, *saveStage, *quit;
    // -- story
    QAction *play, *stepForward, *stepBack, *toStart, *toEnd, *runAgain, *stop, *storyTime, *slower, *faster;
    // -- time range
    QAction *zoomIn, *zoomOut, *panLeft, *panRight, *fit;
    // -- peers
    QAction *listen, *connectTo;
    // -- view
    QAction *present, *themeSystem, *themeLight, *themeDark, *toggleTheme, *reducedMotion, *menuBar, *fullScreen,
        *resetLayout, *leave;
    // -- help
    QAction *keys, *about, *forgetProgress;
    /// Choices of a question, from the first.
    QList<QAction *> choices;

    /// Key and meaning of each action that has a key, in the order of the sheet.
    struct Line {
        QString keys;
        QString meaning;
    };
    [[nodiscard]] QList<Line> sheet() const;

private:
    QAction *make(const QString &text, const QList<QKeySequence> &keys, const QString &meaning = {});

    QWidget *m_window;
    QList<QPair<QAction *, QString>> m_meanings;
};

} // namespace recvscope::gui
