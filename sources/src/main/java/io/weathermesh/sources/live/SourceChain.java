package io.weathermesh.sources.live;

import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.ReadingSource;
import io.weathermesh.sources.SourceFailedException;
import io.weathermesh.sources.Timers;
import io.weathermesh.sources.climatology.Climate;
import io.weathermesh.sources.climatology.Climatology;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The sources of a provider in the order in which they are read. The last one is the climatology, which never fails, so
 * every read returns a reading within its timeout. Safe for use by many threads.
 */
public final class SourceChain {
    /** The longest time that a read takes, however long its caller would wait. */
    static final Duration MAX_READ_TIME = Upstream.MAX_CALL_TIME;

    /** Live sources have readings for the present only and are skipped for instants farther from it. */
    private static final Duration PRESENT = Duration.ofHours(1);

    /** The TTL of a reading of the climatology that replaces a live one: the live source may recover soon. */
    private static final Duration FALLBACK_TTL = Duration.ofSeconds(30);

    /** Far more than a round trip around the Earth; where packets vanish, the first read waits this long. */
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);

    private final List<ReadingSource> live;
    private final Climatology climatology;
    private final Clock clock;
    private final Timers timers;

    private SourceChain(List<ReadingSource> live, Climatology climatology, Clock clock, Timers timers) {
        this.live = List.copyOf(live);
        this.climatology = climatology;
        this.clock = clock;
        this.timers = timers;
    }

    /** The climatology alone. */
    public static SourceChain embedded(Clock clock, Timers timers) {
        return new SourceChain(List.of(), Climatology.embedded(clock), clock, timers);
    }

    /**
     * The sources that {@code WEATHER_SOURCES} names.
     *
     * @param settings returns the value of a setting by name, or its second argument if the setting is absent
     * @throws IllegalArgumentException if a setting is invalid; the message names it, its value and what it must be
     */
    public static SourceChain from(BinaryOperator<String> settings, Clock clock, Timers timers) {
        return from(settings, clock, timers, SourceChain::httpClient, Upstream.MAX_CALL_TIME);
    }

    static HttpClient httpClient() {
        return HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    }

    /**
     * @param newClient called only if a live source is configured: with its TLS a client takes 7 MB
     * @param callTimeout of a call of a source, whatever the timeout of the read
     */
    static SourceChain from(
            BinaryOperator<String> settings,
            Clock clock,
            Timers timers,
            Supplier<HttpClient> newClient,
            Duration callTimeout) {
        SourceSettings parsed = SourceSettings.from(settings);
        Climatology climatology = Climatology.embedded(clock);
        if (parsed.live().isEmpty()) {
            return new SourceChain(List.of(), climatology, clock, timers);
        }
        HttpClient client = newClient.get();
        String userAgent = ("weather-mesh/0.1 " + parsed.contact()).strip();
        List<ReadingSource> live = parsed.live().stream()
                .map(each -> {
                    LiveSourceType type = each.type();
                    Upstream upstream = new Upstream(type.id(), each.base(), userAgent, client, clock, callTimeout);
                    return guarded(type.factory().apply(upstream, clock), each.limits(), climatology, clock);
                })
                .toList();
        return new SourceChain(live, climatology, clock, timers);
    }

    /**
     * The cache is outside of the circuit breaker, so that cached readings are served while the circuit is open. The quota
     * counts real calls only. The check is outermost, because a cached reading ages.
     */
    private static ReadingSource guarded(
            LiveSource source, List<RateLimit> limits, Climatology climatology, Clock clock) {
        LiveSource counted = new Quota(source, limits, clock);
        LiveSource breaking = new CircuitBreaker(counted, clock);
        ReadingSource cached = new CachedSource(
                breaking, clock, () -> ThreadLocalRandom.current().nextDouble());
        return new PlausibilityCheck(cached, climatology);
    }

    /** Reads at a point for an instant, within the longest time that a read may take. */
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        return read(point, instant, MAX_READ_TIME);
    }

    /** Reads at a point for an instant, from the first source that responds within the timeout. Never blocks. */
    public CompletionStage<Reading> read(GeoPoint point, Instant instant, Duration timeout) {
        Instant now = clock.instant();
        boolean present = Duration.between(instant, now).abs().compareTo(PRESENT) <= 0;
        if (live.isEmpty() || !present) {
            return climatology.read(point, instant);
        }
        Duration limit = timeout.compareTo(MAX_READ_TIME) < 0 ? timeout : MAX_READ_TIME;
        return readFrom(0, point, instant, now.plus(limit));
    }

    private CompletionStage<Reading> readFrom(int index, GeoPoint point, Instant instant, Instant deadline) {
        Instant now = clock.instant();
        if (index == live.size() || !now.isBefore(deadline)) {
            return climatology.read(point, instant).thenApply(reading -> reading.expiringBy(now.plus(FALLBACK_TTL)));
        }
        // Each remaining source gets an equal share: a slow one does not use up the time of the next.
        Duration share = Duration.between(now, deadline).dividedBy(live.size() - index);
        return withTimeout(share, live.get(index), point, instant)
                .handle((reading, failure) -> failure == null
                        ? CompletableFuture.completedFuture(reading)
                        : readFrom(index + 1, point, instant, deadline))
                .thenCompose(result -> result);
    }

    /** A result that is too late for this caller is still cached. */
    private CompletableFuture<Reading> withTimeout(
            Duration timeout, ReadingSource source, GeoPoint point, Instant instant) {
        CompletableFuture<Reading> read = source.read(point, instant).toCompletableFuture();
        if (read.isDone()) {
            return read;
        }
        CompletableFuture<Reading> inTime = read.copy();
        Runnable cancel = timers.after(
                timeout,
                () -> inTime.completeExceptionally(
                        new SourceFailedException(source.description().id(), "did not respond in time")));
        return inTime.whenComplete((reading, failure) -> cancel.run());
    }

    /** The twelve monthly means at a point, from the climatology. */
    public Climate climate(GeoPoint point) {
        return climatology.climate(point);
    }

    /** The sources in the order in which they are read. */
    public List<ReadingSource> sources() {
        return Stream.concat(live.stream(), Stream.of(climatology)).toList();
    }

    /** The clock of the readings. */
    public Clock clock() {
        return clock;
    }
}
