# What an installed Recvscope consists of, and the packages made of it (./dev package).

include(GNUInstallDirs)

# The programs find this folder beside their own: bin/../share/recvscope (app/resources/folder.h).
foreach(folder rules lessons icons schema)
    if(EXISTS ${PROJECT_SOURCE_DIR}/resources/${folder})
        install(DIRECTORY resources/${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/recvscope)
    endif()
endforeach()
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
if(UNIX)
    install(FILES docs/manual/recvscope-cli.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()

if(RECVSCOPE_GUI AND UNIX AND NOT APPLE)
    install(FILES docs/manual/recvscope.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    install(FILES resources/desktop/recvscope.desktop DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
    install(FILES resources/desktop/recvscope.metainfo.xml DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
    install(FILES resources/icons/recvscope.svg DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
endif()

set(CPACK_PACKAGE_NAME recvscope)
set(CPACK_PACKAGE_VENDOR "Recvscope")
set(CPACK_PACKAGE_CONTACT "The Recvscope maintainers <maintainers@recvscope.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION education)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
include(CPack)
