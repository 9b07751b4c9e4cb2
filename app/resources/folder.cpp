#include "resources/folder.h"

#include "resources/source_tree.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <system_error>

namespace recvscope::resources {

namespace {

namespace fs = std::filesystem;

/// Where this program lies; empty where the system does not tell.
fs::path thisProgram()
{
    std::error_code ignored;
    return fs::read_symlink("/proc/self/exe", ignored);
}

std::vector<fs::path> candidates(const fs::path &program)
{
    std::vector<fs::path> folders;
    if (!program.empty())
        folders.push_back(program.parent_path().parent_path() / "share" / "recvscope");
    folders.push_back(fs::path(sourceTree) / "resources");
    return folders;
}

bool isResources(const fs::path &folder)
{
    std::error_code ignored;
    return fs::is_directory(folder / "rules", ignored);
}

} // namespace

Result<Folder> Folder::find()
{
    return findFor(thisProgram());
}

Result<Folder> Folder::findFor(const fs::path &program)
{
    if (const char *chosen = std::getenv("RECVSCOPE_RESOURCES"); chosen != nullptr && *chosen != '\0') {
        if (isResources(chosen))
            return Folder(chosen);
        return Error{"use the resources folder", chosen,
                     "$RECVSCOPE_RESOURCES names it, and it holds no folder 'rules'; correct or unset the variable"};
    }
    std::string looked;
    for (const fs::path &folder : candidates(program)) {
        if (isResources(folder))
            return Folder(folder);
        looked += (looked.empty() ? "" : " nor in ") + folder.string();
    }
    return Error{"find the lessons", "",
                 "they are not in " + looked + "; set RECVSCOPE_RESOURCES to the folder 'resources' of Recvscope"};
}

std::vector<fs::path> Folder::lessonFiles() const
{
    std::vector<fs::path> files;
    std::error_code ignored;
    for (const fs::directory_entry &entry : fs::directory_iterator(lessons(), ignored))
        if (entry.path().extension() == ".yaml")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace recvscope::resources
