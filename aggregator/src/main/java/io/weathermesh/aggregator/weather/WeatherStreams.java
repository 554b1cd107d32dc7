package io.weathermesh.aggregator.weather;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.mesh.DrainParticipant;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The open streams of a gateway, over REST and gRPC together, until it drains. Safe for use by many threads. */
public final class WeatherStreams implements DrainParticipant {
    /** Each holds a stream to each provider, and a connection to a task carries 256: two tasks can serve these. */
    public static final int MAX_STREAMS = 500;

    private final PlaceFinder places;
    private final Providers providers;
    private final Clock clock;
    private final Timers timers;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<WeatherStream> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;

    public WeatherStreams(PlaceFinder places, Providers providers, Clock clock, Timers timers, MeterRegistry meters) {
        this.places = places;
        this.providers = providers;
        this.clock = clock;
        this.timers = timers;
        Gauge.builder("gateway.streams.open", count, AtomicInteger::get)
                .description("open streams of weather, over REST and gRPC")
                .register(meters);
    }

    /**
     * Opens a stream. Its subscriber may be called before this returns.
     *
     * @throws InvalidFieldException if a field of the request is invalid
     * @throws PlaceNotFoundException if no place has the name
     * @throws StreamEndedException if there are too many streams, or the task is draining
     */
    public WeatherStream open(StreamRequest request, WeatherSubscriber subscriber) {
        FoundPlace place = places.find(request.place());
        if (draining) {
            throw new StreamEndedException(StreamEndedException.Reason.DRAINING);
        }
        WeatherStream stream =
                new WeatherStream(place, request, providers.all(), subscriber, clock, timers, this::ended);
        if (count.incrementAndGet() > MAX_STREAMS) {
            count.decrementAndGet();
            throw new StreamEndedException(StreamEndedException.Reason.TOO_MANY);
        }
        open.add(stream);
        stream.start();
        if (draining) {
            stream.end(new StreamEndedException(StreamEndedException.Reason.DRAINING));
        }
        return stream;
    }

    private void ended(WeatherStream stream) {
        open.remove(stream);
        count.decrementAndGet();
    }

    /** Ends all streams, and refuses new ones. */
    @Override
    public void drain(Duration limit) {
        draining = true;
        open.forEach(stream -> stream.end(new StreamEndedException(StreamEndedException.Reason.DRAINING)));
    }
}
