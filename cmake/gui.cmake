# What every target of app/gui has in common.

# Qt strictness: no implicit string casts, no connects without a context, no old API.
add_library(recvscope_qt INTERFACE)
target_link_libraries(recvscope_qt INTERFACE Qt6::Widgets)
target_compile_definitions(recvscope_qt INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_CONTEXTLESS_CONNECT QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_NO_FOREACH QT_STRICT_ITERATORS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# recvscope_gui_library(<name> SOURCES ... LINKS ...)
# A library under app/gui. List headers with Q_OBJECT nowhere: moc finds them beside their sources.
# All of them share one precompiled header, that of recvscope_gui_base.
function(recvscope_gui_library name)
    recvscope_library(${name} ${ARGN})
    target_link_libraries(${name} PUBLIC recvscope_qt)
    target_include_directories(${name} PUBLIC ${PROJECT_SOURCE_DIR}/app)
    # moc of Qt 6.4 stumbles over the library's <concepts>: it need not see it.
    set_target_properties(${name} PROPERTIES AUTOMOC ON AUTOMOC_MOC_OPTIONS "-D_COMPARE;-D_GLIBCXX_CONCEPTS")
    if(name STREQUAL "recvscope_gui_base")
        target_precompile_headers(${name} PRIVATE <QtWidgets>)
    else()
        target_precompile_headers(${name} REUSE_FROM recvscope_gui_base)
    endif()
endfunction()
