// The words on the timeline: a receive's story in one line, in several lengths, and what hovering says.
//
// Pure; any thread.

#pragma once

#include "gui/plots/bytes_text.h"
#include "gui/timeline/marks.h"
#include "gui/twins.h"
#include "trace/spans.h"

#include <QString>
#include <QStringList>

namespace recvscope::gui {

/// What to write on a receive's span, longest first: the first that fits is taken.
/// @param behind the name of the receive it waits behind, or empty
[[nodiscard]] QStringList receiveLabels(const ReceiveMark &mark, const QString &behind);
/// The same for a span that is known by its summary alone.
[[nodiscard]] QStringList spanLabels(const trace::Span &span);

/// How much what came of the one differs from what came of the other, as far as both are known.
[[nodiscard]] Unlike unlikeOf(const ReceiveMark &one, const ReceiveMark &other);

/// "6 B", "4 KiB", "half close"; then shorter ones.
[[nodiscard]] QStringList peerLabels(const PeerMark &mark);

/// "r1 pending 2.2 ms, then 6 bytes" with its times, for a tooltip.
[[nodiscard]] QString receiveTip(const ReceiveMark &mark, const QString &name, const QString &behind);
[[nodiscard]] QString peerTip(const PeerMark &mark);
/// "WSPRecv · r1" and when.
[[nodiscard]] QString callTip(const CallMark &mark, const QString &receive);

/// Of what the kernel holds, with an outside peer.
[[nodiscard]] QString notKnown();
[[nodiscard]] QString statusText(Status status);

} // namespace recvscope::gui
