#include "gui/inspector/arguments_table.h"

#include "gui/appearance.h"
#include "gui/controls/label.h"

#include <QGridLayout>
#include <QPainter>

#include <algorithm>

namespace recvscope::gui::inspector {

namespace {

constexpr int columns = 3;
constexpr int leastColumn = 60;

/// Shows its text whole and selectable where there is room, else elided with the whole as a tool tip.
class ValueLabel : public Label {
public:
    using Label::Label;

    /// It may become as narrow as @p width.
    void yieldTo(int width) { m_least = width; }

    [[nodiscard]] QSize minimumSizeHint() const override
    {
        const QSize whole = Label::minimumSizeHint();
        return {std::min(m_least, whole.width()), whole.height()};
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        if (fontMetrics().horizontalAdvance(text()) <= width()) {
            Label::paintEvent(event);
            return;
        }
        QPainter painter(this);
        painter.setPen(palette().color(QPalette::WindowText));
        // Of a status its own part tells most; smaller letters come before letters that are missing.
        const QString prefix = QStringLiteral("STATUS_");
        const QString shown = text().startsWith(prefix) ? text().mid(prefix.size()) : text();
        constexpr int smallest = 9;
        QFont font = this->font();
        while (font.pixelSize() > smallest && QFontMetrics(font).horizontalAdvance(shown) > width())
            font.setPixelSize(font.pixelSize() - 1);
        painter.setFont(font);
        painter.drawText(rect(), static_cast<int>(alignment() | Qt::TextSingleLine),
                         QFontMetrics(font).elidedText(shown, Qt::ElideRight, width()));
    }

private:
    int m_least = 1000;
};

} // namespace

ArgumentsTable::ArgumentsTable(const Appearance &appearance, QWidget *parent)
    : QWidget(parent), m_appearance(appearance), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(9);
    m_grid->setColumnStretch(columns - 1, 1);
    connect(&appearance, &Appearance::changed, this, qOverload<>(&QWidget::update));
}

void ArgumentsTable::tell(const std::vector<Argument> &arguments)
{
    begin(static_cast<int>(arguments.size()) + 1);
    setCell(0, 0, {}, true);
    setCell(0, 1, {tr("at return"), {}, false, false}, true);
    setCell(0, 2, {tr("completed"), {}, false, false}, true);
    m_arguments = arguments;
    int row = 1;
    for (const Argument &argument : arguments) {
        setCell(row, 0, {argument.name, {}, false, false}, true);
        setCell(row, 1, argument.atReturn);
        setCell(row, 2, argument.completed);
        ++row;
    }
    chooseNames();
}

void ArgumentsTable::tell(const std::vector<Input> &inputs)
{
    begin(static_cast<int>(inputs.size()) + 1);
    int row = 1;
    for (const Input &input : inputs) {
        setCell(row, 0, {input.name, {}, false, false}, true);
        setCell(row, 1, {input.text, {}, false, false});
        ++row;
    }
}

void ArgumentsTable::begin(int rows)
{
    for (int row = rows; row < m_rows; ++row)
        for (int column = 0; column < columns; ++column)
            if (QLayoutItem *item = m_grid->itemAtPosition(row, column)) {
                m_grid->removeItem(item);
                delete item->widget();
                delete item;
            }
    m_rows = rows;
    update();
}

void ArgumentsTable::setCell(int row, int column, const Value &value, bool name)
{
    QLayoutItem *item = m_grid->itemAtPosition(row, column);
    auto *label = item == nullptr ? nullptr : static_cast<ValueLabel *>(item->widget());
    if (label == nullptr) {
        const Fonts &fonts = m_appearance.fonts();
        QFont font = name ? fonts.body : fonts.mono;
        font.setPixelSize(name ? 12 : 11);
        if (row == 0)
            font = fonts.small;
        label = new ValueLabel(m_appearance, font);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->yieldTo(leastColumn);
        m_grid->addWidget(label, row, column);
    }
    label->setText(value.text);
    label->setInk(name || value.absent ? &Theme::dim : value.leftAlone ? &Theme::caution : &Theme::ink);
    const bool repeats = value.more.isEmpty() || value.more == value.text;
    label->setToolTip(repeats ? value.text : value.text + QStringLiteral(" · ") + value.more);
    label->setAccessibleDescription(value.more);
}

QWidget *ArgumentsTable::cell(int row, int column) const
{
    const QLayoutItem *item = m_grid->itemAtPosition(row, column);
    return item == nullptr ? nullptr : item->widget();
}

QString ArgumentsTable::text(int row, int column) const
{
    const auto *label = static_cast<const ValueLabel *>(cell(row + 1, column));
    return label == nullptr ? QString() : label->text();
}

/// Names become short before values are cut.
void ArgumentsTable::chooseNames()
{
    const auto widest = [this](int column) {
        int most = 0;
        for (int row = 0; row < m_rows; ++row)
            if (const QWidget *label = cell(row, column))
                most = std::max(most, label->sizeHint().width());
        return most;
    };
    const auto write = [this](bool shortly) {
        int row = 1;
        for (const Argument &argument : m_arguments) {
            const QString &name = shortly && !argument.shortName.isEmpty() ? argument.shortName : argument.name;
            static_cast<ValueLabel *>(cell(row++, 0))->setText(name);
        }
    };
    write(false);
    if (widest(0) + widest(1) + widest(2) + (columns - 1) * m_grid->horizontalSpacing() > width())
        write(true);
}

void ArgumentsTable::resizeEvent(QResizeEvent *)
{
    chooseNames();
}

void ArgumentsTable::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setPen(QPen(m_appearance.theme().line, 1));
    for (int row = 1; row < m_rows; ++row) {
        const QRect cell = m_grid->cellRect(row, 0);
        const int y = cell.top() - m_grid->verticalSpacing() / 2 - 1;
        if (cell.isValid() && y > 0)
            painter.drawLine(0, y, width(), y);
    }
}

} // namespace recvscope::gui::inspector
