#include "gui/inspector/code_card.h"

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/controls/flat_button.h"

#include <QAbstractTextDocumentLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QSyntaxHighlighter>
#include <QTextBlock>
#include <QVBoxLayout>

#include <cmath>

namespace recvscope::gui::inspector {

namespace {

constexpr int padding = 10;

/// Sets what a comment says apart from what is code.
class Comments : public QSyntaxHighlighter {
public:
    Comments(QTextDocument *document, const Appearance &appearance)
        : QSyntaxHighlighter(document), m_appearance(appearance)
    {
    }

protected:
    void highlightBlock(const QString &line) override
    {
        const auto begin = static_cast<int>(line.indexOf(QStringLiteral("//")));
        if (begin >= 0)
            setFormat(begin, static_cast<int>(line.size()) - begin, m_appearance.theme().dim);
    }

private:
    const Appearance &m_appearance;
};

} // namespace

CodeCard::CodeCard(const Appearance &appearance, QWidget *parent)
    : QWidget(parent),
      m_appearance(appearance),
      m_winsock(new FlatButton(FlatButton::Look::Tab, tr("Winsock"), appearance)),
      m_posix(new FlatButton(FlatButton::Look::Tab, tr("POSIX"), appearance)),
      m_text(new QPlainTextEdit)
{
    QFont font = appearance.fonts().mono;
    font.setPixelSize(11);
    m_text->setFont(font);
    m_text->setAccessibleName(tr("The same moment as code"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->document()->setDocumentMargin(0);
    auto *comments = new Comments(m_text->document(), appearance);

    auto *tabs = new QHBoxLayout;
    tabs->setSpacing(6);
    for (FlatButton *button : {m_winsock, m_posix}) {
        button->setCheckable(true);
        tabs->addWidget(button);
    }
    tabs->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8 + padding);
    layout->addLayout(tabs);
    auto *inset = new QVBoxLayout;
    inset->setContentsMargins(padding + 2, 0, padding, padding);
    inset->addWidget(m_text);
    layout->addLayout(inset);

    connect(m_text->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
            &CodeCard::fitHeight);
    connect(m_winsock, &FlatButton::clicked, this, [this] { setFace(CodeFace::Winsock); });
    connect(m_posix, &FlatButton::clicked, this, [this] { setFace(CodeFace::Posix); });
    connect(&appearance, &Appearance::changed, this, [this, comments] {
        recolour();
        comments->rehighlight();
        update();
    });
    recolour();
    rewrite();
}

void CodeCard::tell(const trace::SocketMoment &socket, const trace::ReceiveMoment &receive)
{
    m_winsock->setText(receive.isWsk() ? tr("WSK") : tr("Winsock"));
    // Of a receive of this system's own there is nothing to translate.
    m_winsock->setEnabled(socket.face != trace::Interface::Native);
    if (!m_winsock->isEnabled())
        m_face = CodeFace::Posix;
    m_socket.name = socket.name;
    m_receive = receive;
    rewrite();
}

void CodeCard::setFace(CodeFace face)
{
    m_face = face;
    rewrite();
}

QString CodeCard::text() const
{
    return m_text->toPlainText();
}

void CodeCard::rewrite()
{
    m_winsock->setChecked(m_face == CodeFace::Winsock);
    m_posix->setChecked(m_face == CodeFace::Posix);
    const QString code = codeOf(m_face, m_socket, m_receive);
    if (code == m_text->toPlainText() && !code.isEmpty())
        return;
    m_text->setPlainText(code);
    fitHeight();
}

void CodeCard::fitHeight()
{
    const QAbstractTextDocumentLayout *layout = m_text->document()->documentLayout();
    double height = 0;
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next())
        height += layout->blockBoundingRect(block).height();
    m_text->setFixedHeight(static_cast<int>(std::ceil(height)) + 2);
}

void CodeCard::recolour()
{
    QPalette palette = m_text->palette();
    palette.setColor(QPalette::Base, Qt::transparent);
    palette.setColor(QPalette::Text, m_appearance.theme().ink);
    palette.setColor(QPalette::Highlight, m_appearance.theme().accent);
    palette.setColor(QPalette::HighlightedText, m_appearance.theme().onAccent);
    m_text->setPalette(palette);
}

void CodeCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_appearance.theme().soft);
    painter.drawRoundedRect(m_text->geometry().adjusted(-padding - 2, -padding, padding, padding), Card::radius,
                            Card::radius);
}

} // namespace recvscope::gui::inspector
