// A small table of names and values; of outputs both moments at which a program can look at them.
//
// Threads: the window's.

#pragma once

#include "gui/inspector/inspector_texts.h"

#include <QWidget>

class QGridLayout;

namespace recvscope::gui {

class Appearance;

namespace inspector {

class ArgumentsTable : public QWidget {
    Q_OBJECT
public:
    explicit ArgumentsTable(const Appearance &appearance, QWidget *parent = nullptr);

    void tell(const std::vector<Argument> &arguments);
    void tell(const std::vector<Input> &inputs);

    /// The text in a row and column, rows counted without the header; empty where there is none.
    [[nodiscard]] QString text(int row, int column) const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void setCell(int row, int column, const Value &value, bool name = false);
    void begin(int rows);
    void chooseNames();
    [[nodiscard]] QWidget *cell(int row, int column) const;

    const Appearance &m_appearance;
    QGridLayout *m_grid = nullptr;
    int m_rows = 0;
    std::vector<Argument> m_arguments; ///< empty for inputs
};

} // namespace inspector
} // namespace recvscope::gui
