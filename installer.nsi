; The Windows installer. It packs what a Windows build has put into one folder:
;
;   makensis -DFILES=build/windows/stage -DVERSION=0.1.0 installer.nsi
;
; FILES must hold bin/recvscope.exe, bin/recvscope-cli.exe with the libraries and the platforms/ plugin they need
; (Qt 6 Core, Gui, Widgets, PrintSupport; QCustomPlot; libyaml; the compiler's runtime), share/recvscope/ and LICENSE:
; what "cmake --install" gives, and the libraries beside it. Without FILES or VERSION nothing is packed.

!ifndef FILES
    !error "FILES is missing: makensis -DFILES=FOLDER -DVERSION=X.Y.Z installer.nsi"
!endif
!ifndef VERSION
    !error "VERSION is missing: makensis -DFILES=FOLDER -DVERSION=X.Y.Z installer.nsi"
!endif

Unicode true
SetCompressor /SOLID lzma
!include "MUI2.nsh"

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Recvscope"

Name "Recvscope ${VERSION}"
OutFile "recvscope-${VERSION}-setup.exe"
; For this user alone: no administrator is needed, in a classroom neither.
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Recvscope"
InstallDirRegKey HKCU "Software\Recvscope" "Folder"

!insertmacro MUI_PAGE_LICENSE "${FILES}/LICENSE"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\recvscope.exe"
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"

Section "Recvscope"
    SetOutPath "$INSTDIR"
    File "${FILES}/LICENSE"
    SetOutPath "$INSTDIR\bin"
    File /r "${FILES}/bin/*"
    SetOutPath "$INSTDIR\share\recvscope"
    File /r "${FILES}/share/recvscope/*"

    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortcut "$SMPROGRAMS\Recvscope.lnk" "$INSTDIR\bin\recvscope.exe"
    WriteRegStr HKCU "Software\Recvscope" "Folder" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "Recvscope"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\bin\recvscope.exe"
    WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; Removes what was installed and nothing else: the folder may have been chosen by hand.
Section "Uninstall"
    RMDir /r "$INSTDIR\bin"
    RMDir /r "$INSTDIR\share\recvscope"
    RMDir "$INSTDIR\share"
    Delete "$INSTDIR\LICENSE"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\Recvscope.lnk"
    DeleteRegKey HKCU "Software\Recvscope"
    DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
