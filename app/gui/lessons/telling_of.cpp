#include "gui/lessons/telling_of.h"

#include "gui/lessons/shelf.h"
#include "trace/moment.h"

#include <QCoreApplication>

#include <algorithm>
#include <utility>

namespace recvscope::gui {

namespace {

QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QString tr(const char *source)
{
    return QCoreApplication::translate("Telling", source);
}

QString questionOf(const scenario::Predict &predict)
{
    if (!predict.question.empty())
        return text(predict.question);
    const QString of = text(predict.of);
    switch (predict.ask) {
    case scenario::Ask::Bytes:
        return tr("How many bytes will %1 report?").arg(of);
    case scenario::Ask::Returns:
        return tr("What will the call of %1 return?").arg(of);
    case scenario::Ask::Status:
        return tr("With which status will %1 complete?").arg(of);
    case scenario::Ask::Buffer:
        return tr("What will stand in buffer %1 of %2?").arg(predict.buffer).arg(of);
    case scenario::Ask::Question:
        break;
    }
    return {};
}

std::string bufferText(const trace::Story &story, const trace::Moment &moment, const trace::ReceiveMoment &receive,
                       std::uint32_t index)
{
    std::string bytes;
    const trace::SocketMoment *socket = moment.socket(receive.socket);
    if (socket != nullptr && index < receive.buffers.size())
        for (const trace::Run &run : receive.buffers[index].runs)
            bytes += trace::bytesOf(story, *socket, run);
    return bytes;
}

/// What the run gave; empty when the operation never came so far.
std::string answerOf(const trace::Story &story, const trace::Moment &moment, const trace::ReceiveMoment &receive,
                     const scenario::Predict &predict)
{
    switch (predict.ask) {
    case scenario::Ask::Bytes: {
        const auto &last = receive.completed ? receive.completed : receive.returned;
        return last && last->bytes ? std::to_string(*last->bytes) : std::string();
    }
    case scenario::Ask::Returns:
        return receive.returned ? std::string(nameOf(receive.returned->status)) : std::string();
    case scenario::Ask::Status: {
        const auto &last = receive.completed ? receive.completed : receive.returned;
        return last ? std::string(nameOf(last->status)) : std::string();
    }
    case scenario::Ask::Buffer:
        return bufferText(story, moment, receive, predict.buffer);
    case scenario::Ask::Question:
        break;
    }
    return predict.answer;
}

const trace::ReceiveMoment *receiveNamed(const trace::Moment &moment, const std::string &name)
{
    const auto found = std::find_if(moment.receives.begin(), moment.receives.end(),
                                    [&](const trace::ReceiveMoment &each) { return each.name == name; });
    return found == moment.receives.end() ? nullptr : &*found;
}

Prediction predictionOf(StepId step, const scenario::Predict &predict)
{
    Prediction prediction;
    prediction.step = step;
    prediction.question = questionOf(predict);
    for (const std::string &choice : predict.choices)
        prediction.choices.push_back(text(choice));
    if (predict.ask == scenario::Ask::Question) {
        prediction.answer = text(predict.answer);
        prediction.right = static_cast<int>(prediction.choices.indexOf(prediction.answer));
    }
    return prediction;
}

} // namespace

Telling tellingOf(const scenario::Scenario &scenario)
{
    Telling telling;
    telling.title = text(scenario.title);
    telling.file = text(scenario.file);
    if (scenario.lesson) {
        telling.number = static_cast<int>(scenario.lesson->number);
        telling.track = capitalised(nameOf(scenario.lesson->track));
    }
    for (std::size_t i = 0; i < scenario.steps.size(); ++i) {
        const StepId step{static_cast<StepId::Number>(i + 1)};
        if (const auto *say = std::get_if<scenario::Say>(&scenario.steps[i].action))
            telling.says.push_back({step, text(say->text).simplified()});
        else if (const auto *predict = std::get_if<scenario::Predict>(&scenario.steps[i].action))
            telling.predictions.push_back(predictionOf(step, *predict));
    }
    return telling;
}

void answerFrom(const trace::Story &story, const scenario::Scenario &scenario, Telling &telling)
{
    const trace::Moment end = trace::momentAt(story, {story.size(), 0});
    for (Prediction &each : telling.predictions) {
        const auto *predict = std::get_if<scenario::Predict>(&scenario.steps[each.step.value - 1U].action);
        const trace::ReceiveMoment *receive = predict != nullptr ? receiveNamed(end, predict->of) : nullptr;
        if (receive == nullptr)
            continue;
        each.answer = text(answerOf(story, end, *receive, *predict));
        each.right = static_cast<int>(each.choices.indexOf(each.answer));
        const Rule &rule = ruleOf(receive->decidedBy);
        each.why = text(rule.learn.empty() ? rule.says : rule.learn);
    }
}

} // namespace recvscope::gui
