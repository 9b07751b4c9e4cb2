#include "scenario/values.h"
#include "scenario/verbs.h"

#include <algorithm>
#include <utility>

namespace recvscope::scenario {

namespace {

constexpr std::pair<std::string_view, Ask> asks[] = {
    {"bytes", Ask::Bytes}, {"returns", Ask::Returns}, {"status", Ask::Status}, {"buffer", Ask::Buffer}};

/// A choice must be something the answer could be.
void checkChoice(Reading &reading, const Node &choice, Ask ask)
{
    if (ask == Ask::Bytes)
        (void)readNumber(reading, choice, 0xFFFF'FFFFU);
    else if (ask == Ask::Returns || ask == Ask::Status)
        (void)readStatus(reading, choice);
    else if (!choice.isScalar())
        reading.refuse(choice, "a choice as text");
}

} // namespace

Action readSay(Reading &reading, const Node &arguments)
{
    if (arguments.kind != Node::Kind::Mapping)
        return Say{readTold(reading, arguments, "what is to be said, as text")};
    return Say{Fields(reading, arguments, *grammar::verb("say")).text("text")};
}

Action readPredict(Reading &reading, const Node &arguments)
{
    constexpr std::size_t fewest = 2;
    constexpr std::size_t most = 6;
    const Fields fields(reading, arguments, *grammar::verb("predict"));
    Predict predict;
    predict.of = fields.name("of");
    predict.ask = predict.of.empty() ? Ask::Question : fields.choice<Ask>("ask", asks, Ask::Bytes);
    predict.buffer = fields.number("buffer", mostBuffers);
    predict.question = fields.text("question");
    predict.answer = fields.text("answer");
    if (const Node *choices = fields.find("choices")) {
        if (choices->kind != Node::Kind::List || choices->values.size() < fewest || choices->values.size() > most) {
            reading.refuse(*choices, "a list of two to six choices");
            return predict;
        }
        for (const Node &choice : choices->values) {
            checkChoice(reading, choice, predict.ask);
            if (std::find(predict.choices.begin(), predict.choices.end(), choice.text) != predict.choices.end())
                reading.refuse(choice.place, "the choice " + choice.describe() + " stands here twice.");
            predict.choices.push_back(choice.text);
        }
    }

    if (predict.ask == Ask::Question) {
        if (predict.question.empty() || predict.answer.empty())
            reading.refuse(arguments.place,
                           "a prediction is of an operation ('of'), or has a 'question' and its 'answer'.");
        else if (std::find(predict.choices.begin(), predict.choices.end(), predict.answer) == predict.choices.end())
            reading.refuse(*fields.find("answer"), "one of the choices");
        else if (fields.has("ask"))
            reading.refuse(*fields.find("ask"), "'of' beside 'ask': the operation that is asked for");
    } else if (fields.has("answer")) {
        reading.refuse(fields.find("answer")->place,
                       "the answer of a prediction about an operation is read from the run; leave "
                       "'answer' out.");
    }
    if (fields.has("buffer") != (predict.ask == Ask::Buffer))
        reading.refuse(arguments.place, "'ask: buffer' and 'buffer: n' (counted from 0) belong together.");
    return predict;
}

} // namespace recvscope::scenario
