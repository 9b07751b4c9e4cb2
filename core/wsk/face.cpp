#include "wsk/face.h"

#include "trace/event.h"

#include <algorithm>
#include <array>

namespace recvscope::wsk {

namespace {

using engine::Reason;
using engine::Result;

Status statusOf(Result result)
{
    switch (result) {
    case Result::Ok:
        return Status::Success;
    case Result::Reset:
        return Status::NtConnectionReset;
    case Result::Aborted:
        return Status::NtConnectionAborted;
    case Result::AbortedByClose:
        return Status::NtLocalDisconnect;
    case Result::Cancelled:
    case Result::CancelledByClose:
    case Result::Interrupted:
        return Status::NtCancelled;
    case Result::ShutDown:
        return Status::NtPipeDisconnected;
    case Result::NotConnected:
        return Status::NtInvalidDeviceState;
    case Result::NotASocket:
        return Status::NtInvalidHandle;
    case Result::NotSupported:
        return Status::NtNotSupported;
    case Result::Fault:
        return Status::NtAccessViolation;
    case Result::MessageTooLong:
        return Status::NtBufferOverflow;
    case Result::Disconnected:
        return Status::NtGracefulDisconnect;
    case Result::NoMemory:
    case Result::TooMany:
        return Status::NtInsufficientResources;
    case Result::NetworkDown:
        return Status::NtNoSuchDevice;
    case Result::NetworkReset: // keep-alive has no status of its own here
    case Result::TimedOut:
        return Status::NtIoTimeout;
    case Result::ForcedClosed:
        return Status::NtFileForcedClosed;
    case Result::WouldBlock:
    case Result::InProgress:
        return Status::NtDeviceNotReady;
    case Result::InvalidArgument:
        break;
    }
    return Status::NtInvalidParameter;
}

RuleId ruleFor(Reason reason)
{
    switch (reason) {
    case Reason::Admitted:
    case Reason::AdmittedSendShutDown:
    case Reason::AdmittedAtCreation:
        return RuleId::WskSocketConnectedAtCreation;
    case Reason::AdmittedByConnect:
        return RuleId::WskSocketConnectedByConnect;
    case Reason::AdmittedAccepted:
        return RuleId::WskSocketAccepted;
    case Reason::AdmittedWithFlags:
        return RuleId::WskFlagSupportedByTcp;
    case Reason::NotConnected:
        return RuleId::WskSocketNotConnected;
    case Reason::WrongSocket:
        return RuleId::WskSocketStreamDispatch;
    case Reason::ForcedClosed:
    case Reason::PeerReset:
    case Reason::ConnectionFailed:
    case Reason::KeepAliveFailed:
        return RuleId::WskSocketForcedClosed;
    case Reason::CloseIsDue:
        return RuleId::WskSocketMustClose;
    case Reason::LevelTooHigh:
        return RuleId::WskCallIrql;
    case Reason::PlacedFirst:
    case Reason::PlacedFurther:
        return RuleId::WskBufferMdlChain;
    case Reason::BadChain:
    case Reason::BadMemory:
        return RuleId::WskBufferWellFormed;
    case Reason::MemoryTakenAway:
        return RuleId::WskBufferLockedWhilePending;
    case Reason::NoRoom:
        return RuleId::WskBufferZeroLength;
    case Reason::StreamData:
    case Reason::BufferedData:
    case Reason::AsMuchAsFits:
        return RuleId::WskFlagNone;
    case Reason::FlagUnknown:
    case Reason::FlagNotPerformed:
        return RuleId::WskFlagUnknown;
    case Reason::FlagsExclude:
        return RuleId::WskFlagExclusive;
    case Reason::FlagUnsupported:
    case Reason::WaitAllRefused:
        return RuleId::WskFlagNotSupported;
    case Reason::AllThere:
        return RuleId::WskWaitallFull;
    case Reason::AllAtEnd:
        return RuleId::WskWaitallGraceful;
    case Reason::AllAtReset:
        return RuleId::WskWaitallAbortRemote;
    case Reason::AllAtAbort:
        return RuleId::WskWaitallAbortLocal;
    case Reason::AllCancelled:
        return RuleId::WskWaitallCancel;
    case Reason::Drains:
        return RuleId::WskDrainDiscards;
    case Reason::DrainAtEnd:
        return RuleId::WskDrainGraceful;
    case Reason::DrainAtReset:
        return RuleId::WskDrainAbortRemote;
    case Reason::DrainAtAbort:
        return RuleId::WskDrainAbortLocal;
    case Reason::DrainCancelled:
        return RuleId::WskDrainCancel;
    case Reason::DrainWithoutChain:
        return RuleId::WskDrainNeedsBuffer;
    case Reason::DrainWithLength:
        return RuleId::WskDrainNeedsZeroLength;
    case Reason::NothingThereWait:
    case Reason::WaitsForAll: // whether it will be full is not known yet
    case Reason::LeftAlone:
        return RuleId::WskCompletePending;
    case Reason::BehindOthers:
        return RuleId::EngineQueueBehindOthers;
    case Reason::BehindIndication:
        return RuleId::EngineIndicationFirst;
    case Reason::FaultInjected:
        return RuleId::WskCompleteOtherError;
    case Reason::NoRequestPacket:
        return RuleId::WskIrpRequired;
    case Reason::PacketInUse:
        return RuleId::WskIrpOwnedByCaller;
    case Reason::RequestCancelled:
        return RuleId::EngineIrpCancelled;
    case Reason::AbortedHere:
        return RuleId::EngineDisconnectAbortive;
    case Reason::BeforeCallback:
        return RuleId::WskEventPendingIrpFirst;
    case Reason::CalledInRace:
        return RuleId::WskEventRace;
    case Reason::DataKept:
        return RuleId::WskEventRetain;
    case Reason::DataNotAccepted:
        return RuleId::WskEventNotAccepted;
    case Reason::PartAccepted:
        return RuleId::WskEventAcceptPart;
    case Reason::CallbackAgain:
        return RuleId::WskEventReenable;
    case Reason::CallbackOff:
        return RuleId::WskEventDisableIsSure;
    case Reason::SendsMeanwhile:
        return RuleId::WskSendWhileReceiving;
    case Reason::GracefulEnd:
        return RuleId::WskCloseGracefulZero;
    case Reason::ClosedWhilePending:
        return RuleId::WskCloseCompletesPending;
    case Reason::EndLatched:
        return RuleId::EngineEndLatched;
    case Reason::DataBeatCancel:
        return RuleId::EngineCancelDataWins;
    case Reason::WindowsDiscarded:
        return RuleId::WindowsResetDiscardsData;
    case Reason::NetworkFailed: // by a fault
        return RuleId::WskCompleteOtherError;
    case Reason::SystemError:
        return RuleId::EngineErrorSystem;
    default: // what WSP alone does
        return RuleId::None;
    }
}

RuleId returnRule(bool ok, bool)
{
    return ok ? RuleId::WskCompleteSuccess : RuleId::WskCompleteIrpAlways;
}

RuleId noEventRule(bool, bool)
{
    return RuleId::None;
}

RuleId noRoutineRule(bool, bool, bool)
{
    return RuleId::None;
}

} // namespace

const engine::Face &face()
{
    static constexpr engine::Face names{
        statusOf,    ruleFor,       Status::NtPending, 0,    returnRule,
        noEventRule, noRoutineRule, trace::CallWsk,    true, engine::ForcedClose::WhenCalled};
    return names;
}

std::optional<Result> resultOf(Status status)
{
    static constexpr std::array failures = {
        Result::Reset,        Result::Aborted,    Result::Cancelled,      Result::NotConnected, Result::NotASocket,
        Result::NotSupported, Result::Fault,      Result::NoMemory,       Result::NetworkDown,  Result::TimedOut,
        Result::ForcedClosed, Result::WouldBlock, Result::InvalidArgument};
    const auto *const found =
        std::find_if(failures.begin(), failures.end(), [&](Result each) { return statusOf(each) == status; });
    return found == failures.end() ? std::nullopt : std::optional(*found);
}

} // namespace recvscope::wsk
