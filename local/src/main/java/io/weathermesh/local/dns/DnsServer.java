package io.weathermesh.local.dns;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The sockets of the name server: UDP and TCP on one address, served by one thread.
 *
 * <p>Its memory is bounded: one datagram and one query a connection at a time, at most {@value #MAX_CONNECTIONS}
 * connections (a new one replaces the one that has been idle longest), and at most {@value #MAX_HELD_BACK} replies that a
 * fault delays.
 */
final class DnsServer implements AutoCloseable {
    static final int MAX_CONNECTIONS = 128;
    static final int MAX_HELD_BACK = 1_024;

    /** An idle connection is closed after this time. */
    private static final Duration TCP_IDLE = Duration.ofSeconds(10);

    /** The number of datagrams in a row before TCP is served. */
    private static final int UDP_BURST = 64;

    private static final long SWEEP_MILLIS = 1_000;

    /** Connections that wait for accept: enough for a burst, in which a dropped SYN costs a client a second. */
    private static final int BACKLOG = 256;

    private record HeldBack(long dueNanos, Runnable send) {}

    private final Responder responder;
    private final Selector selector;
    private final DatagramChannel udp;
    private final ServerSocketChannel tcp;
    private final ByteBuffer datagram = ByteBuffer.allocate(Zone.EDNS_BYTES);
    private final Set<TcpConnection> connections = new LinkedHashSet<>();
    private final PriorityQueue<HeldBack> heldBack = new PriorityQueue<>(Comparator.comparingLong(HeldBack::dueNanos));
    private final Thread thread = new Thread(this::serve, "dns");

    private DnsServer(Responder responder, InetSocketAddress address) throws IOException {
        this.responder = responder;
        selector = Selector.open();
        tcp = ServerSocketChannel.open();
        udp = DatagramChannel.open();
        try {
            tcp.bind(address, BACKLOG);
            udp.bind(tcp.getLocalAddress());
            udp.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
            tcp.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
            udp.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            closeAll();
            throw e;
        }
    }

    /**
     * Listens and serves on a thread of its own until it is closed. Port 0 selects a free port.
     *
     * @throws IOException if the address is in use or does not exist
     */
    static DnsServer start(InetSocketAddress address, Responder responder) throws IOException {
        DnsServer server = new DnsServer(responder, address);
        server.thread.setDaemon(true);
        server.thread.start();
        return server;
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) udp.getLocalAddress();
    }

    private void serve() {
        while (selector.isOpen()) {
            try {
                selector.select(millisToWait());
                if (selector.isOpen()) {
                    selector.selectedKeys().forEach(this::serve);
                    selector.selectedKeys().clear();
                    sendDueReplies();
                    closeIdle();
                }
            } catch (ClosedSelectorException e) {
                break;
            } catch (IOException e) {
                // Of one socket, such as ICMP port unreachable after a reply: the others are not affected.
            }
        }
        connections.forEach(TcpConnection::close);
    }

    private void serve(SelectionKey key) {
        try {
            if (key.isValid() && key.channel() == udp) {
                serveDatagrams();
            } else if (key.isValid() && key.isAcceptable()) {
                accept();
            } else if (key.isValid() && key.attachment() instanceof TcpConnection connection) {
                serve(connection, key.isWritable());
            }
        } catch (IOException e) {
            if (key.attachment() instanceof TcpConnection connection) {
                close(connection);
            }
        }
    }

    private void serveDatagrams() throws IOException {
        for (int i = 0; i < UDP_BURST; i++) {
            SocketAddress client = udp.receive(datagram.clear());
            if (client == null) {
                return;
            }
            byte[] query = new byte[datagram.flip().remaining()];
            datagram.get(query);
            send(responder.overUdp(query), bytes -> udp.send(ByteBuffer.wrap(bytes), client));
        }
    }

    private void accept() throws IOException {
        SocketChannel channel = tcp.accept();
        if (channel == null) {
            return;
        }
        if (connections.size() >= MAX_CONNECTIONS) {
            connections.stream()
                    .min(Comparator.comparingLong(TcpConnection::lastActiveNanos))
                    .ifPresent(this::close);
        }
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        TcpConnection connection = new TcpConnection(channel, key, System.nanoTime());
        key.attach(connection);
        connections.add(connection);
    }

    private void serve(TcpConnection connection, boolean writable) throws IOException {
        if (writable) {
            connection.write();
        } else if (!connection.read(System.nanoTime())) {
            close(connection);
            return;
        }
        answerNext(connection);
    }

    private void answerNext(TcpConnection connection) throws IOException {
        while (!connection.isReplying()) {
            byte[] query = connection.nextQuery();
            if (query.length == 0) {
                return;
            }
            Reply reply = responder.overTcp(query);
            if (!reply.delay().isZero()) {
                connection.awaitReply();
                send(reply, bytes -> {
                    connection.reply(bytes);
                    answerNext(connection);
                });
                return;
            }
            if (reply.bytes().length > 0) {
                connection.reply(reply.bytes());
            }
        }
    }

    private interface Send {
        void send(byte[] bytes) throws IOException;
    }

    private void send(Reply reply, Send how) throws IOException {
        if (reply.bytes().length == 0) {
            return;
        }
        if (reply.delay().isZero()) {
            how.send(reply.bytes());
        } else if (heldBack.size() < MAX_HELD_BACK) {
            heldBack.add(new HeldBack(System.nanoTime() + reply.delay().toNanos(), () -> {
                try {
                    how.send(reply.bytes());
                } catch (IOException e) {
                    // The client has closed the connection; closeIdle removes it.
                }
            }));
        }
    }

    private void sendDueReplies() {
        for (HeldBack next = heldBack.peek();
                next != null && next.dueNanos() - System.nanoTime() <= 0;
                next = heldBack.peek()) {
            heldBack.remove();
            next.send().run();
        }
    }

    private long millisToWait() {
        HeldBack next = heldBack.peek();
        long untilDue = next == null ? SWEEP_MILLIS : (next.dueNanos() - System.nanoTime()) / 1_000_000 + 1;
        return Math.max(1, Math.min(SWEEP_MILLIS, untilDue));
    }

    private void closeIdle() {
        long oldest = System.nanoTime() - TCP_IDLE.toNanos();
        for (TcpConnection connection : new ArrayList<>(connections)) {
            if (connection.lastActiveNanos() - oldest < 0) {
                close(connection);
            }
        }
    }

    private void close(TcpConnection connection) {
        connections.remove(connection);
        connection.close();
    }

    private void closeAll() throws IOException {
        selector.close();
        tcp.close();
        udp.close();
    }

    @Override
    public void close() throws IOException {
        closeAll();
    }
}
