package io.weathermesh.aggregator.providers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Counts what the caches did, for each provider and for each kind of things beside, for the meters and for a page. */
public final class CacheMeters {
    private final MeterRegistry meters;
    private final Map<String, OfProvider> providers = new ConcurrentHashMap<>();
    private final Map<String, KeptMeters> kinds = new ConcurrentHashMap<>();

    /** What became of the question for one reading. */
    enum Result {
        /** It was known, and had not expired. */
        FRESH,
        /** The provider told it. */
        TOLD,
        /** The provider could not be had; an older one stood in. */
        STALE,
        /** The provider could not be had. */
        MISSING
    }

    public CacheMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    OfProvider of(String provider) {
        return providers.computeIfAbsent(provider, name -> new OfProvider(name, meters));
    }

    /**
     * The meters of a cache of another kind.
     *
     * @param kind what is kept, as operators read it
     * @param unit what its size is counted in
     * @param most the size that it never stays above
     */
    public KeptMeters kept(String kind, String unit, long most) {
        return kinds.computeIfAbsent(kind, name -> new KeptMeters(name, unit, most, meters));
    }

    /** A page for operators: a line a provider, and a line for each other kind. */
    public String page() {
        if (providers.isEmpty() && kinds.isEmpty()) {
            return "the cache is off (WEATHER_CACHE)\n";
        }
        StringBuilder page = new StringBuilder();
        new TreeMap<>(providers).forEach((name, provider) -> add(page, name, provider.line()));
        new TreeMap<>(kinds).forEach((name, kept) -> add(page, name, kept.line()));
        return page.toString();
    }

    private static void add(StringBuilder page, String name, String line) {
        page.append(name).append(": ").append(line).append('\n');
    }

    /** What the cache did for one provider. */
    static final class OfProvider {
        private final Map<Result, Counter> results = new EnumMap<>(Result.class);
        private final Counter shared;
        private volatile LongSupplier size = () -> 0;

        private OfProvider(String provider, MeterRegistry meters) {
            for (Result result : Result.values()) {
                results.put(
                        result,
                        Counter.builder("gateway.cache.questions")
                                .description("questions for one reading, by what became of them")
                                .tag("provider", provider)
                                .tag("result", nameOf(result))
                                .register(meters));
            }
            shared = Counter.builder("gateway.cache.shared")
                    .description("questions that waited for a call which another one had caused")
                    .tag("provider", provider)
                    .register(meters);
            Gauge.builder("gateway.cache.size", () -> size.getAsLong())
                    .description("readings that are remembered")
                    .tag("provider", provider)
                    .register(meters);
        }

        void count(Result result) {
            Counter counter = results.get(result);
            if (counter != null) {
                counter.increment();
            }
        }

        void shared() {
            shared.increment();
        }

        void sizeOf(LongSupplier readings) {
            size = readings;
        }

        private String line() {
            StringBuilder line = new StringBuilder();
            line.append(size.getAsLong()).append(" of at most ").append(CachedReadings.MAX_READINGS);
            results.forEach((result, counter) ->
                    line.append(", ").append(nameOf(result)).append(' ').append((long) counter.count()));
            return line.append(", shared a call ").append((long) shared.count()).toString();
        }

        private static String nameOf(Result result) {
            return result.name().toLowerCase(Locale.ROOT);
        }
    }
}
