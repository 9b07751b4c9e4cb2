#include "base/system.h"

#include <sys/utsname.h>

namespace recvscope {

SystemNames systemNames()
{
    utsname names{};
    if (uname(&names) != 0)
        return {"unknown", "unknown", "unknown"};
    return {names.sysname, names.release, names.machine};
}

} // namespace recvscope
