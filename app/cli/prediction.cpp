#include "cli/prediction.h"

#include <algorithm>

namespace recvscope::cli {

namespace {

/// How it ended: its completion, or the return that refused it.
const trace::CallReturn *endOf(const trace::ReceiveMoment &receive)
{
    if (receive.completed)
        return &*receive.completed;
    return receive.state == trace::ReceiveState::Failed && receive.returned ? &*receive.returned : nullptr;
}

std::string contentsOf(const trace::BufferMoment &buffer, const trace::Story &story, const trace::SocketMoment *socket)
{
    std::string text;
    if (socket != nullptr)
        for (const trace::Run &run : buffer.runs)
            text += trace::bytesOf(story, *socket, run);
    return text;
}

} // namespace

std::string questionOf(const scenario::Predict &predict)
{
    if (!predict.question.empty())
        return predict.question;
    switch (predict.ask) {
    case scenario::Ask::Bytes:
        return "How many bytes will " + predict.of + " have received?";
    case scenario::Ask::Returns:
        return "What does the call of " + predict.of + " return?";
    case scenario::Ask::Status:
        return "With which status does " + predict.of + " end?";
    case scenario::Ask::Buffer:
        return "What will stand in buffer " + std::to_string(predict.buffer) + " of " + predict.of + "?";
    case scenario::Ask::Question:
        break;
    }
    return {};
}

std::optional<std::string> answerOf(const scenario::Predict &predict, const trace::Story &story,
                                    const trace::Moment &moment)
{
    if (predict.ask == scenario::Ask::Question)
        return predict.answer;
    const auto receive = std::find_if(moment.receives.begin(), moment.receives.end(),
                                      [&](const trace::ReceiveMoment &each) { return each.name == predict.of; });
    if (receive == moment.receives.end())
        return std::nullopt;
    if (predict.ask == scenario::Ask::Returns)
        return receive->returned ? std::optional(std::string(nameOf(receive->returned->status))) : std::nullopt;
    const trace::CallReturn *end = endOf(*receive);
    if (end == nullptr)
        return std::nullopt;
    switch (predict.ask) {
    case scenario::Ask::Bytes:
        return std::to_string(end->bytes.value_or(0));
    case scenario::Ask::Status:
        return std::string(nameOf(end->status));
    case scenario::Ask::Buffer:
        if (predict.buffer < receive->buffers.size())
            return contentsOf(receive->buffers[predict.buffer], story, moment.socket(receive->socket));
        return std::nullopt;
    case scenario::Ask::Returns:
    case scenario::Ask::Question:
        break;
    }
    return std::nullopt;
}

} // namespace recvscope::cli
