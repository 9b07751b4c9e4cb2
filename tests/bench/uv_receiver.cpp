#include "receivers.h"
#include "supply.h"

#include <unistd.h>
#include <uv.h>

namespace recvscope::benchmarks {

namespace {

class UvReceiver final : public Receiver {
public:
    UvReceiver(const net::Socket &socket, const BufferSizes &sizes) : m_memory(sizes)
    {
        uv_loop_init(&m_loop);
        const int descriptor = ::dup(socket.descriptor());
        int opened = 0;
        if (socket.kind() == net::SocketKind::Unix) {
            uv_pipe_init(&m_loop, &m_pipe, 0);
            opened = uv_pipe_open(&m_pipe, descriptor);
            m_stream = reinterpret_cast<uv_stream_t *>(&m_pipe);
        } else {
            uv_tcp_init(&m_loop, &m_tcp);
            opened = uv_tcp_open(&m_tcp, descriptor);
            m_stream = reinterpret_cast<uv_stream_t *>(&m_tcp);
        }
        if (opened != 0)
            giveUp(std::string("libuv does not take the socket: ") + uv_strerror(opened));
        m_stream->data = this;
    }

    ~UvReceiver() override
    {
        uv_close(reinterpret_cast<uv_handle_t *>(m_stream), nullptr);
        uv_run(&m_loop, UV_RUN_DEFAULT);
        uv_loop_close(&m_loop);
    }

    void receive(std::size_t times) override
    {
        m_left = times;
        uv_read_start(m_stream, give, took);
        uv_run(&m_loop, UV_RUN_DEFAULT); // ends when nothing is read any more
    }

private:
    static void give(uv_handle_t *handle, std::size_t, uv_buf_t *buffer)
    {
        const net::Slice piece = static_cast<UvReceiver *>(handle->data)->m_memory.pieces().front();
        *buffer = uv_buf_init(reinterpret_cast<char *>(piece.data), static_cast<unsigned>(piece.size));
    }

    static void took(uv_stream_t *stream, ssize_t bytes, const uv_buf_t *)
    {
        auto *self = static_cast<UvReceiver *>(stream->data);
        if (bytes != static_cast<ssize_t>(self->m_memory.size()))
            giveUp("libuv did not give a whole message");
        if (--self->m_left == 0)
            uv_read_stop(stream);
    }

    Memory m_memory;
    uv_loop_t m_loop{};
    uv_tcp_t m_tcp{};
    uv_pipe_t m_pipe{};
    uv_stream_t *m_stream = nullptr;
    std::size_t m_left = 0;
};

class UvDatagramReceiver final : public Receiver {
public:
    UvDatagramReceiver(const net::Socket &socket, const BufferSizes &sizes) : m_memory(sizes)
    {
        uv_loop_init(&m_loop);
        uv_udp_init(&m_loop, &m_udp);
        if (const int opened = uv_udp_open(&m_udp, ::dup(socket.descriptor())); opened != 0)
            giveUp(std::string("libuv does not take the socket: ") + uv_strerror(opened));
        m_udp.data = this;
    }

    ~UvDatagramReceiver() override
    {
        uv_close(reinterpret_cast<uv_handle_t *>(&m_udp), nullptr);
        uv_run(&m_loop, UV_RUN_DEFAULT);
        uv_loop_close(&m_loop);
    }

    void receive(std::size_t times) override
    {
        m_left = times;
        uv_udp_recv_start(&m_udp, give, took);
        uv_run(&m_loop, UV_RUN_DEFAULT); // ends when nothing is received any more
    }

private:
    static void give(uv_handle_t *handle, std::size_t, uv_buf_t *buffer)
    {
        const net::Slice piece = static_cast<UvDatagramReceiver *>(handle->data)->m_memory.pieces().front();
        *buffer = uv_buf_init(reinterpret_cast<char *>(piece.data), static_cast<unsigned>(piece.size));
    }

    static void took(uv_udp_t *udp, ssize_t bytes, const uv_buf_t *, const sockaddr *from, unsigned)
    {
        auto *self = static_cast<UvDatagramReceiver *>(udp->data);
        if (bytes == 0 && from == nullptr)
            return; // nothing there just now
        if (bytes != static_cast<ssize_t>(self->m_memory.size()))
            giveUp("libuv did not give a whole message");
        if (--self->m_left == 0)
            uv_udp_recv_stop(udp);
    }

    Memory m_memory;
    uv_loop_t m_loop{};
    uv_udp_t m_udp{};
    std::size_t m_left = 0;
};

} // namespace

std::unique_ptr<Receiver> uvReceiver(net::Socket socket, const BufferSizes &sizes)
{
    if (socket.kind() == net::SocketKind::Udp)
        return std::make_unique<UvDatagramReceiver>(socket, sizes);
    return std::make_unique<UvReceiver>(socket, sizes);
}

} // namespace recvscope::benchmarks
