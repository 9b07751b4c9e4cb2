#include "document.h"

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <sstream>

namespace recvscope::benchmarks {

Result<std::string> withTable(const std::string &text, const std::string &table)
{
    const std::size_t begin = text.find(tableBegins);
    const std::size_t end = begin == std::string::npos ? begin : text.find(tableEnds, begin);
    if (end == std::string::npos)
        return Error{"put the table in",
                     {},
                     std::string("it has no line '") + tableBegins + "' with a line '" + tableEnds + "' after it",
                     0};
    const std::size_t from = begin + std::string(tableBegins).size();
    return text.substr(0, from) + "\n\n" + table + "\n" + text.substr(end);
}

Outcome updateDocument(const std::string &path, const std::string &table)
{
    std::ifstream in(path);
    if (!in)
        return Error::system("read", path, errno);
    std::ostringstream text;
    text << in.rdbuf();
    Result<std::string> replaced = withTable(text.str(), table);
    if (!replaced) {
        Error error = replaced.error();
        error.on = path;
        return error;
    }
    const std::string beside = path + ".new";
    std::ofstream out(beside, std::ios::trunc);
    out << replaced.value();
    out.close();
    if (!out || std::rename(beside.c_str(), path.c_str()) != 0)
        return Error::system("write", path, errno);
    return Done{};
}

} // namespace recvscope::benchmarks
