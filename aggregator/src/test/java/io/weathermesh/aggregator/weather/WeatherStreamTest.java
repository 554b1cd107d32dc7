package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.ProviderClient;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.aggregator.rest.ManualClock;
import io.weathermesh.aggregator.rest.ManualTimers;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.Temperature;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A stream of one provider, whose viewer takes its time as the test says. */
final class WeatherStreamTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final ManualTimers timers = new ManualTimers(clock);
    private final Thermometer thermometer = new Thermometer();
    private final Viewer viewer = new Viewer();
    private final WeatherStream stream = new WeatherStream(
            new FoundPlace(Location.getDefaultInstance(), List.of()),
            new StreamRequest(LookupWeatherRequest.getDefaultInstance()),
            List.of(thermometer),
            viewer,
            clock,
            timers,
            ended -> {});

    @BeforeEach
    void start() {
        stream.start();
        reads(21);
    }

    @Test
    void aViewerThatTakesItsTimeGetsTheLatestWhenItIsReady() {
        viewer.ready = false;
        reads(22);
        reads(23);
        assertThat(viewer.seen).containsExactly(21.0);
        viewer.ready = true;
        stream.resume();
        assertThat(viewer.seen).containsExactly(21.0, 23.0);
    }

    @Test
    void whatWaitedForTheViewerIsNotSentAfterWhatIsNewer() {
        viewer.ready = false;
        reads(22);
        viewer.ready = true; // It is about to say so.
        reads(23);
        stream.resume();
        assertThat(viewer.seen).containsExactly(21.0, 23.0);
    }

    /** The provider says so, and all is done that follows from it in time. */
    private void reads(double celsius) {
        thermometer.tell.accept(new Reading(
                Weather.newBuilder()
                        .setTemperature(Temperature.newBuilder().setTemperatureCelsius(celsius))
                        .build(),
                Point.getDefaultInstance(),
                Provenance.getDefaultInstance()));
        clock.move(Duration.ofSeconds(10));
        timers.runDue();
    }

    private static final class Viewer implements WeatherSubscriber {
        private final List<Double> seen = new ArrayList<>();
        private boolean ready = true;

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void weather(Weather weather) {
            seen.add(weather.getTemperature().getTemperatureCelsius());
        }

        @Override
        public void heartbeat(Instant now) {}

        @Override
        public void ended(RuntimeException reason) {
            throw new AssertionError("the stream goes on", reason);
        }
    }

    private static final class Thermometer implements ProviderClient {
        private Consumer<Reading> tell = reading -> {};

        @Override
        public void watch(Point point, Consumer<Reading> onReading, Consumer<Status> onEnd) {
            tell = onReading;
        }

        @Override
        public String name() {
            return "temperature-provider";
        }

        @Override
        public CompletableFuture<ProviderResult<List<Source>>> sources() {
            throw new UnsupportedOperationException("streams only");
        }

        @Override
        public CompletableFuture<ProviderResult<Reading>> at(Point point, Timestamp instant) {
            throw new UnsupportedOperationException("streams only");
        }

        @Override
        public CompletableFuture<List<ProviderResult<Reading>>> atEach(List<Point> points, Timestamp instant) {
            throw new UnsupportedOperationException("streams only");
        }
    }
}
