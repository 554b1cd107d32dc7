package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.SourceFailedException;
import io.weathermesh.sources.live.FakeUpstream.Behavior;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a read waits for sources that do not respond. The shares of the sources are timed by a clock that the test
 * moves; timeouts of connections and calls run in real time.
 */
@Tag("jdk")
final class TimeLimitsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T06:02:00Z");
    private static final GeoPoint BERLIN = new GeoPoint(52.5244, 13.4105, OptionalDouble.of(40));
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));

    /** Timeout of a call that no machine reaches: what ends a test earlier is the limit under test. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(4);

    private final ManualTime time = new ManualTime(NOW);

    private SourceChain sources(String order, String url) {
        Map<String, String> settings = Map.of(
                "WEATHER_SOURCES", order,
                "WEATHER_CONTACT", "ops@example.org",
                "WEATHER_OPEN_METEO_URL", url,
                "WEATHER_MET_NORWAY_URL", url,
                "WEATHER_AWC_METAR_URL", url);
        return SourceChain.from(settings::getOrDefault, time, time, SourceChain::httpClient, CALL_TIMEOUT);
    }

    private static String sourceOf(CompletableFuture<Reading> read) {
        return read.join().source().id();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStalledSourceLeavesTheNextOneItsTime(boolean halfABody) throws Exception {
        try (FakeUpstream server = new FakeUpstream(exchange -> {})) {
            Behavior stalled = halfABody ? server.stallAfterHalf(ResponseBodies.OPEN_METEO) : server.stall();
            server.behave(FakeUpstream.only("open-meteo", stalled));
            Duration share = SourceChain.MAX_READ_TIME.dividedBy(2);

            CompletableFuture<Reading> read = sources("open-meteo,met-norway", server.url())
                    .read(BERLIN, NOW)
                    .toCompletableFuture();
            time.move(share.minusMillis(1));
            assertThat(read).isNotDone();
            time.move(Duration.ofMillis(1));

            assertThat(sourceOf(read)).isEqualTo("met-norway");
        }
    }

    @Test
    void theClimatologyRespondsWithinTheLimitIfEverySourceStalls() throws Exception {
        try (FakeUpstream server = new FakeUpstream(exchange -> {})) {
            server.behave(server.stall());

            CompletableFuture<Reading> read = sources("open-meteo,met-norway,awc-metar", server.url())
                    .read(BERLIN, NOW, Duration.ofHours(1))
                    .toCompletableFuture();
            time.move(SourceChain.MAX_READ_TIME.minusMillis(1));
            assertThat(read).isNotDone();
            time.move(Duration.ofMillis(1));

            assertThat(read).isDone();
            assertThat(sourceOf(read)).isEqualTo("climatology");
            assertThat(time.scheduled()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCallEndsWithItsTimeoutWhateverTheSourceHoldsBack(boolean halfABody) throws Exception {
        try (FakeUpstream server = new FakeUpstream(exchange -> {})) {
            server.behave(halfABody ? server.stallAfterHalf(ResponseBodies.OPEN_METEO) : server.stall());
            Upstream upstream = new Upstream(
                    "open-meteo",
                    URI.create(server.url()),
                    "test",
                    HttpClient.newHttpClient(),
                    time,
                    Duration.ofMillis(100));

            assertThat(upstream.get("/", Optional.empty()).toCompletableFuture())
                    .failsWithin(CALL_TIMEOUT)
                    .withThrowableThat()
                    .withCauseInstanceOf(SourceFailedException.class);
        }
    }

    @Test
    void aRefusedConnectionMakesNoReadWait() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        SourceChain sources = sources("open-meteo,met-norway,awc-metar", "http://127.0.0.1:" + free);
        assertThat(sourceOf(sources.read(BERLIN, NOW).toCompletableFuture())).isEqualTo("climatology");
        assertNoReadWaits(sources);
    }

    /** The clock stands still, so only the connect timeout can end the call. */
    @Test
    void aVanishingConnectionMakesOnlyTheFirstReadWait() throws Exception {
        assertThat(SourceChain.CONNECT_TIMEOUT).isLessThan(SourceChain.MAX_READ_TIME.dividedBy(2));
        try (BlackHole blackHole = new BlackHole()) {
            SourceChain sources = sources("open-meteo", blackHole.url());
            assertThat(sourceOf(sources.read(BERLIN, NOW).toCompletableFuture()))
                    .isEqualTo("climatology");
            assertNoReadWaits(sources);
        }
    }

    private static void assertNoReadWaits(SourceChain sources) {
        assertThat(sources.read(VIENNA, NOW).toCompletableFuture()).isDone();
        assertThat(sources.sources().subList(0, sources.sources().size() - 1))
                .extracting(ReadingSource::state)
                .containsOnly(Source.State.STATE_FAILING);
    }

    /** A port whose accept queue is full: the kernel drops further connections, as a firewall would. */
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
