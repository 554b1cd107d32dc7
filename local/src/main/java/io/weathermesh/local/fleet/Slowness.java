package io.weathermesh.local.fleet;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How many times slower this machine is now than two free cores. Limits on waiting times are stretched by it.
 *
 * @param factor 1 to {@link #MAX}
 */
public record Slowness(double factor) {
    /** As fast as two free cores. */
    public static final Slowness NONE = new Slowness(1);

    /** A limit that is stretched further is none. */
    static final double MAX = 10;

    /** From the start of a JVM of the command line to its command: measured on two free cores, Java 17. */
    private static final Duration USUAL_START = Duration.ofMillis(400);

    public Slowness {
        if (!(factor >= 1 && factor <= MAX)) {
            throw new IllegalArgumentException("factor is " + factor + ", but must be 1 to " + MAX);
        }
    }

    /** Measured by the time since the start of this JVM: to be called once, at the start of its work. */
    public static Slowness ofThisStart() {
        return of(Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime()), USUAL_START);
    }

    /** Of a machine on which something took this long that usually takes that long. */
    public static Slowness of(Duration taken, Duration usual) {
        double factor = (double) taken.toNanos() / usual.toNanos();
        return new Slowness(Math.max(1, Math.min(MAX, factor)));
    }

    public Duration stretch(Duration usual) {
        return Duration.ofMillis(Math.round(usual.toMillis() * factor));
    }
}
