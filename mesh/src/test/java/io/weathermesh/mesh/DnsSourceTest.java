package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.google.common.util.concurrent.Uninterruptibles;
import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import io.weathermesh.mesh.Lookup.Reason;
import io.weathermesh.mesh.LoopbackDns.Behaviour;
import io.weathermesh.mesh.LoopbackDns.Transport;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** A real DNS server on loopback answers, or does worse: each fault is a named line of a table. */
@Tag("jdk")
final class DnsSourceTest {
    private static final String HOST = "echo.test";
    private static final Name NAME = Name.fromConstantString("echo.test.");

    /** A slow machine may not take an answer for silence. */
    private static final Duration UNHURRIED = Duration.ofMinutes(5);

    private static final Duration HURRIED = Duration.ofMillis(100);

    /** A reserved port that no test binds; one that was free a moment ago may be in use by another test. */
    private static final InetSocketAddress CLOSED_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);

    /** For a server that may be silent beside one that must not be late. */
    private static final Duration HURRIED_LITTLE = Duration.ofSeconds(5);

    /** What a name server does and what the source must make of it. */
    private record Fault(String name, Behaviour behaviour, Reason reason) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("NXDOMAIN", code(Rcode.NXDOMAIN), Reason.NXDOMAIN),
                new Fault("SERVFAIL", code(Rcode.SERVFAIL), Reason.SERVFAIL),
                new Fault("REFUSED", code(Rcode.REFUSED), Reason.REFUSED),
                new Fault("NOTIMP", code(Rcode.NOTIMP), Reason.REFUSED),
                new Fault("no records", code(Rcode.NOERROR), Reason.EMPTY),
                new Fault("silence", DnsSourceTest::silence, Reason.TIMEOUT),
                new Fault("garbage", (query, transport) -> "not DNS".getBytes(StandardCharsets.UTF_8), Reason.GARBAGE),
                new Fault("an empty datagram", (query, transport) -> new byte[0], Reason.GARBAGE),
                new Fault("another id", DnsSourceTest::anotherId, Reason.GARBAGE),
                new Fault("an answer to another question", DnsSourceTest::anotherQuestion, Reason.GARBAGE),
                new Fault("a loop of aliases", (query, transport) -> aliases(query, 4, true), Reason.GARBAGE),
                new Fault("a chain of nine aliases", (query, transport) -> aliases(query, 9, false), Reason.GARBAGE),
                new Fault("an alias of nothing", (query, transport) -> aliasOfNothing(query), Reason.EMPTY),
                new Fault("an address of another name", (query, transport) -> strangersAddress(query), Reason.EMPTY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void anErrorOfTheServerIsAFailureWithItsReason(Fault fault) throws Exception {
        try (LoopbackDns server = new LoopbackDns(fault.behaviour())) {
            Duration tryTime = fault.reason() == Reason.TIMEOUT ? HURRIED : UNHURRIED;
            assertThat(poll(source(tryTime, server)))
                    .asInstanceOf(type(Failed.class))
                    .extracting(Failed::reason)
                    .isEqualTo(fault.reason());
        }
    }

    @Test
    void fewerThanEightAddressesAreAllOfThem() throws Exception {
        try (LoopbackDns server = new LoopbackDns(addresses(5, 7))) {
            assertThat(poll(server)).isEqualTo(new Found(tasks(7), true, Duration.ofSeconds(5)));
        }
    }

    @Test
    void eightAddressesMayBeASample() throws Exception {
        try (LoopbackDns server = new LoopbackDns(addresses(5, 8))) {
            assertThat(poll(server)).isEqualTo(new Found(tasks(8), false, Duration.ofSeconds(5)));
        }
    }

    @Test
    void theQueryIsForAddressesOfTheAbsoluteNameWithEdns() throws Exception {
        try (LoopbackDns server = new LoopbackDns(addresses(5, 1))) {
            poll(server);

            Message query = server.queries().get(0).query();
            assertThat(server.queries()).hasSize(1);
            assertThat(query.getQuestion()).isEqualTo(Record.newRecord(NAME, Type.A, DClass.IN));
            assertThat(query.getHeader().getFlag(Flags.RD)).isTrue();
            assertThat(query.getOPT().getPayloadSize()).isEqualTo(1232);
        }
    }

    private static byte[] truncating(Message query, Transport transport) {
        Message answer = answer(query, 5, transport == Transport.UDP ? 0 : 100);
        if (transport == Transport.UDP) {
            answer.getHeader().setFlag(Flags.TC);
        }
        return answer.toWire();
    }

    @Test
    void aTruncatedResponseIsQueriedAgainOverTcp() throws Exception {
        try (LoopbackDns server = new LoopbackDns(DnsSourceTest::truncating)) {
            assertThat(poll(server)).isEqualTo(new Found(tasks(100), false, Duration.ofSeconds(5)));
            assertThat(server.queries())
                    .extracting(LoopbackDns.ReceivedQuery::transport)
                    .containsExactly(Transport.UDP, Transport.TCP);
        }
    }

    @Test
    void aliasesAreFollowedAndTheSmallestTtlCounts() throws Exception {
        try (LoopbackDns server = new LoopbackDns((query, transport) -> aliases(query, 8, false))) {
            assertThat(poll(server)).isEqualTo(new Found(tasks(1), true, Duration.ofSeconds(2)));
        }
    }

    @Test
    void namesAreComparedWithoutLetterCase() throws Exception {
        Behaviour shouting = (query, transport) -> {
            Message answer = reply(query);
            answer.addRecord(address(Name.fromConstantString("ECHO.Test."), 5, 1), Section.ANSWER);
            return answer.toWire();
        };
        try (LoopbackDns server = new LoopbackDns(shouting)) {
            assertThat(poll(server)).isInstanceOf(Found.class);
        }
    }

    @Test
    void theNextServerIsQueriedAfterAFailureAndIsFirstInTheNextPoll() throws Exception {
        try (LoopbackDns sick = new LoopbackDns(code(Rcode.SERVFAIL));
                LoopbackDns well = new LoopbackDns(addresses(5, 1))) {
            DnsSource source = source(UNHURRIED, sick, well);

            assertThat(poll(source)).isInstanceOf(Found.class);
            assertThat(poll(source)).isInstanceOf(Found.class);

            assertThat(sick.queries()).hasSize(1);
            assertThat(well.queries()).hasSize(2);
        }
    }

    /** What can be wrong with a name server, whose turn then passes to the next one. */
    private record Sick(String name, InetSocketAddress address) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Sick> sick(LoopbackDns stranger, LoopbackDns truncating) throws IOException {
        return Stream.of(
                new Sick("a link-local address of an interface without route", linkLocalOfLoopback()),
                new Sick("a link-local address of no interface", address(InetAddress.getByName("fe80::1"))),
                new Sick("an address that no packet may have", address(InetAddress.getByName("255.255.255.255"))),
                new Sick("a name that has no address", InetSocketAddress.createUnresolved("ns.invalid", 53)),
                new Sick("a port that nothing listens on", CLOSED_PORT),
                new Sick("a stranger that does not know the name", stranger.address()),
                new Sick("a server that truncates over TCP too", truncating.address()));
    }

    private static InetSocketAddress address(InetAddress server) {
        return new InetSocketAddress(server, 53);
    }

    /** What {@code nameserver fe80::1%lo} in resolv.conf means. */
    private static InetSocketAddress linkLocalOfLoopback() throws IOException {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        return address(
                Inet6Address.getByAddress(null, InetAddress.getByName("fe80::1").getAddress(), loopback.getIndex()));
    }

    @Test
    void theNextServersTurnComesWhateverIsWrongWithOne() throws Exception {
        Behaviour forever = (query, transport) -> {
            Message answer = answer(query, 5, 1);
            answer.getHeader().setFlag(Flags.TC);
            return answer.toWire();
        };
        try (LoopbackDns stranger = new LoopbackDns(code(Rcode.NXDOMAIN));
                LoopbackDns truncating = new LoopbackDns(forever);
                LoopbackDns well = new LoopbackDns(addresses(5, 2))) {
            for (Sick sick : sick(stranger, truncating).toList()) {
                DnsSource source =
                        new DnsSource(HOST, List.of(sick.address(), well.address()), Runnable::run, HURRIED_LITTLE);

                assertThat(poll(source)).as(sick.name()).isEqualTo(new Found(tasks(2), true, Duration.ofSeconds(5)));
            }
        }
    }

    @Test
    void aFailureNamesEachServerAndWhatItResponded() throws Exception {
        try (LoopbackDns stranger = new LoopbackDns(code(Rcode.NXDOMAIN));
                LoopbackDns sick = new LoopbackDns(code(Rcode.SERVFAIL))) {
            assertThat(poll(source(UNHURRIED, stranger, sick)))
                    .isEqualTo(new Failed(
                            Reason.SERVFAIL,
                            "127.0.0.1:" + stranger.address().getPort()
                                    + " responded: NXDOMAIN, the name does not exist; 127.0.0.1:"
                                    + sick.address().getPort() + " responded: SERVFAIL"));
        }
    }

    @Test
    void aThirdServersTurnComesInTheNextPoll() throws Exception {
        try (LoopbackDns one = new LoopbackDns(code(Rcode.REFUSED));
                LoopbackDns two = new LoopbackDns(code(Rcode.NXDOMAIN));
                LoopbackDns well = new LoopbackDns(addresses(5, 1))) {
            DnsSource source = source(UNHURRIED, one, two, well);

            assertThat(poll(source)).isInstanceOf(Failed.class);
            assertThat(poll(source)).isInstanceOf(Found.class);
        }
    }

    @Test
    void aSilentServerIsQueriedTwiceWithinTheQueryTime() throws Exception {
        assertThat(DnsSource.TRY_TIME.multipliedBy(DnsSource.TRIES)).isEqualTo(Timing.QUERY_TIME);
        BlockingQueue<Message> queries = new LinkedBlockingQueue<>();
        Behaviour silence = (query, transport) -> {
            queries.add(query);
            return null;
        };
        try (LoopbackDns server = new LoopbackDns(silence)) {
            poll(source(HURRIED, server));

            for (int once = 0; once < DnsSource.TRIES; once++) {
                assertThat(queries.take()).isNotNull();
            }
            assertThat(queries).isEmpty();
        }
    }

    @Test
    void aServerThatRefusesIsNotQueriedTwice() throws Exception {
        try (LoopbackDns server = new LoopbackDns(code(Rcode.SERVFAIL))) {
            poll(server);

            assertThat(server.queries()).hasSize(1);
        }
    }

    @Test
    void aClosedPortIsAFailure() throws Exception {
        DnsSource source = new DnsSource(HOST, List.of(CLOSED_PORT), Runnable::run, UNHURRIED);

        assertThat(poll(source)).isInstanceOfSatisfying(Failed.class, failed -> assertThat(failed.detail())
                .contains("could not be queried: java.net.PortUnreachableException"));
    }

    /** A single blocking task of other code in the process does this on a machine with one processor. */
    @Test
    void aBlockedCommonPoolDoesNotDelayResponses() throws Exception {
        CountDownLatch polled = new CountDownLatch(1);
        try (LoopbackDns server = new LoopbackDns(addresses(5, 1))) {
            for (int thread = 0; thread < Math.max(1, ForkJoinPool.getCommonPoolParallelism()); thread++) {
                ForkJoinPool.commonPool().execute(() -> Uninterruptibles.awaitUninterruptibly(polled));
            }

            assertThat(poll(server)).isInstanceOf(Found.class);
        } finally {
            polled.countDown();
        }
    }

    private static Lookup poll(LoopbackDns server) throws Exception {
        return poll(source(UNHURRIED, server));
    }

    private static DnsSource source(Duration tryTime, LoopbackDns... servers) {
        List<InetSocketAddress> addresses =
                Stream.of(servers).map(LoopbackDns::address).toList();
        return new DnsSource(HOST, addresses, Runnable::run, tryTime);
    }

    private static Lookup poll(DnsSource source) throws Exception {
        return source.poll().toCompletableFuture().get();
    }

    private static List<TaskAddress> tasks(int count) {
        return Stream.iterate(1, i -> i + 1)
                .limit(count)
                .map(i -> TaskAddress.of("10.0.0." + i))
                .toList();
    }

    private static Behaviour code(int rcode) {
        return (query, transport) -> {
            Message answer = reply(query);
            answer.getHeader().setRcode(rcode);
            return answer.toWire();
        };
    }

    private static Behaviour addresses(long ttl, int count) {
        return (query, transport) -> answer(query, ttl, count).toWire();
    }

    private static Message answer(Message query, long ttl, int count) {
        Message answer = reply(query);
        for (int i = 1; i <= count; i++) {
            answer.addRecord(address(NAME, ttl, i), Section.ANSWER);
        }
        return answer;
    }

    private static Message reply(Message query) {
        Message reply = new Message(query.getHeader().getID());
        reply.getHeader().setFlag(Flags.QR);
        reply.addRecord(query.getQuestion(), Section.QUESTION);
        return reply;
    }

    private static byte @Nullable [] silence(Message query, Transport transport) {
        return null;
    }

    private static byte[] anotherId(Message query, Transport transport) {
        Message answer = answer(query, 5, 1);
        answer.getHeader().setID(query.getHeader().getID() ^ 1);
        return answer.toWire();
    }

    private static byte[] anotherQuestion(Message query, Transport transport) {
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        Name other = Name.fromConstantString("other.test.");
        answer.addRecord(Record.newRecord(other, Type.A, DClass.IN), Section.QUESTION);
        answer.addRecord(address(other, 5, 1), Section.ANSWER);
        return answer.toWire();
    }

    /** A chain of aliases, the last but one with a TTL of 2 s, that ends at an address or where it began. */
    private static byte[] aliases(Message query, int count, boolean loop) {
        Message answer = reply(query);
        Name owner = NAME;
        for (int i = 1; i <= count; i++) {
            Name target = loop && i == count ? NAME : Name.fromConstantString("alias" + i + ".test.");
            answer.addRecord(new CNAMERecord(owner, DClass.IN, i == count - 1 ? 2 : 60, target), Section.ANSWER);
            owner = target;
        }
        if (!loop) {
            answer.addRecord(address(owner, 30, 1), Section.ANSWER);
        }
        return answer.toWire();
    }

    private static byte[] aliasOfNothing(Message query) {
        Message answer = reply(query);
        answer.addRecord(new CNAMERecord(NAME, DClass.IN, 5, Name.fromConstantString("nothing.test.")), Section.ANSWER);
        return answer.toWire();
    }

    private static byte[] strangersAddress(Message query) {
        Message answer = reply(query);
        answer.addRecord(address(Name.fromConstantString("stranger.test."), 5, 1), Section.ANSWER);
        return answer.toWire();
    }

    private static ARecord address(Name owner, long ttl, int last) {
        try {
            return new ARecord(owner, DClass.IN, ttl, InetAddress.getByAddress(new byte[] {10, 0, 0, (byte) last}));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
