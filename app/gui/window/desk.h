// The panels: the stage in the middle and docks around it, their first arrangement, and the presenter's.
//
// Threads: the window's.

#pragma once

#include <QMainWindow>

class QStackedWidget;

namespace recvscope::gui {

class Appearance;
class Card;
class Label;
class PanelDock;

class Desk : public QMainWindow {
    Q_OBJECT
public:
    /// What stands in the panels; the desk owns them from then on.
    struct Views {
        QWidget *stage = nullptr;
        QWidget *left = nullptr;
        QWidget *inspector = nullptr;
        QWidget *timeline = nullptr;
        QWidget *plots = nullptr;
        QWidget *events = nullptr;
        QWidget *question = nullptr; ///< below the sentence while presenting; hides itself where nothing is asked
    };

    Desk(const Views &views, const Appearance &appearance, QWidget *parent = nullptr);

    /// The panels, for the View menu.
    [[nodiscard]] QList<QDockWidget *> docks() const;
    [[nodiscard]] QWidget &stage() const { return *m_stage; }
    /// The lessons' panel comes back when it was hidden.
    void showLeft();

    /// Everything where it stood at first.
    void arrange();
    /// What @ref restore understands.
    [[nodiscard]] QByteArray arrangement() const;
    /// @return false when @p saved is from another version: then the first arrangement holds.
    bool restore(const QByteArray &saved);

    /// The stage, one sentence and the question that is asked, as large as the window.
    void setPresenting(bool presenting);
    [[nodiscard]] bool presenting() const { return m_presenting; }
    void setSentence(const QString &sentence);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    PanelDock *addPanel(const QString &name, const QString &title, QWidget *body, int side, Qt::DockWidgetArea area);
    void stack(bool plots, bool events);
    void share();

    const Appearance &m_appearance;
    QWidget *m_stage = nullptr;
    Card *m_sentenceCard = nullptr;
    Label *m_sentence = nullptr;
    QWidget *m_question = nullptr; ///< holds the question's own view
    PanelDock *m_left = nullptr;
    PanelDock *m_inspector = nullptr;
    PanelDock *m_timeline = nullptr;
    PanelDock *m_plots = nullptr;
    PanelDock *m_events = nullptr;
    QByteArray m_before; ///< the arrangement before presenting
    bool m_presenting = false;
    bool m_low = false;       ///< too low for timeline and plots above one another
    bool m_ownLayout = false; ///< the learner moved or resized panels: they are left as they are
};

} // namespace recvscope::gui
