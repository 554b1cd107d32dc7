package io.weathermesh.sources;

import java.time.Instant;
import java.util.function.Function;

/**
 * How a provider shows the events of a watch.
 *
 * @param <R> its reading
 * @param <A> its message
 * @param expireTime when a reading is read anew
 * @param news what makes one reading news after another: not when it was fetched, nor how long it keeps
 * @param reading makes the message of a reading
 * @param heartbeat makes the message that says that nothing has changed up to an instant
 */
public record WatchView<R, A>(
        Function<R, Instant> expireTime,
        Function<R, Object> news,
        Function<R, A> reading,
        Function<Instant, A> heartbeat) {
    private record News(String source, Instant observed, double value, Object quality) {}

    /**
     * Of one quantity that the sources of this module tell.
     *
     * @param quantity the value of a reading that the provider tells
     */
    public static <A> WatchView<Reading, A> of(
            Function<Reading, Reading.Value> quantity, Function<Reading, A> reading, Function<Instant, A> heartbeat) {
        return new WatchView<>(Reading::expireTime, told -> news(told, quantity.apply(told)), reading, heartbeat);
    }

    private static News news(Reading reading, Reading.Value value) {
        return new News(reading.source().id(), reading.observeTime(), Messages.tenth(value.value()), value.quality());
    }

    boolean tellsTheSame(R one, R other) {
        return news.apply(one).equals(news.apply(other));
    }
}
