package io.weathermesh.sources;

import java.time.Instant;
import java.util.function.Function;

/**
 * How a provider shows the events of a watch.
 *
 * @param <A> its message
 * @param quantity the value of a reading that the provider tells
 * @param reading makes the message of a reading
 * @param heartbeat makes the message that says that nothing has changed up to an instant
 */
public record WatchView<A>(
        Function<Reading, Reading.Value> quantity, Function<Reading, A> reading, Function<Instant, A> heartbeat) {

    /** What makes one reading news after another: not when it was fetched, nor how long it keeps. */
    private record News(String source, Instant observed, double value, Object quality) {}

    boolean tellsTheSame(Reading one, Reading other) {
        return news(one).equals(news(other));
    }

    private News news(Reading reading) {
        Reading.Value value = quantity.apply(reading);
        return new News(reading.source().id(), reading.observeTime(), Messages.tenth(value.value()), value.quality());
    }
}
