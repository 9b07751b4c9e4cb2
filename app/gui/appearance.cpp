#include "gui/appearance.h"

#include "gui/calm_style.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QStyle>
#include <QStyleHints>

namespace recvscope::gui {

namespace {

/// The system's own palette says whether it is dark: Qt tells the colour scheme only from 6.5 on.
bool systemIsDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    return QGuiApplication::styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#else
    const QPalette palette = QGuiApplication::palette();
    return palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
#endif
}

QFont sized(QFont font, int pixels, QFont::Weight weight = QFont::Normal)
{
    font.setPixelSize(pixels);
    font.setWeight(weight);
    return font;
}

QPalette paletteOf(const Theme &theme)
{
    QPalette palette(theme.soft, theme.ground);
    palette.setColor(QPalette::Window, theme.ground);
    palette.setColor(QPalette::Base, theme.panel);
    palette.setColor(QPalette::AlternateBase, theme.soft);
    palette.setColor(QPalette::Button, theme.soft);
    palette.setColor(QPalette::ToolTipBase, theme.panel);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, theme.ink);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, theme.dim);
    palette.setColor(QPalette::PlaceholderText, theme.dim);
    palette.setColor(QPalette::Highlight, theme.accent);
    palette.setColor(QPalette::HighlightedText, theme.onAccent);
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::LinkVisited, theme.accent);
    palette.setColor(QPalette::Mid, theme.line);
    palette.setColor(QPalette::Midlight, theme.line);
    palette.setColor(QPalette::Light, theme.panel);
    palette.setColor(QPalette::Dark, theme.dim);
    palette.setColor(QPalette::Shadow, theme.dark ? QColor(Qt::black) : theme.dim);
    return palette;
}

} // namespace

Fonts Fonts::installed()
{
    const QStringList families = QFontDatabase::families();
    QFont interface = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    if (families.contains(QStringLiteral("Inter")))
        interface.setFamily(QStringLiteral("Inter"));
    QFont mono = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (const QString &family : {QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")})
        if (families.contains(family)) {
            mono.setFamily(family);
            break;
        }
    mono.setStyleHint(QFont::Monospace);

    Fonts fonts;
    fonts.body = sized(interface, 13);
    fonts.bold = sized(interface, 13, QFont::DemiBold);
    fonts.small = sized(interface, 11);
    fonts.capitals = sized(interface, 11, QFont::DemiBold);
    fonts.capitals.setLetterSpacing(QFont::AbsoluteSpacing, 0.9);
    fonts.heading = sized(interface, 15, QFont::DemiBold);
    fonts.mono = sized(mono, 12);
    fonts.monoBold = sized(mono, 12, QFont::Bold);
    return fonts;
}

Appearance::Appearance(QObject *parent)
    : QObject(parent), m_fonts(Fonts::installed()), m_systemDark(systemIsDark()), m_dark(m_systemDark)
{
}

const Theme &Appearance::theme() const
{
    return m_dark ? Theme::darkTheme() : Theme::light();
}

bool Appearance::reducedMotion() const
{
    return m_reducedMotion || QApplication::style()->styleHint(QStyle::SH_Widget_Animation_Duration) == 0;
}

void Appearance::setChoice(Choice choice)
{
    m_choice = choice;
    setDark(choice == Choice::System ? m_systemDark : choice == Choice::Dark);
}

void Appearance::setReducedMotion(bool reduced)
{
    if (m_reducedMotion == reduced)
        return;
    m_reducedMotion = reduced;
    emit changed();
}

void Appearance::applyToApplication()
{
    if (!m_applies) {
        m_applies = true;
        QApplication::setStyle(new CalmStyle(*this)); // the application owns it
        qApp->installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
        connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] {
            m_systemDark = systemIsDark();
            setChoice(m_choice);
        });
#endif
    }
    QApplication::setFont(m_fonts.body);
    QApplication::setPalette(paletteOf(theme()));
}

bool Appearance::eventFilter(QObject *watched, QEvent *event)
{
#if QT_VERSION < QT_VERSION_CHECK(6, 5, 0)
    // A desktop that turns dark gives a new theme palette, which Qt mixes with ours: ask the style for its own.
    if (event->type() == QEvent::ThemeChange && watched == qApp) {
        const QPalette system = QApplication::style()->standardPalette();
        m_systemDark = system.color(QPalette::Window).lightness() < system.color(QPalette::WindowText).lightness();
        setChoice(m_choice);
    }
#endif
    return QObject::eventFilter(watched, event);
}

void Appearance::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    if (m_applies)
        QApplication::setPalette(paletteOf(theme()));
    emit changed();
}

} // namespace recvscope::gui
