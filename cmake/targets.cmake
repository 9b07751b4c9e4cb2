# One target a folder; its link set is the architecture (docs/architecture.md).

# Warnings and strictness for every target of ours.
add_library(recvscope_flags INTERFACE)
target_compile_options(recvscope_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wcast-qual -Wformat=2 -Wimplicit-fallthrough)
# GCC 12 at -O3 warns of overlaps in "text" + std::string and of null pointers followed that cannot be (its bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(recvscope_flags INTERFACE -Wno-restrict -Wno-stringop-overflow)
endif()
if(RECVSCOPE_WERROR)
    target_compile_options(recvscope_flags INTERFACE -Werror)
endif()
if(RECVSCOPE_SANITIZE)
    target_compile_options(recvscope_flags INTERFACE
        -fsanitize=${RECVSCOPE_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(recvscope_flags INTERFACE -fsanitize=${RECVSCOPE_SANITIZE})
endif()

# recvscope_library(<name> SOURCES ... LINKS ... [PRIVATE_LINKS ...])
# A library under core/ or app/; headers are included from the folder above it: #include "engine/receive_queue.h".
function(recvscope_library name)
    cmake_parse_arguments(arg "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(${name} STATIC ${arg_SOURCES})
    target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE recvscope_flags ${arg_PRIVATE_LINKS})
endfunction()

# Everything that ThreadSanitizer has to see: ninja threaded_tests
add_custom_target(threaded_tests)

# recvscope_test(<name> SOURCES ... LINKS ... [THREADED] [WINDOW])
# One test program. THREADED programs also run under ThreadSanitizer (label "threads"); WINDOW programs need Qt Gui.
function(recvscope_test name)
    cmake_parse_arguments(arg "THREADED;WINDOW" "" "SOURCES;LINKS" ${ARGN})
    add_executable(${name} ${arg_SOURCES})
    target_link_libraries(${name} PRIVATE recvscope_flags ${arg_LINKS} recvscope_test_support)
    set(labels "core")
    if(arg_WINDOW)
        set(labels "window")
    endif()
    if(arg_THREADED)
        list(APPEND labels "threads")
        add_dependencies(threaded_tests ${name})
    endif()
    set(environment "GTEST_OUTPUT=xml:${CMAKE_BINARY_DIR}/results/${name}.xml")
    if(arg_WINDOW)
        list(APPEND environment "QT_QPA_PLATFORM=offscreen")
    endif()
    add_test(NAME ${name} COMMAND ${name})
    set_tests_properties(${name} PROPERTIES LABELS "${labels}" TIMEOUT 600 ENVIRONMENT "${environment}")
endfunction()
