// One program an input: RECVSCOPE_FUZZED names it. libFuzzer brings main().

#include "inputs.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    recvscope::fuzz::RECVSCOPE_FUZZED({data, size});
    return 0;
}
