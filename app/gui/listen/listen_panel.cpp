#include "gui/listen/listen_panel.h"

#include "gui/controls/flat_button.h"
#include "gui/controls/label.h"
#include "gui/controls/segments.h"
#include "gui/listen/connection_list.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

namespace recvscope::gui {

namespace {

using Phase = LiveStatus::Phase;
constexpr int mebi = 1 << 20;

bool runs(Phase phase)
{
    return phase == Phase::Starting || phase == Phase::Running || phase == Phase::Stopping;
}

} // namespace

ListenPanel::ListenPanel(const Appearance &appearance, QWidget *parent) : QWidget(parent), m_appearance(appearance)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    buildWhere(*layout);
    buildReceiving(*layout);
    buildConnections(*layout);
    setOptions({});
    setStatus({});
}

QWidget *ListenPanel::row(const QString &name, QWidget *field)
{
    auto *holder = new QWidget;
    auto *across = new QHBoxLayout(holder);
    across->setContentsMargins(0, 0, 0, 0);
    auto *label = new Label(m_appearance, m_appearance.fonts().body, &Theme::dim);
    label->setText(name);
    label->setBuddy(field);
    label->setFixedWidth(76);
    across->addWidget(label);
    across->addWidget(field, 1);
    field->setAccessibleName(name);
    return holder;
}

void ListenPanel::buildWhere(QVBoxLayout &layout)
{
    auto *top = new QHBoxLayout;
    m_mode = new Segments({tr("Listen"), tr("Connect")}, m_appearance);
    auto *close = new FlatButton(FlatButton::Look::Plain, Glyph::Cross, tr("Back to the lessons"), m_appearance);
    top->addWidget(m_mode);
    top->addStretch();
    top->addWidget(close);
    layout.addLayout(top);

    m_host = new QComboBox;
    m_host->setEditable(true);
    m_host->setInsertPolicy(QComboBox::NoInsert);
    m_host->addItems(
        {QStringLiteral("127.0.0.1"), QStringLiteral("::1"), QStringLiteral("0.0.0.0"), QStringLiteral("::")});
    const QStringList meanings = {tr("IPv4, this machine alone"), tr("IPv6, this machine alone"),
                                  tr("IPv4, every network"), tr("IPv6, every network")};
    for (int i = 0; i < meanings.size(); ++i)
        m_host->setItemData(i, meanings[i], Qt::ToolTipRole);
    m_host->lineEdit()->setPlaceholderText(tr("IPv4 or IPv6 address"));
    m_port = new QSpinBox;
    m_port->setRange(0, 65535);
    m_port->setSpecialValueText(tr("any free port"));
    m_warning = new Label(m_appearance, m_appearance.fonts().small, &Theme::caution);
    m_warning->setWordWrap(true);
    layout.addWidget(row(tr("&Address"), m_host));
    layout.addWidget(row(tr("&Port"), m_port));
    layout.addWidget(m_warning);

    connect(close, &QAbstractButton::clicked, this, &ListenPanel::closeAsked);
    connect(m_mode, &Segments::changed, this, [this] { setStatus(m_status); });
    connect(m_host, &QComboBox::currentTextChanged, this, &ListenPanel::checkHost);
}

void ListenPanel::buildReceiving(QVBoxLayout &layout)
{
    m_sizes = new QLineEdit;
    m_sizes->setFont(m_appearance.fonts().mono);
    m_sizes->setToolTip(tr("Sizes of the buffers of each receive, in bytes: 8, 8 or 4 KiB or 3 x 16"));
    m_sizesTrouble = new Label(m_appearance, m_appearance.fonts().small, &Theme::failure);
    m_sizesTrouble->setWordWrap(true);
    m_sizesTrouble->hide();
    m_overlapped = new QCheckBox(tr("&Overlapped receives"));
    m_inFlight = new QSpinBox;
    m_inFlight->setRange(1, 64);
    m_inFlight->setKeyboardTracking(false); // as the buffers: half a number is none
    m_consume = new QComboBox;
    for (const std::uint64_t speed : consumeSpeeds())
        m_consume->addItem(consumeText(speed), QVariant::fromValue(static_cast<qulonglong>(speed)));
    m_memory = new QSpinBox;
    m_memory->setRange(16, 8192);
    m_memory->setSingleStep(64);
    m_memory->setSuffix(tr(" MiB"));
    m_memory->setToolTip(
        tr("What the trace may take: its events, the bytes kept with them, and the order and index they are shown by. "
           "The window itself, half a MiB for each open connection and some memory for stepping back come on top. "
           "When it is full, receiving goes on and events are counted instead of kept."));
    layout.addWidget(row(tr("&Buffers"), m_sizes));
    layout.addWidget(m_sizesTrouble);
    layout.addWidget(m_overlapped);
    layout.addWidget(row(tr("In &flight"), m_inFlight));
    layout.addWidget(row(tr("&Consumes"), m_consume));
    layout.addWidget(row(tr("&Memory"), m_memory));

    connect(m_sizes, &QLineEdit::textChanged, this, &ListenPanel::checkBuffers);
    connect(m_sizes, &QLineEdit::editingFinished, this, &ListenPanel::takeBuffers);
    connect(m_overlapped, &QCheckBox::toggled, m_inFlight, &QWidget::setEnabled);
    connect(m_overlapped, &QCheckBox::toggled, this, &ListenPanel::changed);
    connect(m_inFlight, &QSpinBox::valueChanged, this, &ListenPanel::changed);
    connect(m_consume, &QComboBox::currentIndexChanged, this, &ListenPanel::changed);
}

void ListenPanel::buildConnections(QVBoxLayout &layout)
{
    m_start = new FlatButton(FlatButton::Look::Primary, QString(), m_appearance);
    m_state = new Label(m_appearance, m_appearance.fonts().body, &Theme::dim);
    m_state->wrapped();
    m_connections = new ConnectionList(m_appearance);
    m_note = new Label(m_appearance, m_appearance.fonts().small, &Theme::dim);
    m_note->wrapped();
    m_save = new FlatButton(FlatButton::Look::Soft, tr("Save as scenario…"), m_appearance);
    layout.addWidget(m_start);
    layout.addWidget(m_state);
    layout.addWidget(m_connections, 1);
    layout.addWidget(m_note);
    layout.addWidget(m_save);

    connect(m_start, &QAbstractButton::clicked, this, &ListenPanel::startOrStop);
    connect(m_connections, &ConnectionList::connectionChosen, this, &ListenPanel::connectionChosen);
    connect(m_save, &QAbstractButton::clicked, this, &ListenPanel::saveAsked);
}

void ListenPanel::setConnects(bool connects)
{
    m_mode->setCurrent(connects ? 1 : 0);
}

LiveOptions ListenPanel::options() const
{
    LiveOptions options;
    options.connects = m_mode->current() == 1;
    options.host = m_host->currentText().trimmed();
    options.port = static_cast<std::uint16_t>(m_port->value());
    options.receiving = {m_buffers, m_overlapped->isChecked(), static_cast<std::uint32_t>(m_inFlight->value()),
                         m_consume->currentData().toULongLong()};
    options.memoryLimit = static_cast<std::size_t>(m_memory->value()) * mebi;
    return options;
}

void ListenPanel::setOptions(const LiveOptions &options)
{
    m_mode->setCurrent(options.connects ? 1 : 0);
    m_host->setCurrentText(options.host);
    m_port->setValue(options.port);
    m_sizes->setText(buffersText(options.receiving.buffers));
    m_buffers = options.receiving.buffers;
    m_overlapped->setChecked(options.receiving.overlapped);
    m_inFlight->setValue(static_cast<int>(options.receiving.inFlight));
    const int speed =
        m_consume->findData(QVariant::fromValue(static_cast<qulonglong>(options.receiving.bytesPerSecond)));
    m_consume->setCurrentIndex(speed >= 0 ? speed : m_consume->count() - 1);
    m_memory->setValue(static_cast<int>(options.memoryLimit / mebi));
    checkHost();
}

QString ListenPanel::notAnAddress(const QString &address)
{
    return tr("'%1' is no address to listen on: write ADDRESS:PORT, such as 127.0.0.1:7000 or [::1]:7000.")
        .arg(address);
}

bool ListenPanel::listenOn(const QString &address)
{
    const qsizetype colon = address.lastIndexOf(QLatin1Char(':'));
    bool isPort = false;
    const int port = address.mid(colon + 1).toInt(&isPort);
    QString host = address.left(qMax(qsizetype{0}, colon));
    if (host.startsWith(QLatin1Char('[')) && host.endsWith(QLatin1Char(']')))
        host = host.mid(1, host.size() - 2);
    if (colon < 0 || !isPort || port < 0 || port > 65535) {
        LiveStatus status;
        status.trouble = notAnAddress(address);
        setStatus(status);
        return false;
    }
    setConnects(false);
    m_host->setCurrentText(host.isEmpty() ? QStringLiteral("127.0.0.1") : host);
    m_port->setValue(port);
    startOrStop();
    return true;
}

void ListenPanel::startOrStop()
{
    if (runs(m_status.phase)) {
        emit stopAsked();
        return;
    }
    takeBuffers(); // a button can be pressed by a key that leaves the line where it is
    emit startAsked(options());
}

void ListenPanel::setStatus(const LiveStatus &status)
{
    m_status = status;
    const bool running = runs(status.phase);
    const bool connects = m_mode->current() == 1;
    for (QWidget *each : {static_cast<QWidget *>(m_mode), static_cast<QWidget *>(m_host),
                          static_cast<QWidget *>(m_port), static_cast<QWidget *>(m_memory)})
        each->setEnabled(!running);
    m_start->setText(running ? tr("&Stop") : connects ? tr("&Connect") : tr("Start &listening"));
    m_start->setLook(running ? FlatButton::Look::Choice : FlatButton::Look::Primary);
    m_start->setEnabled(status.phase != Phase::Stopping);

    m_state->setInk(status.trouble.isEmpty() ? &Theme::dim : &Theme::failure);
    switch (status.phase) {
    case Phase::Off:
        m_state->setText(!status.trouble.isEmpty() ? status.trouble
                         : connects
                             ? tr("Connects to a program of yours and receives what it sends.")
                             : tr("Waits for programs to connect. Try it: start, then in a terminal\nnc 127.0.0.1 %1")
                                   .arg(m_port->value()));
        break;
    case Phase::Starting:
        m_state->setText(status.connects ? tr("Connecting to %1 …").arg(status.where) : tr("Starting …"));
        break;
    case Phase::Running:
        m_state->setText(status.connects ? tr("Connected to %1").arg(status.where)
                                         : tr("Listening on %1").arg(status.where));
        break;
    case Phase::Stopping:
        m_state->setText(tr("Stopping …"));
        break;
    case Phase::Stopped:
        m_state->setText(status.trouble.isEmpty()
                             ? tr("Stopped. What was received stays until the next start.")
                             : status.trouble + u'\n' + tr("What was received before is still here."));
        break;
    }
    m_connections->show(status.connections);
    m_connections->setVisible(!status.connections.empty());
    const QLocale english(QLocale::English);
    m_note->setText(
        status.notKept > 0
            ? tr("The trace and its index are full at %1 MiB: receiving goes on, %2 events so far were counted, "
                 "not kept.")
                  .arg(status.memoryLimit / mebi)
                  .arg(english.toString(static_cast<qulonglong>(status.notKept)))
            : tr("An outside program's sends cannot be seen: a colour is a chunk as it was received."));
    m_note->setInk(status.notKept > 0 ? &Theme::caution : &Theme::dim);
    m_save->setVisible(!status.connections.empty());
}

void ListenPanel::setShownConnection(SocketId socket)
{
    m_connections->select(socket);
}

void ListenPanel::checkHost()
{
    const QString host = m_host->currentText();
    const bool alone = m_mode->current() == 1 || host.trimmed().isEmpty() || reachedFromThisMachineAlone(host);
    m_warning->setVisible(!alone);
    m_warning->setText(tr("Other machines can reach this address. Listen there only on a network you trust."));
    setStatus(m_status);
}

void ListenPanel::checkBuffers()
{
    const auto sizes = parseBuffers(m_sizes->text());
    m_sizesTrouble->setVisible(!sizes.ok());
    if (!sizes)
        m_sizesTrouble->setText(QString::fromStdString(sizes.error().message()));
}

void ListenPanel::takeBuffers()
{
    const auto sizes = parseBuffers(m_sizes->text());
    if (!sizes || sizes.value() == m_buffers)
        return;
    m_buffers = sizes.value();
    changed();
}

void ListenPanel::changed()
{
    if (runs(m_status.phase))
        emit receivingChanged(options().receiving);
}

} // namespace recvscope::gui
