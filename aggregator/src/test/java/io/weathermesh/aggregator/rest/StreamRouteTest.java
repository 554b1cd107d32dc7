package io.weathermesh.aggregator.rest;

import static io.weathermesh.aggregator.rest.TestGateway.NOW;
import static io.weathermesh.aggregator.rest.TestGateway.PATIENCE;
import static io.weathermesh.aggregator.rest.TestGateway.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weathermesh.aggregator.weather.StreamEndedException;
import io.weathermesh.aggregator.weather.StreamRequest;
import io.weathermesh.aggregator.weather.WeatherStreams;
import io.weathermesh.aggregator.weather.WeatherSubscriber;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.Weather;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Server-sent events over real sockets; what the gateway waits for comes when the test moves its clock. */
@Tag("jdk")
final class StreamRouteTest {
    private static final String STREAM = "/v1/weather/vienna/stream";
    private static final String END = "the end";

    private final ManualClock clock = new ManualClock(NOW);

    @AutoClose
    private TestGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = TestGateway.startCaching(clock);
    }

    @Test
    void aStreamStartsWithTheCurrentWeatherAndContinuesWithEachChange() throws Exception {
        Events events = open(STREAM);
        assertThat(events.next()).matches("id: [0-9a-f]{24}");
        assertThat(events.next()).isEqualTo("event: weather");
        assertThat(events.next()).startsWith("data: {\"location\":").contains("\"temperatureCelsius\":21.5");
        gateway.temperature().publish(22.5);
        assertThat(events.nextAfterAWhile("data: {\"location\"")).contains("\"temperatureCelsius\":22.5");
    }

    @Test
    void heartbeatsInterruptSilence() throws Exception {
        Events events = open(STREAM);
        assertThat(events.next()).startsWith("id: ");
        gateway.timers().awaitPlanned(NOW.plusSeconds(15), PATIENCE);
        assertThat(events.nextAfterAWhile("data: {\"heartbeatTime\"")).contains("2026-11-23T10:00:15Z");
    }

    @Test
    void aReconnectWithTheCurrentIdGetsNoWeather() throws Exception {
        String id = open(STREAM).next().substring("id: ".length());
        assertThat(open(STREAM, "Last-Event-ID", id).next()).isEqualTo(": nothing has changed");
        assertThat(open(STREAM, "Last-Event-ID", "other").next()).isEqualTo("id: " + id);
    }

    @Test
    void aDrainingTaskEndsItsStreamsWithARetryHint() throws Exception {
        Events events = open(STREAM);
        events.next();
        gateway.watches().drain(PATIENCE);
        assertThat(events.nextAfterAWhile("retry: ")).matches("retry: [1-4][0-9]{3}");
        assertThat(events.nextAfterAWhile(END)).isEqualTo(END);
        HttpResponse<String> late = gateway.get(STREAM);
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.body()).contains("/problems/not-ready");
        assertThat(header(late, "retry-after")).isNotEmpty();
        gateway.temperature().awaitCancelled(PATIENCE);
    }

    @Test
    void aDisconnectCancelsTheProvidersStreams() throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(("GET " + STREAM + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
        gateway.temperature().awaitCancelled(PATIENCE);
        gateway.humidity().awaitCancelled(PATIENCE);
    }

    /** It knows no transfer coding: the first line after the head must be that of an event, not the size of a chunk. */
    @Test
    void aClientOfHttp10GetsAStreamWithoutATransferCoding() throws Exception {
        try (Socket socket = gateway.connect()) {
            socket.getOutputStream()
                    .write(("GET " + STREAM + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            List<String> head = new ArrayList<>();
            for (String line = lines.readLine(); !line.isEmpty(); line = lines.readLine()) {
                head.add(line);
            }
            assertThat(head)
                    .contains("content-type: text/event-stream")
                    .noneMatch(line -> line.startsWith("transfer-encoding"));
            assertThat(lines.readLine()).startsWith("id: ");
        }
        gateway.temperature().awaitCancelled(PATIENCE);
    }

    @Test
    void aProvidersStreamIsReopenedWithoutAnEvent() throws Exception {
        Events events = open(STREAM);
        events.nextAfterAWhile("data: {\"location\"");
        gateway.temperature().awaitCall(PATIENCE);
        gateway.temperature().endStreams();
        gateway.temperature().awaitCallWhile(gateway.timers()::runDue, PATIENCE);
        gateway.temperature().publish(19.5);
        assertThat(events.nextAfterAWhile("data: {\"location\""))
                .contains("\"temperatureCelsius\":19.5", "STATUS_COMPLETE");
    }

    @Test
    void anUnavailableProvidersValueBecomesStaleWhenItExpires() throws Exception {
        Events events = open(STREAM);
        events.nextAfterAWhile("data: {\"location\"");
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        gateway.humidity().endStreams();
        String event = events.nextAfterAWhile("data: {\"location\"", Duration.ofSeconds(10));
        assertThat(event).contains("STATUS_PARTIAL", "EFFECT_STALE", "\"relativeHumidityPercent\":40");
        assertThat(clock.instant()).isAfterOrEqualTo(NOW.plusSeconds(300));
        gateway.humidity().behave(FakeProvider.Behavior.RESPONDS);
        assertThat(events.nextAfterAWhile("data: {\"location\"", Duration.ofSeconds(10)))
                .contains("STATUS_COMPLETE");
    }

    @Test
    void aStreamEndsAfterAnHourWithARetryHint() throws Exception {
        Events events = open(STREAM);
        events.nextAfterAWhile("data: {\"location\"");
        clock.move(Duration.ofHours(1));
        assertThat(events.nextAfterAWhile("retry: ")).startsWith("retry: ");
        assertThat(events.nextAfterAWhile(END)).isEqualTo(END);
    }

    @Test
    void aFailureBeforeTheFirstEventIsAProblem() throws Exception {
        assertThat(gateway.get("/v1/weather/Viennna/stream").statusCode()).isEqualTo(404);
        assertThat(gateway.get(STREAM + "?nonsense=1").statusCode()).isEqualTo(400);
        gateway.temperature().behave(FakeProvider.Behavior.FAILS);
        gateway.humidity().behave(FakeProvider.Behavior.FAILS);
        HttpResponse<String> neither = gateway.get(STREAM);
        assertThat(neither.statusCode()).isEqualTo(503);
        assertThat(neither.body()).contains("/problems/providers-unavailable");
    }

    @Test
    void theTaskLimitsItsStreams() {
        StreamRequest question = new StreamRequest(
                LookupWeatherRequest.newBuilder().setLocation("Vienna").build());
        for (int i = 0; i < WeatherStreams.MAX_STREAMS; i++) {
            gateway.watches().open(question, new Nobody());
        }
        assertThatThrownBy(() -> gateway.watches().open(question, new Nobody()))
                .isInstanceOf(StreamEndedException.class);
    }

    private Events open(String target, String... headers) throws Exception {
        HttpResponse<Stream<String>> response = gateway.open(target, headers);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "content-type")).startsWith("text/event-stream");
        assertThat(header(response, "cache-control")).isEqualTo("no-store");
        return new Events(response.body());
    }

    /** Reads a stream's lines as they come. */
    private final class Events {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Events(Stream<String> body) {
            Thread reader = new Thread(() -> {
                try {
                    body.forEach(lines::add);
                    lines.add(END);
                } catch (UncheckedIOException e) {
                    lines.add("cut off");
                }
            });
            reader.setDaemon(true);
            reader.start();
        }

        String next() throws InterruptedException {
            return lines.take();
        }

        /** Moves the clock until a line comes that begins so. */
        String nextAfterAWhile(String beginning) throws InterruptedException {
            return nextAfterAWhile(beginning, Duration.ofSeconds(1));
        }

        String nextAfterAWhile(String beginning, Duration step) throws InterruptedException {
            for (int steps = 0; steps < 1_000; steps++) {
                // On a machine that is slow, no reading may expire while a line is on its way.
                String line = lines.poll(steps < 200 ? 20 : 200, TimeUnit.MILLISECONDS);
                while (line != null) {
                    if (line.startsWith(beginning)) {
                        return line;
                    }
                    line = lines.poll();
                }
                clock.move(step);
                gateway.timers().runDue();
            }
            return "nothing came";
        }
    }

    /** Looks at nothing. */
    private static final class Nobody implements WeatherSubscriber {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void weather(Weather weather) {}

        @Override
        public void heartbeat(Instant now) {}

        @Override
        public void ended(RuntimeException reason) {}
    }
}
