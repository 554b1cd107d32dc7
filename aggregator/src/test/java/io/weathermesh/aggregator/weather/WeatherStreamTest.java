package io.weathermesh.aggregator.weather;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.weathermesh.aggregator.providers.Provider;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.aggregator.rest.ManualClock;
import io.weathermesh.aggregator.rest.ManualTimers;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.Climate;
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

/** A stream of one provider, whose subscriber is ready when the test sets it so. */
final class WeatherStreamTest {
    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-23T10:00:00Z"));
    private final ManualTimers timers = new ManualTimers(clock);
    private final Thermometer thermometer = new Thermometer();
    private final Subscriber subscriber = new Subscriber();
    private final WeatherStream stream = new WeatherStream(
            new FoundPlace(Location.getDefaultInstance(), List.of()),
            new StreamRequest(LookupWeatherRequest.getDefaultInstance()),
            List.of(thermometer),
            subscriber,
            clock,
            timers,
            ended -> {});

    @BeforeEach
    void start() {
        stream.start();
        reads(21);
    }

    @Test
    void aSlowSubscriberGetsTheLatestWeatherWhenItIsReady() {
        subscriber.ready = false;
        reads(22);
        reads(23);
        assertThat(subscriber.seen).containsExactly(21.0);
        subscriber.ready = true;
        stream.resume();
        assertThat(subscriber.seen).containsExactly(21.0, 23.0);
    }

    @Test
    void aWaitingWeatherIsNotSentAfterANewerOne() {
        subscriber.ready = false;
        reads(22);
        subscriber.ready = true; // It is about to call resume.
        reads(23);
        stream.resume();
        assertThat(subscriber.seen).containsExactly(21.0, 23.0);
    }

    /** Delivers a reading, and runs the timers of the next seconds. */
    private void reads(double celsius) {
        thermometer.listener.accept(ProviderResult.present(new Reading<>(
                Weather.newBuilder()
                        .setTemperature(Temperature.newBuilder().setTemperatureCelsius(celsius))
                        .build(),
                Point.getDefaultInstance(),
                Provenance.getDefaultInstance())));
        clock.move(Duration.ofSeconds(10));
        timers.runDue();
    }

    private static final class Subscriber implements WeatherSubscriber {
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

    private static final class Thermometer implements Provider {
        private Consumer<ProviderResult<Reading<Weather>>> listener = reading -> {};

        @Override
        public void watch(Point point, Consumer<ProviderResult<Reading<Weather>>> onReading, Consumer<Status> onEnd) {
            listener = onReading;
        }

        @Override
        public String name() {
            return "temperature-provider";
        }

        @Override
        public CompletableFuture<ProviderResult<Reading<Weather>>> lookup(Point point, Timestamp instant) {
            throw new UnsupportedOperationException("streams only");
        }

        @Override
        public CompletableFuture<List<ProviderResult<Reading<Weather>>>> lookupEach(
                List<Point> points, Timestamp instant) {
            throw new UnsupportedOperationException("streams only");
        }

        @Override
        public boolean hasClimates() {
            return false;
        }

        @Override
        public CompletableFuture<ProviderResult<Reading<Climate>>> climate(Point point) {
            throw new UnsupportedOperationException("streams only");
        }

        @Override
        public CompletableFuture<ProviderResult<List<Source>>> sources() {
            throw new UnsupportedOperationException("streams only");
        }
    }
}
