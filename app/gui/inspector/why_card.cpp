#include "gui/inspector/why_card.h"

#include "gui/appearance.h"
#include "gui/card.h"
#include "gui/controls/label.h"

#include <QPainter>
#include <QVBoxLayout>

namespace recvscope::gui::inspector {

namespace {

constexpr int padding = 14;

struct Colours {
    QColor fill;
    Label::Ink ink;
};

Colours coloursOf(Mood mood, const Theme &theme)
{
    switch (mood) {
    case Mood::Good:
        return {theme.goodFill, &Theme::good};
    case Mood::Caution:
        return {theme.cautionFill, &Theme::caution};
    case Mood::Failure:
        return {theme.failureFill, &Theme::failure};
    case Mood::Neutral:
        break;
    }
    return {theme.soft, &Theme::accent};
}

QString link(const QString &target, const QString &text)
{
    return QStringLiteral("<a href=\"%1\">%2</a>").arg(target, text.toHtmlEscaped());
}

} // namespace

WhyCard::WhyCard(const Appearance &appearance, QWidget *parent) : QWidget(parent), m_appearance(appearance)
{
    const Fonts &fonts = appearance.fonts();
    m_sentence = (new Label(appearance, fonts.body))->wrapped();
    m_rule = (new Label(appearance, fonts.mono, &Theme::good))->wrapped();
    m_source = (new Label(appearance, fonts.small, &Theme::dim))->wrapped();
    m_links = new QLabel;
    m_links->setObjectName(QStringLiteral("links"));
    m_links->setFont(fonts.body);
    m_links->setWordWrap(true);
    m_links->setTextFormat(Qt::RichText);
    m_links->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    m_details = (new Label(appearance, fonts.body))->wrapped();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(padding, padding - 2, padding, padding - 2);
    layout->setSpacing(7);
    for (QWidget *part :
         {static_cast<QWidget *>(m_sentence), static_cast<QWidget *>(m_rule), static_cast<QWidget *>(m_source),
          static_cast<QWidget *>(m_links), static_cast<QWidget *>(m_details)})
        layout->addWidget(part);

    connect(m_links, &QLabel::linkActivated, this, &WhyCard::follow);
    connect(&appearance, &Appearance::changed, this, [this] {
        relabel();
        update();
    });
    relabel();
}

void WhyCard::tell(const Why &why)
{
    if (why == m_shown)
        return;
    m_shown = why;
    relabel();
    update();
}

void WhyCard::setLesson(int number)
{
    if (number == m_lesson)
        return;
    m_lesson = number;
    relabel();
}

void WhyCard::relabel()
{
    const Theme &theme = m_appearance.theme();
    const Colours colours = coloursOf(m_shown.mood, theme);
    m_sentence->setText(m_shown.sentence);
    m_rule->setText(m_shown.ruleName);
    m_rule->setInk(colours.ink);
    m_source->setText(m_shown.repair.isEmpty()
                          ? m_shown.source
                          : tr("Instead: %1").arg(m_shown.repair) + QStringLiteral("\n\n") + m_shown.source);

    QStringList links;
    if (!m_shown.ruleName.isEmpty())
        links << link(QStringLiteral("rule"), m_open ? tr("Close the rule") : tr("Open the rule"));
    if (m_lesson > 0)
        links << link(QStringLiteral("lesson"), tr("Lesson %1").arg(m_lesson));
    QPalette palette = m_links->palette();
    palette.setColor(QPalette::Link, theme.accent);
    palette.setColor(QPalette::WindowText, theme.dim);
    m_links->setPalette(palette);
    m_links->setText(QStringLiteral("<style>a{text-decoration:none;color:%1}</style>%2")
                         .arg(theme.accent.name(), links.join(QStringLiteral(" · "))));

    QString details = m_shown.says;
    if (!m_shown.others.isEmpty())
        details += QStringLiteral("\n\n") + tr("Rules that took part:") + QLatin1Char('\n') +
                   m_shown.others.join(QLatin1Char('\n'));
    m_details->setText(details);

    m_rule->setVisible(!m_shown.ruleName.isEmpty());
    m_source->setVisible(!m_shown.source.isEmpty() || !m_shown.repair.isEmpty());
    m_links->setVisible(!links.isEmpty());
    m_details->setVisible(m_open && !m_shown.ruleName.isEmpty());
}

void WhyCard::follow(const QString &target)
{
    if (target == QStringLiteral("lesson")) {
        emit lessonAsked(m_lesson);
        return;
    }
    m_open = !m_open;
    relabel();
}

void WhyCard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(coloursOf(m_shown.mood, m_appearance.theme()).fill);
    painter.drawRoundedRect(rect(), Card::radius, Card::radius);
}

} // namespace recvscope::gui::inspector
