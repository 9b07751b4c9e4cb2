// What a scene holds, for tests: its items of one kind, and all it writes.

#pragma once

#include "gui/stage/scene.h"

#include <vector>

namespace recvscope::gui::stage {

template <class Kind>
std::vector<Kind> all(const Scene &scene)
{
    std::vector<Kind> found;
    for (const Item &item : scene.items)
        if (const auto *one = std::get_if<Kind>(&item))
            found.push_back(*one);
    return found;
}

inline QString allText(const Scene &scene)
{
    QString text;
    for (const Text &one : all<Text>(scene)) {
        for (const Span &span : one.spans)
            text += span.text;
        text += u'\n';
    }
    return text;
}

} // namespace recvscope::gui::stage
