// What the peer of a byte stream has sent, and how far the receives have come in it.
//
// An urgent byte stands beside the stream. One that a later urgent byte overtook before it was fetched may turn up in
// the stream, at its place, or be gone (platform-dependent, and promised by no rule): so there may be several places at
// which the receives can be, and all of them are kept.
//
// Threads: a value.

#pragma once

#include <algorithm>
#include <cstddef>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace recvscope::checker {

class SentStream {
public:
    void sent(std::string_view bytes)
    {
        for (const char byte : bytes)
            m_cells.push_back({byte, false});
    }
    void sentUrgent(char byte) { m_cells.push_back({byte, true}); }

    /// @return false when these bytes are not what comes next.
    [[nodiscard]] bool comesNext(std::string_view bytes) const { return !after(bytes).empty(); }
    /// The same, and they are taken. When they were not next they are taken all the same where that is possible, so
    /// that one mistake is told once.
    bool take(std::string_view bytes)
    {
        std::set<std::size_t> places = after(bytes);
        const bool right = !places.empty();
        if (!right)
            places.insert(std::min(*m_places.rbegin() + bytes.size(), m_cells.size()));
        m_places = std::move(places);
        return right;
    }
    /// No ordinary byte is left.
    [[nodiscard]] bool allTaken() const
    {
        std::size_t at = *m_places.rbegin();
        while (at < m_cells.size() && m_cells[at].urgent)
            ++at;
        return at == m_cells.size();
    }
    [[nodiscard]] std::size_t taken() const { return *m_places.rbegin(); }

private:
    struct Cell {
        char byte;
        bool urgent;
    };

    [[nodiscard]] bool overtaken(std::size_t at) const
    {
        for (std::size_t later = at + 1; later < m_cells.size(); ++later)
            if (m_cells[later].urgent)
                return true;
        return false;
    }
    [[nodiscard]] std::set<std::size_t> after(std::string_view bytes) const
    {
        std::set<std::size_t> places = m_places;
        for (const char byte : bytes) {
            std::set<std::size_t> next;
            for (std::size_t at : places)
                for (; at < m_cells.size(); ++at) {
                    const Cell &cell = m_cells[at];
                    if (cell.byte == byte && (!cell.urgent || overtaken(at)))
                        next.insert(at + 1);
                    if (!cell.urgent)
                        break; // an ordinary byte cannot be passed over
                }
            places = std::move(next);
        }
        return places;
    }

    std::vector<Cell> m_cells;
    std::set<std::size_t> m_places{0};
};

} // namespace recvscope::checker
