package io.weathermesh.aggregator.providers;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** Counts what a cache of one kind of things did, for the meters and for a page. Safe for use by many threads. */
public final class KeptMeters {
    private final String unit;
    private final long most;
    private final Counter hits;
    private final Counter misses;
    private volatile LongSupplier size = () -> 0;

    /**
     * @param kind what is kept, as operators read it
     * @param unit what its size is counted in
     * @param most the size that it never stays above
     */
    KeptMeters(String kind, String unit, long most, MeterRegistry meters) {
        this.unit = unit;
        this.most = most;
        hits = questions(kind, "hit", meters);
        misses = questions(kind, "missed", meters);
        Gauge.builder("gateway.kept.size", () -> size.getAsLong())
                .description("how much is kept, in the unit of its kind")
                .tag("kind", kind)
                .baseUnit(unit)
                .register(meters);
    }

    private static Counter questions(String kind, String result, MeterRegistry meters) {
        return Counter.builder("gateway.kept.questions")
                .description("questions for what may be kept, by whether it was")
                .tag("kind", kind)
                .tag("result", result)
                .register(meters);
    }

    /** It was there. */
    public void hit() {
        hits.increment();
    }

    /** It was not there, or no longer. */
    public void missed() {
        misses.increment();
    }

    /** Where the size is read from, whenever somebody looks. */
    public void sizeOf(LongSupplier kept) {
        size = kept;
    }

    String line() {
        return size.getAsLong() + " of at most " + most + " " + unit + ", hit " + (long) hits.count() + ", missed "
                + (long) misses.count();
    }
}
