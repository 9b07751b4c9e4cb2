#include "gui/events/event_table.h"

#include "gui/appearance.h"
#include "gui/events/event_model.h"
#include "gui/events/event_rows.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>

#include <algorithm>

namespace recvscope::gui {

EventTable::EventTable(Presentation &presentation, const Appearance &appearance, QWidget *parent)
    : QWidget(parent),
      m_presentation(presentation),
      m_appearance(appearance),
      m_model(new EventModel(this)),
      m_rows(new EventRows(presentation, appearance, *m_model)),
      m_filter(new QLineEdit),
      m_count(new QLabel)
{
    m_rows->setAccessibleName(tr("Events"));
    m_filter->setPlaceholderText(tr("Filter by receive, socket, type, status or rule: r1 Completed"));
    m_filter->setAccessibleName(tr("Filter events"));
    m_count->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(8);
    all->addLayout(top);
    all->addWidget(m_rows, 1);

    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &words) {
        m_model->setFilter(words);
        selectionChanged();
        m_rows->followPlayhead();
    });
    connect(m_filter, &QLineEdit::returnPressed, m_rows, qOverload<>(&QWidget::setFocus));
    connect(m_model, &EventModel::filterFinished, this, &EventTable::showCount);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &EventTable::showCount);
    connect(m_model, &QAbstractItemModel::modelReset, this, &EventTable::showCount);
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EventTable::rowChosen);
    connect(m_rows, &EventRows::copyAsked, this, &EventTable::copySelectedRows);
    connect(m_rows, &QAbstractItemView::activated, this, [this](const QModelIndex &index) {
        m_presentation.askPlayhead({m_model->eventOf(index.row()) + 1, 0});
    });

    connect(&presentation, &Presentation::traceReplaced, this, [this] {
        m_model->replace(m_presentation.story(), m_presentation.veil());
        selectionChanged();
    });
    connect(&presentation, &Presentation::traceGrew, m_model, &EventModel::grow);
    connect(&presentation, &Presentation::veilChanged, this, [this] {
        m_model->setVeil(m_presentation.veil());
        showCount();
    });
    connect(&presentation, &Presentation::selectionChanged, this, &EventTable::selectionChanged);
    connect(&presentation, &Presentation::playheadMoved, this, &EventTable::playheadMoved);
    connect(&appearance, &Appearance::changed, this, &EventTable::restyle);
    m_model->replace(presentation.story(), presentation.veil());
    restyle();
}

void EventTable::showEvent(QShowEvent *event)
{
    // Not before it is seen: its icon is the only picture in a file, and the first one loads all of Qt's decoders.
    m_filter->setClearButtonEnabled(true);
    QWidget::showEvent(event);
}

void EventTable::showCount()
{
    const std::uint32_t all = m_presentation.story().size();
    const std::uint32_t hidden = all - std::min(all, m_presentation.veil().value_or(all));
    const int shown = m_model->rowCount();
    const bool filtered = !m_filter->text().trimmed().isEmpty();
    QString text = filtered ? tr("%L1 of %L2 events").arg(shown).arg(all) : tr("%L1 events").arg(all);
    if (m_model->filtering())
        text += tr(", looking…");
    if (hidden > 0)
        text += tr(", %L1 hidden until the question is answered").arg(hidden);
    m_count->setText(text);
    m_rows->setEmptyText(all == 0               ? tr("No events yet. Play a lesson, or listen for a peer.")
                         : m_model->filtering() ? QString()
                                                : tr("No event has all of these words. Names are those of the columns; "
                                                     "\"rule:\" or \"type:\" before a word says where to look."));
}

void EventTable::rowChosen(const QModelIndex &index)
{
    if (m_choosing || !index.isValid())
        return;
    const QScopedValueRollback choosing(m_choosing, true);
    const trace::Event &event = m_model->event(index.row());
    m_presentation.select({event.operation, event.socket, m_model->eventOf(index.row())});
    m_rows->viewport()->update();
}

void EventTable::selectionChanged()
{
    if (!m_choosing) {
        const QScopedValueRollback choosing(m_choosing, true);
        const std::optional<std::uint32_t> event = m_presentation.selection().event;
        const std::optional<int> row = event ? m_model->rowOf(*event) : std::nullopt;
        if (row) {
            const QModelIndex index = m_model->index(*row, 0);
            m_rows->selectionModel()->setCurrentIndex(index,
                                                      QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            m_rows->scrollTo(index);
        } else {
            m_rows->selectionModel()->clear();
        }
    }
    m_rows->viewport()->update();
}

void EventTable::playheadMoved()
{
    if (isVisible())
        m_rows->followPlayhead();
}

void EventTable::copySelectedRows() const
{
    constexpr std::size_t most = 100'000; // a clipboard of gigabytes helps nobody
    std::vector<int> rows;
    for (const QItemSelectionRange &range : m_rows->selectionModel()->selection())
        for (int row = range.top(); row <= range.bottom() && rows.size() < most; ++row)
            rows.push_back(row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    if (!rows.empty())
        QGuiApplication::clipboard()->setText(m_model->asText(rows));
}

void EventTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find)) {
        m_filter->setFocus();
        m_filter->selectAll();
        return;
    }
    QWidget::keyPressEvent(event);
}

void EventTable::restyle()
{
    const Theme &theme = m_appearance.theme();
    const auto colour = [](const QColor &of) { return of.name(QColor::HexRgb); };
    m_filter->setFont(m_appearance.fonts().body);
    m_filter->setStyleSheet(QStringLiteral("QLineEdit { background: %1; color: %2; border: 1px solid %3;"
                                           " border-radius: 6px; padding: 4px 8px; }"
                                           "QLineEdit:focus { border-color: %4; }")
                                .arg(colour(theme.soft), colour(theme.ink), colour(theme.line), colour(theme.accent)));
    QPalette palette = m_count->palette();
    palette.setColor(QPalette::WindowText, theme.dim);
    m_count->setPalette(palette);
    m_count->setFont(m_appearance.fonts().small);
    m_rows->restyle();
    showCount();
}

} // namespace recvscope::gui
