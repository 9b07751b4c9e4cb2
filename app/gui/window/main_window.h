// The window: bar, panels and actions put together. What they show and do lives elsewhere.
//
// Threads: the window's.

#pragma once

#include "base/result.h"

#include <QWidget>

class QMenu;
class QMenuBar;
class QStackedWidget;

namespace recvscope::gui {

class Actions;
class Desk;
class KeySheet;
class LessonPanel;
class ListenPanel;
class NoticeBar;
class Studio;
class TopBar;

class MainWindow : public QWidget {
    Q_OBJECT
public:
    /// @p studio must outlive this. Restores how the window stood when it was closed last.
    explicit MainWindow(Studio &studio, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Actions &actions() { return *m_actions; }
    [[nodiscard]] Desk &desk() { return *m_desk; }
    [[nodiscard]] LessonPanel &lessons() { return *m_lessons; }
    [[nodiscard]] NoticeBar &notice() { return *m_notice; }
    /// Made when it is asked for first.
    [[nodiscard]] ListenPanel &listenPanel();

    /// Shows the panel for outside peers, ready to listen or to connect.
    void showListen(bool connects);
    /// Writes a picture of the window, or of the stage alone. Says so when that fails.
    Outcome savePictureTo(const QString &path, bool stageAlone);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void connectStory();
    void connectRange();
    void connectPeers();
    void connectView();
    void connectFiles();
    void present(bool on);
    void leave();
    void askPicture(bool stageAlone);

    Studio &m_studio;
    Actions *m_actions = nullptr;
    QMenu *m_menu = nullptr;
    QMenuBar *m_menuBar = nullptr;
    TopBar *m_bar = nullptr;
    NoticeBar *m_notice = nullptr;
    Desk *m_desk = nullptr;
    QStackedWidget *m_leftPages = nullptr;
    LessonPanel *m_lessons = nullptr;
    ListenPanel *m_listen = nullptr;
    KeySheet *m_keys = nullptr;
};

} // namespace recvscope::gui
