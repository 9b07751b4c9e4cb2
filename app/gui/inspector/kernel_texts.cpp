#include "gui/inspector/kernel_texts.h"

#include "gui/words.h"

namespace recvscope::gui::inspector {

using namespace Qt::StringLiterals;

namespace {

Value named(const QString &name, const QString &number = {})
{
    return {name, number, false, false};
}

Value nothing(const QString &why)
{
    return {u"—"_s, why, false, true};
}

Value statusValue(Status status)
{
    return named(kernelStatus(status), statusNumber(status));
}

/// Beside a word that says what it is there is no room for the prefix.
Value shortStatus(Status status)
{
    const QString name = kernelStatus(status);
    return {name.mid(QStringLiteral("STATUS_").size()), u"%1, %2"_s.arg(name, statusNumber(status)), false, false};
}

/// Whether the IRP came back before the call returned.
bool completedInside(const trace::Story &story, const trace::ReceiveMoment &receive)
{
    for (const trace::EventRef ref : receive.events) {
        const trace::EventType type = story.snapshot().event(ref).type;
        if (type == trace::EventType::IrpCompleted || type == trace::EventType::Returned)
            return type == trace::EventType::IrpCompleted;
    }
    return false;
}

Value pagesAtReturn(const trace::ReceiveMoment &receive, bool inside)
{
    if (receive.pages == trace::PagesState::None)
        return nothing(u"no memory was described"_s);
    return inside ? named(u"returned"_s, u"the driver may unlock them"_s)
                  : named(u"locked"_s, u"the transport may write there until the IRP completes"_s);
}

Value pagesNow(const trace::ReceiveMoment &receive)
{
    switch (receive.pages) {
    case trace::PagesState::None:
        return nothing(u"no memory was described"_s);
    case trace::PagesState::Locked:
        return nothing(u"the IRP has not completed yet"_s);
    case trace::PagesState::Returned:
        return named(u"returned"_s, u"the driver may unlock them"_s);
    case trace::PagesState::Unlocked:
        return {u"unlocked too early"_s, u"under the pending IRP"_s, true, false};
    case trace::PagesState::Freed:
        return {u"freed too early"_s, u"under the pending IRP"_s, true, false};
    }
    return {};
}

} // namespace

std::vector<Argument> kernelArgumentsOf(const trace::Story &story, const trace::ReceiveMoment &receive)
{
    const bool inside = completedInside(story, receive);
    const bool over = receive.returned.has_value();
    const bool later = receive.irp && !inside;
    const QString notBack = u"the call has not returned yet"_s;
    const Value open = nothing(receive.returned ? u"not valid: the IRP has not completed"_s : notBack);
    const Value asBefore = nothing(u"as it was when the call returned"_s);
    std::vector<Argument> rows;
    rows.push_back({u"returned"_s, over ? statusValue(receive.returned->status) : nothing(notBack),
                    nothing(u"only the call itself returns a status"_s)});
    const auto row = [&](const QString &name, const QString &shorter, const auto &of) {
        rows.push_back({name, inside ? of(*receive.irp) : open,
                        later    ? of(*receive.irp)
                        : inside ? asBefore
                                 : nothing(u"the IRP has not completed yet"_s),
                        shorter});
    };
    if (over && receive.state == trace::ReceiveState::Failed && !receive.irp) {
        rows.push_back({u"IRP"_s, nothing(u"the call was given none"_s), nothing(u"there is none to complete"_s)});
        return rows;
    }
    row(u"IoStatus.Status"_s, u"Status"_s, [](const trace::CallReturn &irp) { return shortStatus(irp.status); });
    row(u"Information"_s, u"Inform."_s,
        [](const trace::CallReturn &irp) { return named(grouped(irp.bytes.value_or(0))); });
    rows.push_back({u"IRP"_s,
                    !over    ? nothing(notBack)
                    : inside ? named(u"back"_s, u"the caller's again: it has completed"_s)
                             : named(u"lent"_s, u"the transport's: touching it is a mistake"_s),
                    later    ? named(u"back"_s, u"the caller's again: it has completed"_s)
                    : inside ? asBefore
                             : open});
    rows.push_back(
        {u"pages"_s, over ? pagesAtReturn(receive, inside) : nothing(notBack), inside ? asBefore : pagesNow(receive)});
    return rows;
}

std::vector<Input> kernelInputsOf(const trace::Story &story, const trace::SocketMoment &socket,
                                  const trace::ReceiveMoment &receive)
{
    QString buffer = u"none"_s;
    if (receive.chain) {
        const std::vector<std::uint64_t> sizes(receive.chain->descriptors.begin(), receive.chain->descriptors.end());
        buffer = sizes.empty() ? u"no MDL"_s : (sizes.size() == 1 ? u"MDL "_s : u"MDLs "_s) + sizeList(sizes);
        buffer += u", offset %1, length %2"_s.arg(grouped(receive.chain->offset), grouped(receive.chain->length));
    }
    const auto text = [](const std::string &name) { return QString::fromStdString(name); };
    return {{u"socket"_s, text(socket.name)},
            {u"WSK_BUF"_s, buffer},
            {u"flags"_s, kernelFlags(receive.flagsIn)},
            {u"IRQL"_s, levelName(receive.level)},
            {u"called at"_s,
             u"%1 on %2"_s.arg(clockTime(receive.calledAt), text(story.snapshot().trackName(receive.thread)))}};
}

QString kernelCode(const QString &socket, const trace::ReceiveMoment &receive)
{
    QStringList lines;
    const bool buffered = receive.chain.has_value();
    if (buffered) {
        const std::vector<std::uint64_t> sizes(receive.chain->descriptors.begin(), receive.chain->descriptors.end());
        lines << u"WSK_BUF wskBuf = {%1, %2, %3};"_s.arg(sizes.empty() ? u"NULL"_s : u"mdl"_s)
                     .arg(receive.chain->offset)
                     .arg(receive.chain->length);
        if (!sizes.empty())
            lines << u"// mdl->ByteCount: "_s + sizeList(sizes);
    }
    const bool hasIrp = receive.irp || receive.state != trace::ReceiveState::Failed;
    if (hasIrp)
        lines << u"IoSetCompletionRoutine(irp,"_s << u"    done, ctx, TRUE,"_s << u"    TRUE, TRUE);"_s;
    lines << u"NTSTATUS st = WskReceive(%1,"_s.arg(socket)
          << (receive.flagsIn == 0 ? u"    %1, %2, %3);"_s : u"    %1, %2,\n    %3);"_s)
                 .arg(buffered ? u"&wskBuf"_s : u"NULL"_s, kernelFlags(receive.flagsIn), hasIrp ? u"irp"_s : u"NULL"_s);
    if (!receive.returned)
        lines << u"// inside the call"_s;
    else {
        lines << u"// st = %1 (%2)"_s.arg(kernelStatus(receive.returned->status),
                                          statusNumber(receive.returned->status));
        if (receive.returned->status == Status::NtPending && !receive.irp)
            lines << u"// irp and mdl are lent now"_s;
    }
    if (!hasIrp)
        return lines.join(u'\n');
    lines << QString() << u"NTSTATUS done(PDEVICE_OBJECT"_s << u"    dev, PIRP irp, PVOID ctx)"_s << u"{"_s;
    if (receive.irp)
        lines << u"  // irp->IoStatus.Status ="_s << u"  //   "_s + kernelStatus(receive.irp->status)
              << u"  //   .Information = %1"_s.arg(grouped(receive.irp->bytes.value_or(0)));
    else
        lines << u"  // not yet: still pending"_s;
    if (buffered && !receive.chain->descriptors.empty())
        lines << (receive.irp ? u"  MmUnlockPages(mdl); // now"_s : u"  MmUnlockPages(mdl); // not before"_s);
    return (lines << u"  return StopCompletion;"_s << u"}"_s).join(u'\n');
}

} // namespace recvscope::gui::inspector
