package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.PlayedUpstream.Behavior;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long anybody waits for a source that does not come to an end. */
final class PatienceTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");
    private static final GeoPoint BERLIN = new GeoPoint(52.5244, 13.4105, OptionalDouble.of(40));
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));

    /** What ends before has an end of its own, on a slow machine too. */
    private static final Duration UNHURRIED = Duration.ofMinutes(4);

    private final HandMovedTime time = new HandMovedTime(NOW);

    /** A source may take as long as it likes, apart from the share that it has of a read. */
    private Sources sources(String order, String url) {
        Map<String, String> settings = Map.of(
                "WEATHER_SOURCES", order,
                "WEATHER_CONTACT", "ops@example.org",
                "WEATHER_OPEN_METEO_URL", url,
                "WEATHER_MET_NORWAY_URL", url,
                "WEATHER_AWC_METAR_URL", url);
        return Sources.from(settings::getOrDefault, time, time, Sources.client(), UNHURRIED);
    }

    private static CompletableFuture<Reading> read(Sources sources, Duration patience) {
        return sources.read(BERLIN, NOW, patience).toCompletableFuture();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSourceThatHangsLeavesTheNextOneItsTime(boolean halfABody) throws Exception {
        try (PlayedUpstream server = new PlayedUpstream(exchange -> {})) {
            Behavior endless = halfABody ? server.holdsHalf(Bodies.OPEN_METEO) : server.hangs();
            server.behaves(PlayedUpstream.only("open-meteo", endless));

            CompletableFuture<Reading> reading = read(sources("open-meteo,met-norway", server.url()), Sources.LONGEST);
            time.move(Sources.LONGEST.dividedBy(2).minusMillis(1));
            assertThat(reading).isNotDone();
            time.move(Duration.ofMillis(1));

            assertThat(reading.join().source().id()).isEqualTo("met-norway");
        }
    }

    @Test
    void whereEverySourceHangsTheClimatologyAnswersWithinTheLimit() throws Exception {
        try (PlayedUpstream server = new PlayedUpstream(exchange -> {})) {
            server.behaves(server.hangs());

            CompletableFuture<Reading> reading =
                    read(sources("open-meteo,met-norway,awc-metar", server.url()), Duration.ofHours(1));
            time.move(Sources.LONGEST.minusMillis(1));
            assertThat(reading).isNotDone();
            time.move(Duration.ofMillis(1));

            assertThat(reading).isDone();
            assertThat(reading.join().source().id()).isEqualTo("climatology");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallEndsWithItsLimitWhateverTheOtherSideHolds(boolean halfABody) throws Exception {
        try (PlayedUpstream server = new PlayedUpstream(exchange -> {})) {
            server.behaves(halfABody ? server.holdsHalf(Bodies.OPEN_METEO) : server.hangs());
            Upstream upstream = new Upstream(
                    "open-meteo",
                    URI.create(server.url()),
                    "test",
                    HttpClient.newHttpClient(),
                    time,
                    Duration.ofMillis(300));

            assertThat(upstream.get("/", Optional.empty()).toCompletableFuture())
                    .failsWithin(UNHURRIED)
                    .withThrowableThat()
                    .withCauseInstanceOf(SourceFailedException.class);
        }
    }

    @Test
    void whereConnectionsAreRefusedNobodyWaits() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Sources sources = sources("open-meteo,met-norway,awc-metar", "http://127.0.0.1:" + free);

        assertThat(read(sources, Sources.LONGEST).join().source().id()).isEqualTo("climatology");
        assertNothingIsWaitedFor(sources);
    }

    /** No time passes by hand: it is the connection that is given up. */
    @Test
    void whereConnectionsVanishOnlyTheFirstReadWaitsAndNotForLong() throws Exception {
        assertThat(Sources.CONNECT_LIMIT).isLessThan(Sources.LONGEST.dividedBy(2));
        try (BlackHole blackHole = new BlackHole()) {
            Sources sources = sources("open-meteo", blackHole.url());

            assertThat(read(sources, Sources.LONGEST).join().source().id()).isEqualTo("climatology");
            assertNothingIsWaitedFor(sources);
        }
    }

    private static void assertNothingIsWaitedFor(Sources sources) {
        assertThat(sources.read(VIENNA, NOW, Sources.LONGEST).toCompletableFuture())
                .isDone();
        assertThat(sources.ordered().subList(0, sources.ordered().size() - 1))
                .extracting(ReadingSource::state)
                .containsOnly(Source.State.STATE_FAILING);
    }

    /** A port whose queue of connections is full: the kernel drops who knocks, as a firewall would. */
    private static final class BlackHole implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<SocketChannel> queue = new ArrayList<>();

        BlackHole() throws IOException {
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
                queue.add(channel);
            }
        }

        String url() {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (SocketChannel channel : queue) {
                channel.close();
            }
            socket.close();
        }
    }
}
