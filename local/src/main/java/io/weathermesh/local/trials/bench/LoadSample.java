package io.weathermesh.local.trials.bench;

import java.time.Duration;

/**
 * One kind of request for a while.
 *
 * @param cpu what the process took meanwhile that was asked
 * @param providersCpu what both providers took
 */
record LoadSample(long requests, Duration cpu, Duration providersCpu, Duration time) {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_SECOND = 1e9;

    double micros() {
        return cpu.toNanos() / NANOS_PER_MICRO / requests;
    }

    double providersMicros() {
        return providersCpu.toNanos() / NANOS_PER_MICRO / requests;
    }

    double requestsPerSecond() {
        return requests / (time.toNanos() / NANOS_PER_SECOND);
    }
}
