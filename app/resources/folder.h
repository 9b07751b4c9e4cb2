// The folder with lessons, rules and icons, wherever the program was started from.
//
// Looked for in this order: $RECVSCOPE_RESOURCES, share/recvscope beside the program's bin folder (installed), the
// resources folder of the source tree (development).
//
// Threads: any.

#pragma once

#include "base/result.h"

#include <filesystem>
#include <vector>

namespace recvscope::resources {

class Folder {
public:
    /// @return the folder, or an error that names every place that was looked at.
    [[nodiscard]] static Result<Folder> find();
    /// The same for a program that lies at @p program; what find() asks.
    [[nodiscard]] static Result<Folder> findFor(const std::filesystem::path &program);

    explicit Folder(std::filesystem::path path) : m_path(std::move(path)) {}

    [[nodiscard]] const std::filesystem::path &path() const { return m_path; }
    [[nodiscard]] std::filesystem::path lessons() const { return m_path / "lessons"; }
    [[nodiscard]] std::filesystem::path icons() const { return m_path / "icons"; }

    /// Every lesson's scenario, in the order of their file names ("01-one-send-many-receives.yaml").
    [[nodiscard]] std::vector<std::filesystem::path> lessonFiles() const;

private:
    std::filesystem::path m_path;
};

} // namespace recvscope::resources
