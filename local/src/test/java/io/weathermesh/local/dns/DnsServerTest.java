package io.weathermesh.local.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/** Real sockets on loopback; the client is dnsjava's own resolver. */
class DnsServerTest {
    /** An answer takes milliseconds; more than this is none. */
    private static final int GUARD_MILLIS = 60_000;

    private final Registry registry = new Registry(System::nanoTime, Duration.ZERO);
    private final Responder responder = new Responder(
            new Zone(registry, new Random(1), Duration.ofSeconds(10), Duration.ofSeconds(5)), new Random(2));
    private DnsServer server;

    @BeforeEach
    void startWithTwelveTasks() throws IOException {
        server = DnsServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), responder);
        for (int i = 1; i <= 12; i++) {
            registry.register(
                    new Instance("humidity-provider", "humidity-provider-" + i, ZoneTest.address(i), 50051, true));
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void theServerAnswersOverUdpAndOverTcp() throws IOException {
        assertThat(answers(ask(Type.A))).isEqualTo(8);
        SimpleResolver resolver = resolver();
        resolver.setTCP(true);
        assertThat(answers(resolver.send(query(Type.A)))).isEqualTo(8);
    }

    @Test
    void anAnswerAbove512BytesIsTruncatedWithoutEdnsAndCompleteOverTcp() throws IOException {
        Message truncated = overPlainUdp(query(Type.SRV).toWire());
        assertThat(truncated.getHeader().getFlag(Flags.TC)).isTrue();
        SimpleResolver resolver = resolver();
        assertThat(answers(resolver.send(query(Type.SRV)))).isEqualTo(8);
        resolver.setIgnoreTruncation(true);
        resolver.setEDNS(0, 4096, 0);
        assertThat(answers(resolver.send(query(Type.SRV)))).isEqualTo(8);
    }

    @Test
    void garbageAndIdleClientsDoNotStopTheServer() throws IOException {
        List<Socket> silent = new ArrayList<>();
        Random random = new Random(3);
        try (DatagramSocket socket = new DatagramSocket()) {
            for (int i = 0; i < 200; i++) {
                silent.add(new Socket(
                        InetAddress.getLoopbackAddress(), server.address().getPort()));
                byte[] garbage = new byte[random.nextInt(80)];
                random.nextBytes(garbage);
                socket.send(new DatagramPacket(garbage, garbage.length, server.address()));
                silent.get(i).getOutputStream().write(garbage);
            }
            theServerAnswersOverUdpAndOverTcp();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    void aConnectionAcceptsQueriesInPiecesAndSeveralAtATime() throws IOException {
        byte[] query = query(Type.A).toWire();
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.setSoTimeout(GUARD_MILLIS);
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(new byte[] {0, (byte) query.length});
                socket.getOutputStream().write(query, 0, 7);
                socket.getOutputStream().flush();
                socket.getOutputStream().write(query, 7, query.length - 7);
            }
            for (int i = 0; i < 3; i++) {
                int length = socket.getInputStream().read() << 8
                        | socket.getInputStream().read();
                assertThat(answers(new Message(socket.getInputStream().readNBytes(length))))
                        .isEqualTo(8);
            }
        }
    }

    @Test
    void everyFaultStartsAndEndsOnCommand() throws IOException {
        responder.fault(DnsFault.SERVFAIL);
        assertThat(ask(Type.A).getRcode()).isEqualTo(Rcode.SERVFAIL);
        responder.fault(DnsFault.NXDOMAIN);
        assertThat(ask(Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
        responder.fault(DnsFault.EMPTY);
        assertThat(ask(Type.A).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(answers(ask(Type.A))).isZero();
        responder.fault(DnsFault.SLOW);
        long start = System.nanoTime();
        assertThat(answers(ask(Type.A))).isEqualTo(8);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(600));
        for (DnsFault fault : List.of(DnsFault.SILENT, DnsFault.GARBAGE)) {
            responder.fault(fault);
            SimpleResolver hasty = resolver();
            hasty.setTimeout(Duration.ofSeconds(1));
            assertThatThrownBy(() -> hasty.send(query(Type.A))).isInstanceOf(IOException.class);
        }
        responder.fault(DnsFault.OK);
        assertThat(answers(ask(Type.A))).isEqualTo(8);
    }

    private Message ask(int type) throws IOException {
        return resolver().send(query(type));
    }

    private Message overPlainUdp(byte[] query) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(GUARD_MILLIS);
            socket.send(new DatagramPacket(query, query.length, server.address()));
            DatagramPacket answer = new DatagramPacket(new byte[4096], 4096);
            socket.receive(answer);
            assertThat(answer.getLength()).isLessThanOrEqualTo(512);
            return new Message(java.util.Arrays.copyOf(answer.getData(), answer.getLength()));
        }
    }

    private SimpleResolver resolver() throws IOException {
        SimpleResolver resolver = new SimpleResolver(server.address());
        resolver.setTimeout(Duration.ofMillis(GUARD_MILLIS));
        return resolver;
    }

    private static Message query(int type) {
        return Message.newQuery(
                Record.newRecord(Name.fromConstantString("humidity-provider.weather-api."), type, DClass.IN));
    }

    private static int answers(Message answer) {
        return answer.getSection(Section.ANSWER).size();
    }
}
