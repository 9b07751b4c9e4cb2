# Every library from outside, each with one clear line when it is missing.
# The Debian package names stand in packages.txt as well, from which ./dev installs them.

find_package(Threads REQUIRED)

# Compiling for Windows takes from the host what is nothing but headers to the compiler. They are looked at last, since
# the host's own system headers stand beside them.
if(WIN32)
    find_path(host_headers yaml.h PATHS /usr/include /usr/local/include /opt/homebrew/include REQUIRED NO_DEFAULT_PATH
              NO_CMAKE_FIND_ROOT_PATH)
    foreach(name IN ITEMS yaml nlohmann_json::nlohmann_json)
        add_library(${name} INTERFACE IMPORTED)
        target_compile_options(${name} INTERFACE "SHELL:-idirafter ${host_headers}")
    endforeach()
    return()
endif()

find_package(PkgConfig QUIET)

# recvscope_need(<found-variable> <what> <Debian package>): one line for each that is missing, and all of them at once.
set(recvscope_missing "")
function(recvscope_need found what package)
    if(NOT ${found})
        message(NOTICE "Missing: ${what}. Install ${package} (on Debian and Ubuntu; packages.txt has the other names).")
        set(recvscope_missing "${recvscope_missing} ${package}" PARENT_SCOPE)
    endif()
endfunction()

find_path(YAML_INCLUDE_DIR yaml.h)
find_library(YAML_LIBRARY yaml)
set(YAML_FOUND FALSE)
if(YAML_INCLUDE_DIR AND YAML_LIBRARY)
    set(YAML_FOUND TRUE)
endif()
recvscope_need(YAML_FOUND "libyaml" libyaml-dev)
add_library(yaml INTERFACE)
target_include_directories(yaml SYSTEM INTERFACE ${YAML_INCLUDE_DIR})
target_link_libraries(yaml INTERFACE ${YAML_LIBRARY})

find_package(CLI11 CONFIG QUIET)
recvscope_need(CLI11_FOUND "CLI11" libcli11-dev)

find_package(nlohmann_json CONFIG QUIET)
recvscope_need(nlohmann_json_FOUND "JSON for Modern C++" nlohmann-json3-dev)

if(RECVSCOPE_GUI)
    find_package(Qt6 6.4 QUIET COMPONENTS Widgets Test PrintSupport) # the last for QCustomPlot
    recvscope_need(Qt6_FOUND "Qt 6 (6.4 or newer) Widgets" qt6-base-dev)
    # Debian and Ubuntu ship a CMake package; Fedora and Arch the library under a name of its own.
    find_package(QCustomPlotQt6 CONFIG QUIET)
    if(NOT QCustomPlotQt6_FOUND)
        find_path(QCUSTOMPLOT_INCLUDE_DIR qcustomplot.h)
        find_library(QCUSTOMPLOT_LIBRARY NAMES qcustomplot-qt6 QCustomPlotQt6 qcustomplot)
        if(QCUSTOMPLOT_INCLUDE_DIR AND QCUSTOMPLOT_LIBRARY)
            set(QCustomPlotQt6_FOUND TRUE)
            add_library(QCustomPlotQt6::QCustomPlotQt6 INTERFACE IMPORTED)
            target_include_directories(QCustomPlotQt6::QCustomPlotQt6 SYSTEM INTERFACE ${QCUSTOMPLOT_INCLUDE_DIR})
            target_link_libraries(QCustomPlotQt6::QCustomPlotQt6
                INTERFACE ${QCUSTOMPLOT_LIBRARY} Qt6::Widgets Qt6::PrintSupport)
        endif()
    endif()
    recvscope_need(QCustomPlotQt6_FOUND "QCustomPlot's Qt 6 build" libqcustomplot-dev)
endif()

if(RECVSCOPE_TESTS)
    find_package(GTest CONFIG QUIET)
    recvscope_need(GTest_FOUND "GoogleTest with GoogleMock" "libgtest-dev libgmock-dev")
endif()

if(RECVSCOPE_BENCH)
    find_package(benchmark CONFIG QUIET)
    recvscope_need(benchmark_FOUND "Google Benchmark" libbenchmark-dev)
    find_path(ASIO_INCLUDE_DIR asio.hpp)
    recvscope_need(ASIO_INCLUDE_DIR "Asio" libasio-dev)
    find_path(UV_INCLUDE_DIR uv.h)
    find_library(UV_LIBRARY uv)
    recvscope_need(UV_LIBRARY "libuv" libuv1-dev)
endif()

if(recvscope_missing)
    message(FATAL_ERROR "Recvscope cannot be built without:${recvscope_missing}")
endif()
