package io.weathermesh.mesh;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.Message;

/** A real DNS server on loopback, over UDP and TCP on one port, with a behaviour that the test sets. */
final class LoopbackDns implements AutoCloseable {
    /** The transport of a query. */
    enum Transport {
        UDP,
        TCP
    }

    /** Makes the bytes of the response; null for none. */
    interface Behaviour extends BiFunction<Message, Transport, byte @Nullable []> {}

    /** A query and its transport. */
    record ReceivedQuery(Message query, Transport transport) {}

    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private final List<ReceivedQuery> queries = new CopyOnWriteArrayList<>();
    private volatile Behaviour behaviour;

    LoopbackDns(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        Port port = Port.free(loopback);
        tcp = port.tcp();
        udp = port.udp();
        start(this::serveUdp);
        start(this::serveTcp);
    }

    /** Both sockets of a number. */
    private record Port(ServerSocket tcp, DatagramSocket udp) {
        private static final int MAX_TRIES = 10;

        /** One that is free for TCP need not be for UDP: a query of another process may have left from it. */
        static Port free(InetAddress address) throws IOException {
            for (int tries = 1; ; tries++) {
                ServerSocket tcp = new ServerSocket(0, 10, address);
                try {
                    return new Port(tcp, new DatagramSocket(tcp.getLocalPort(), address));
                } catch (BindException e) {
                    tcp.close();
                    if (tries == MAX_TRIES) {
                        throw e;
                    }
                }
            }
        }
    }

    private static void start(Runnable server) {
        Thread thread = new Thread(server, "loopback-dns");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort());
    }

    List<ReceivedQuery> queries() {
        return queries;
    }

    void behaves(Behaviour other) {
        behaviour = other;
    }

    private void serveUdp() {
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(java.util.Arrays.copyOf(buffer, packet.getLength()), Transport.UDP);
                if (answer != null) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private void serveTcp() {
        try {
            while (true) {
                try (Socket client = tcp.accept()) {
                    DataInputStream in = new DataInputStream(client.getInputStream());
                    byte[] query = in.readNBytes(in.readUnsignedShort());
                    byte[] answer = answer(query, Transport.TCP);
                    if (answer != null) {
                        DataOutputStream out = new DataOutputStream(client.getOutputStream());
                        out.writeShort(answer.length);
                        out.write(answer);
                        out.flush();
                    }
                }
            }
        } catch (IOException e) {
            // Closed by the test.
        }
    }

    private byte @Nullable [] answer(byte[] bytes, Transport transport) throws IOException {
        Message query = new Message(bytes);
        queries.add(new ReceivedQuery(query, transport));
        return behaviour.apply(query, transport);
    }

    @Override
    public void close() throws IOException {
        udp.close();
        tcp.close();
    }
}
