#include "gui/controls/label.h"

namespace recvscope::gui {

Label::Label(const Appearance &appearance, const QFont &font, Ink ink, QWidget *parent)
    : QLabel(parent), m_appearance(appearance), m_ink(ink)
{
    setFont(font);
    setTextFormat(Qt::PlainText);
    connect(&appearance, &Appearance::changed, this, &Label::recolour);
    recolour();
}

void Label::setInk(Ink ink)
{
    if (m_ink == ink)
        return;
    m_ink = ink;
    recolour();
}

Label *Label::wrapped()
{
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    return this;
}

void Label::setProse(const QString &text)
{
    setTextFormat(Qt::RichText);
    setText(QStringLiteral("<p style=\"line-height:126%\">%1</p>")
                .arg(text.toHtmlEscaped().replace(QLatin1Char('\n'), QLatin1String("<br>"))));
}

void Label::recolour()
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, m_appearance.theme().*m_ink);
    setPalette(palette);
}

} // namespace recvscope::gui
