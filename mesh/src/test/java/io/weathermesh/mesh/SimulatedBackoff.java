package io.weathermesh.mesh;

import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The patience of grpc-java, of connections and of resolvers alike: 1 s, 1.6 times as long each time, at most 120 s. */
final class SimulatedBackoff {
    private static final double FACTOR = 1.6;
    private static final double MOST_SECONDS = 120;
    private static final double JITTER = 0.2;

    private SimulatedBackoff() {}

    static long nanos(int failures, Random random) {
        double seconds = Math.min(MOST_SECONDS, Math.pow(FACTOR, failures));
        return (long) (seconds * (1 + JITTER * (2 * random.nextDouble() - 1)) * TimeUnit.SECONDS.toNanos(1));
    }
}
