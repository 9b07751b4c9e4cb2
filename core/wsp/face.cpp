#include "wsp/face.h"

namespace recvscope::wsp {

namespace {

using engine::Reason;
using engine::Result;

Status statusOf(Result result)
{
    switch (result) {
    case Result::Ok:
        return Status::Success;
    case Result::Reset:
        return Status::WsaEconnreset;
    case Result::Aborted:
    case Result::AbortedByClose:
        return Status::WsaEconnaborted;
    case Result::Cancelled:
    case Result::CancelledByClose:
        return Status::WsaOperationAborted;
    case Result::Interrupted:
        return Status::WsaEintr;
    case Result::WouldBlock:
    case Result::TooMany:
        return Status::WsaEwouldblock;
    case Result::ShutDown:
        return Status::WsaEshutdown;
    case Result::NotConnected:
        return Status::WsaEnotconn;
    case Result::NotASocket:
        return Status::WsaEnotsock;
    case Result::InvalidArgument:
        return Status::WsaEinval;
    case Result::NotSupported:
        return Status::WsaEopnotsupp;
    case Result::Fault:
        return Status::WsaEfault;
    case Result::MessageTooLong:
        return Status::WsaEmsgsize;
    case Result::Disconnected:
        return Status::WsaEdiscon;
    case Result::NoMemory:
        return Status::WsaEnobufs;
    case Result::NetworkDown:
        return Status::WsaEnetdown;
    case Result::InProgress:
        return Status::WsaEinprogress;
    case Result::NetworkReset:
        return Status::WsaEnetreset;
    case Result::TimedOut:
        return Status::WsaEtimedout;
    case Result::ForcedClosed: // no word of this interface
        break;
    }
    return Status::WsaEinval;
}

RuleId ruleFor(Reason reason)
{
    switch (reason) {
    case Reason::Admitted:
    case Reason::AdmittedByConnect:
        return RuleId::WspSocketConnectedOrBound;
    case Reason::AdmittedNonoverlapped:
        return RuleId::WspCallNonoverlapped;
    case Reason::AdmittedSendShutDown:
        return RuleId::WspSocketSendShutDown;
    case Reason::NoBuffers:
    case Reason::AnyNumberOfBuffers:
        return RuleId::WspBufferAnyNumber;
    case Reason::BadMemory:
        return RuleId::WspBufferFault;
    case Reason::NoOutputs:
        return RuleId::WsarecvArgumentsOutputs;
    case Reason::NotConnected:
        return RuleId::WspSocketNotConnected;
    case Reason::ReceiveShutDown:
        return RuleId::WspSocketReceiveShutDown;
    case Reason::SocketNotOverlapped:
        return RuleId::WspSocketNotOverlapped;
    case Reason::OverlappedPeek:
        return RuleId::WspFlagPeekNonoverlappedOnly;
    case Reason::FlagNotPerformed:
        return RuleId::EngineFlagNotPerformed;
    case Reason::AdmittedDatagram:
        return RuleId::WspSocketConnectedOrBound;
    case Reason::AdmittedBound:
        return RuleId::WspSocketAddressByBind;
    case Reason::MessageFills:
        return RuleId::WspMessageTooLargeFills;
    case Reason::OthersFiltered:
        return RuleId::WspSocketConnectedDatagramFilter;
    case Reason::SendOnly:
        return RuleId::WspFlagSendOnlySocket;
    case Reason::Unbound:
        return RuleId::WspSocketUnbound;
    case Reason::UrgentNotStream:
        return RuleId::WspFlagOobNotStream;
    case Reason::UrgentUnknown:
        return RuleId::WspFlagOobNoSuchDomain;
    case Reason::UrgentInline:
        return RuleId::WspSocketOptionsAndFlags;
    case Reason::UrgentByte:
    case Reason::NothingUrgent:
        return RuleId::WspFlagOob;
    case Reason::WaitAllRefused:
        return RuleId::WspFlagWaitallRefused;
    case Reason::AllAtReset:
        return RuleId::WspCloseReset;
    case Reason::AllThere:
    case Reason::AllAtEnd:
    case Reason::WaitsForAll:
        return RuleId::WspFlagWaitall;
    case Reason::OneMessage:
        return RuleId::WspMessageOnePerReceive;
    case Reason::EmptyMessage:
        return RuleId::WspMessageZeroLength;
    case Reason::WholeMessageUnblocks:
        return RuleId::WspCallWholeMessageUnblocks;
    case Reason::MessageBegun:
        return RuleId::WspMessagePartialOutput;
    case Reason::MessageEnded:
        return RuleId::WspMessagePartialEnds;
    case Reason::MessagePartThere:
        return RuleId::WspMessagePartialInput;
    case Reason::PartialOfStream:
        return RuleId::WspFlagPartialOnStream;
    case Reason::MessageKept:
        return RuleId::WspMessageReliableTooLarge;
    case Reason::MessageCut:
        return RuleId::WspMessageUnreliableTooLarge;
    case Reason::MessageEnd:
        return RuleId::WspCloseMessageDiscon;
    case Reason::PortUnreachable:
        return RuleId::WspCloseReset;
    case Reason::OverlappedInUse:
        return RuleId::WspIndicateOneOverlappedEach;
    case Reason::InBlockingCall:
        return RuleId::WspCallInProgressBlocking;
    case Reason::InCallback:
        return RuleId::WspCallInProgressCallback;
    case Reason::InsideRoutine:
        return RuleId::WspIndicateRecvInsideRoutine;
    case Reason::InsideSibling:
        return RuleId::WspIndicateRecvInsideSibling;
    case Reason::ThreadExited:
        return RuleId::WspCancelThreadExit;
    case Reason::NetworkFailed:
        return RuleId::WspCallNetworkDown;
    case Reason::WindowsPeeked:
        return RuleId::WindowsPeekOverlapped;
    case Reason::WindowsClosed:
        return RuleId::WindowsCloseAborts;
    case Reason::WindowsDiscarded:
        return RuleId::WindowsResetDiscardsData;
    case Reason::WindowsTellsCount:
        return RuleId::WindowsMessageTooLargeCount;
    case Reason::OverlappedIgnored:
        return RuleId::WindowsOverlappedIgnored;
    case Reason::RoutineWithoutOverlapped:
        return RuleId::WspCallRoutineWithoutOverlapped;
    case Reason::TooManyOutstanding:
        return RuleId::WspCallTooManyOutstanding;
    case Reason::EndLatched:
        return RuleId::EngineEndLatched;
    case Reason::BehindOthers:
        return RuleId::WspStreamPostedOrder;
    case Reason::StreamData:
        return RuleId::WspStreamFillsUntil;
    case Reason::BufferedData:
        return RuleId::WspCallBufferedDataReturned;
    case Reason::AsMuchAsFits:
        return RuleId::WspCallAsMuchAsFits;
    case Reason::OneByteUnblocks:
        return RuleId::WspCallOneByteUnblocks;
    case Reason::Peeked:
        return RuleId::WspFlagPeek;
    case Reason::NoRoom:
        return RuleId::EngineBufferTotalZero;
    case Reason::GracefulEnd:
        return RuleId::WspCloseStreamZeroBytes;
    case Reason::PeerReset:
        return RuleId::WspCloseReset;
    case Reason::ConnectionFailed:
        return RuleId::WspCloseAborted;
    case Reason::NothingThereWait:
        return RuleId::WspCompletePending;
    case Reason::NothingThereBlock:
        return RuleId::WspCallBlocksUntilData;
    case Reason::NothingThereReturn:
        return RuleId::WspCallWouldBlock;
    case Reason::SystemError:
        return RuleId::EngineErrorSystem;
    case Reason::BlockingCancelled:
        return RuleId::WspCallCancelledBlocking;
    case Reason::ClosedWhilePending:
        return RuleId::WspCancelSocketClosed;
    case Reason::ClosedWhileBlocked:
        return RuleId::EngineCallSocketClosedWhileBlocked;
    case Reason::DataBeatCancel:
        return RuleId::EngineCancelDataWins;
    case Reason::PlacedFirst:
        return RuleId::WspBufferInOrder;
    case Reason::PlacedFurther:
        return RuleId::WspBufferPacked;
    case Reason::Captured:
        return RuleId::WspBufferArrayCaptured;
    case Reason::LeftAlone:
        return RuleId::WspCompletePendingLeavesOutputs;
    case Reason::WaitsForWhole:
        return RuleId::WspCallWholeMessageUnblocks;
    case Reason::MessageTorn:
        return RuleId::EngineMessageTorn;
    case Reason::RecordLied:
        return RuleId::EngineMessageRecordRefused;
    case Reason::ModeFromBits:
        return RuleId::WspModeStreamOrMessage;
    case Reason::AddressedByBind:
        return RuleId::WspSocketAddressByBind;
    case Reason::AddressImplied:
        return RuleId::WspSocketAddressImplied;
    case Reason::EmptiesSkipped:
        return RuleId::EngineStreamEmptyMessageSkipped;
    case Reason::KeepAliveFailed:
        return RuleId::WspCloseKeepAlive;
    case Reason::ReceiveTimedOut:
        return RuleId::WsarecvTimeoutBlockingOnly;
    default: // what WSK alone does
        break;
    }
    return RuleId::None;
}

RuleId returnRule(bool ok, bool overlapped)
{
    if (ok)
        return RuleId::WspCompleteImmediate;
    return overlapped ? RuleId::WspCompleteFailedNeverIndicates : RuleId::WspCompleteErrorReturn;
}

RuleId eventRule(bool ok, bool atOnce)
{
    if (atOnce)
        return RuleId::WspCompleteImmediateSetsEvent;
    return ok ? RuleId::WspIndicateEvent : RuleId::WspCompleteLateFailure;
}

RuleId routineRule(bool ok, bool atOnce, bool eventIgnored)
{
    if (eventIgnored)
        return RuleId::WspIndicateEventIgnoredWithRoutine;
    if (atOnce)
        return RuleId::WspCompleteImmediateQueuesRoutine;
    return ok ? RuleId::WspIndicateThreadIdCopied : RuleId::WspCompleteLateFailure;
}

} // namespace

const engine::Face &face()
{
    static constexpr engine::Face names{statusOf,   ruleFor,   Status::WsaIoPending, msg::Partial,
                                        returnRule, eventRule, routineRule};
    return names;
}

std::uint32_t internalStatus(Result result)
{
    switch (result) {
    case Result::Ok:
        return 0;
    case Result::Reset:
        return numberOf(Status::NtConnectionReset);
    case Result::Aborted:
        return numberOf(Status::NtConnectionAborted);
    case Result::AbortedByClose:
        return numberOf(Status::NtLocalDisconnect);
    case Result::Cancelled:
    case Result::CancelledByClose:
        return numberOf(Status::NtCancelled);
    case Result::ShutDown:
        return numberOf(Status::NtPipeDisconnected);
    case Result::Fault:
        return numberOf(Status::NtAccessViolation);
    case Result::MessageTooLong:
        return numberOf(Status::NtBufferOverflow);
    case Result::Disconnected:
        return numberOf(Status::NtGracefulDisconnect);
    case Result::NoMemory:
        return numberOf(Status::NtInsufficientResources);
    case Result::NetworkDown:
        return numberOf(Status::NtNoSuchDevice);
    case Result::NetworkReset: // no status of its own turns into WSAENETRESET, which stands in the error field
        return numberOf(Status::NtConnectionAborted);
    default:
        return numberOf(Status::NtInvalidParameter);
    }
}

} // namespace recvscope::wsp
