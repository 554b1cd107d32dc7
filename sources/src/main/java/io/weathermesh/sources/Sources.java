package io.weathermesh.sources;

import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The sources of a provider, in the order in which they are asked. The last is the climatology, which always answers at
 * once, so a read fails only by a defect, and takes no longer than it may. Safe for use by many threads.
 */
public final class Sources {
    /** The most that a read takes, whatever its caller would wait. */
    static final Duration LONGEST = Duration.ofSeconds(3);

    /** Live sources know only the present; farther from it they are passed over. */
    private static final Duration PRESENT = Duration.ofHours(1);

    /** What stands in for a live source is not kept for long: that one may answer again. */
    private static final Duration STAND_IN_LIFE = Duration.ofSeconds(30);

    /** Far more than any honest way around the Earth takes; where packets vanish, it is what the first question waits. */
    static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);

    private final List<ReadingSource> live;
    private final Climatology climatology;
    private final EmbeddedClimatology last;
    private final Clock clock;
    private final Timers timers;

    Sources(List<ReadingSource> live, Climatology climatology, Clock clock, Timers timers) {
        this.live = List.copyOf(live);
        this.climatology = climatology;
        this.last = new EmbeddedClimatology(climatology, clock);
        this.clock = clock;
        this.timers = timers;
    }

    /** The climatology alone. */
    public static Sources embedded(Clock clock, Timers timers) {
        return new Sources(List.of(), Climatology.embedded(), clock, timers);
    }

    /**
     * The sources that the settings name.
     *
     * @param settings tells the value of a setting by name, or the second argument where it has none
     * @throws IllegalArgumentException if a setting is not allowed; the message names it and its value
     */
    public static Sources from(BinaryOperator<String> settings, Clock clock, Timers timers) {
        return from(settings, clock, timers, client(), Upstream.LIMIT);
    }

    static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    }

    /** @param callLimit how long a call of a source may take, whoever waits for it */
    static Sources from(
            BinaryOperator<String> settings, Clock clock, Timers timers, HttpClient client, Duration callLimit) {
        SourceSettings chosen = SourceSettings.from(settings);
        Climatology climatology = Climatology.embedded();
        if (chosen.live().isEmpty()) {
            return new Sources(List.of(), climatology, clock, timers);
        }
        String userAgent = ("weather-mesh/0.1 " + chosen.contact()).strip();
        List<ReadingSource> live = chosen.live().stream()
                .map(each -> {
                    Offer offer = each.offer();
                    Upstream upstream = new Upstream(offer.id(), each.base(), userAgent, client, clock, callLimit);
                    return guarded(offer.maker().apply(upstream, clock), each.limits(), climatology, clock);
                })
                .toList();
        return new Sources(live, climatology, clock, timers);
    }

    /**
     * Cached above the breaker: what is known is told even while the source rests. The quota counts only real calls. Judged
     * outermost: what was fresh when it came may not be when it is told.
     */
    private static ReadingSource guarded(LiveSource source, List<Limit> limits, Climatology climatology, Clock clock) {
        LiveSource counted = new Quota(source, limits, clock);
        LiveSource breaking = new CircuitBreaker(counted, clock);
        ReadingSource cached = new CachedSource(
                breaking, clock, () -> ThreadLocalRandom.current().nextDouble());
        return new Judged(cached, climatology);
    }

    /** Both values at a point for an instant, from the first source that tells within the time there is. */
    CompletionStage<Reading> read(GeoPoint point, Instant instant, Duration patience) {
        Instant now = clock.instant();
        boolean present = Duration.between(instant, now).abs().compareTo(PRESENT) <= 0;
        if (live.isEmpty() || !present) {
            return last.read(point, instant);
        }
        Duration limit = patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
        return ask(0, point, instant, now.plus(limit));
    }

    private CompletionStage<Reading> ask(int index, GeoPoint point, Instant instant, Instant deadline) {
        Instant now = clock.instant();
        if (index == live.size() || !now.isBefore(deadline)) {
            return last.read(point, instant).thenApply(reading -> reading.expiringBy(now.plus(STAND_IN_LIFE)));
        }
        // An equal share for each source that is left: a slow one does not take the next one's time.
        Duration share = Duration.between(now, deadline).dividedBy(live.size() - index);
        return within(share, live.get(index), point, instant)
                .handle((reading, failure) -> failure == null
                        ? CompletableFuture.completedFuture(reading)
                        : ask(index + 1, point, instant, deadline))
                .thenCompose(answer -> answer);
    }

    /** What is too late for this caller still arrives in the cache. */
    private CompletableFuture<Reading> within(Duration share, ReadingSource source, GeoPoint point, Instant instant) {
        CompletableFuture<Reading> asked = source.read(point, instant).toCompletableFuture();
        if (asked.isDone()) {
            return asked;
        }
        CompletableFuture<Reading> inTime = asked.copy();
        Runnable cancel = timers.after(
                share,
                () -> inTime.completeExceptionally(
                        new SourceFailedException(source.description().id(), "takes too long")));
        return inTime.whenComplete((reading, failure) -> cancel.run());
    }

    UsualYear year(GeoPoint point) {
        return climatology.year(point);
    }

    List<ReadingSource> ordered() {
        return Stream.concat(live.stream(), Stream.of(last)).toList();
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }
}
