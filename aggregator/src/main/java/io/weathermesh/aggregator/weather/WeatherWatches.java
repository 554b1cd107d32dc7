package io.weathermesh.aggregator.weather;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weathermesh.mesh.Departing;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The streams of a gateway, over REST and gRPC together: as many as it can bear, until it leaves. Safe for use by many
 * threads.
 */
public final class WeatherWatches implements Departing {
    /** Each holds a stream to each provider, and a connection to a task carries 256: two tasks can bear these. */
    public static final int MAX_STREAMS = 500;

    private final PlaceFinder places;
    private final Providers providers;
    private final Clock clock;
    private final Timers timers;
    private final AtomicInteger count = new AtomicInteger();
    private final Set<WeatherWatch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean leaving;

    public WeatherWatches(PlaceFinder places, Providers providers, Clock clock, Timers timers, MeterRegistry meters) {
        this.places = places;
        this.providers = providers;
        this.clock = clock;
        this.timers = timers;
        Gauge.builder("gateway.streams.open", count, AtomicInteger::get)
                .description("streams of weather, over REST and gRPC")
                .register(meters);
    }

    /** One stream, as its viewer's side sees it. */
    public interface Stream {
        /** The viewer can take more. */
        void ready();

        /** The viewer has gone. */
        void left();
    }

    /**
     * Opens a stream. Its viewer may be called before this returns.
     *
     * @throws InvalidFieldException if the question cannot be answered as it stands
     * @throws PlaceNotFoundException if no place has the name
     * @throws StreamEndedException if there are too many streams, or the task leaves
     */
    public Stream open(WatchQuestion question, WeatherViewer viewer) {
        FoundPlace place = places.find(question.place());
        if (leaving) {
            throw new StreamEndedException(StreamEndedException.Reason.LEAVING);
        }
        WeatherWatch watch = new WeatherWatch(
                place, question, providers.all().stream().map(Leg::new).toList(), viewer, clock, timers, this::ended);
        if (count.incrementAndGet() > MAX_STREAMS) {
            count.decrementAndGet();
            throw new StreamEndedException(StreamEndedException.Reason.TOO_MANY);
        }
        open.add(watch);
        watch.start();
        if (leaving) {
            watch.end(new StreamEndedException(StreamEndedException.Reason.LEAVING));
        }
        return watch;
    }

    private void ended(WeatherWatch watch) {
        open.remove(watch);
        count.decrementAndGet();
    }

    /** Ends all streams, also those that would be opened from now on. */
    @Override
    public void drain(Duration limit) {
        leaving = true;
        open.forEach(watch -> watch.end(new StreamEndedException(StreamEndedException.Reason.LEAVING)));
    }
}
