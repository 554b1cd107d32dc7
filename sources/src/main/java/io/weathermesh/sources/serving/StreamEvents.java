package io.weathermesh.sources.serving;

import io.weathermesh.sources.Reading;
import java.time.Instant;
import java.util.function.Function;

/**
 * How a provider makes the events of a stream from its readings.
 *
 * @param <R> the provider's reading
 * @param <E> the response message of its stream
 * @param expireTime when a reading becomes stale and is read again
 * @param content what a client sees as a change: neither the fetch time nor the expire time
 * @param reading makes the event of a reading
 * @param heartbeat makes the event that says that nothing has changed up to an instant
 */
public record StreamEvents<R, E>(
        Function<R, Instant> expireTime,
        Function<R, Object> content,
        Function<R, E> reading,
        Function<Instant, E> heartbeat) {
    private record Content(String source, Instant observed, double value, Object quality) {}

    /**
     * For a provider of one of the two quantities of a {@link Reading}.
     *
     * @param quantity returns the provider's value of a reading
     */
    public static <E> StreamEvents<Reading, E> of(
            Function<Reading, Reading.Value> quantity, Function<Reading, E> reading, Function<Instant, E> heartbeat) {
        return new StreamEvents<>(Reading::expireTime, each -> content(each, quantity.apply(each)), reading, heartbeat);
    }

    private static Content content(Reading reading, Reading.Value value) {
        return new Content(
                reading.source().id(), reading.observeTime(), Messages.tenth(value.value()), value.quality());
    }

    boolean haveSameContent(R one, R other) {
        return content.apply(one).equals(content.apply(other));
    }
}
