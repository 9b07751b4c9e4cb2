// The inspector: of the receive that all views show, why it returned as it did, its arguments before and after, its
// bytes, and the same moment as code. Everything in it can be selected and copied.
//
// Without a frame of its own: it is the body of a panel.
// Threads: the window's.

#pragma once

#include "trace/moment.h"

#include <QScrollArea>

#include <optional>

class QLabel;

namespace recvscope::gui {

class Appearance;
class Label;
class Presentation;

namespace inspector {

class ArgumentsTable;
class BytesView;
class CodeCard;
class WhyCard;

class Inspector : public QScrollArea {
    Q_OBJECT
public:
    Inspector(Presentation &presentation, const Appearance &appearance, QWidget *parent = nullptr);

    [[nodiscard]] QString title() const;
    [[nodiscard]] const WhyCard &why() const { return *m_why; }
    [[nodiscard]] const ArgumentsTable &arguments() const { return *m_arguments; }
    [[nodiscard]] const BytesView &bytes() const { return *m_bytes; }
    [[nodiscard]] CodeCard &code() { return *m_code; }

    [[nodiscard]] QSize sizeHint() const override { return {300, 640}; }

private:
    void refresh();
    [[nodiscard]] std::optional<std::uint32_t> routineEvent(OperationId receive) const;
    void tell(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive);

    Presentation &m_presentation;
    const Appearance &m_appearance;
    Label *m_title = nullptr;
    Label *m_empty = nullptr;
    QWidget *m_known = nullptr; ///< everything that needs a receive, or a callback
    QWidget *m_call = nullptr;  ///< of it what a receive alone has
    WhyCard *m_why = nullptr;
    ArgumentsTable *m_arguments = nullptr;
    ArgumentsTable *m_inputs = nullptr;
    Label *m_bytesTitle = nullptr;
    BytesView *m_bytes = nullptr;
    CodeCard *m_code = nullptr;
    trace::ReceiveMoment m_shown;                ///< what is shown now
    std::optional<std::uint32_t> m_shownRoutine; ///< the event of its routine that the playhead stood on
    std::uint64_t m_shownTrace = 0;              ///< counts the traces: equal receives of two traces are not the same
    bool m_shownFull = false;                    ///< the trace had its last event then
    std::uint64_t m_trace = 1;
};

} // namespace inspector
} // namespace recvscope::gui
