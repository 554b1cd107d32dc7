package io.weathermesh.local.trials.bench;

import java.time.Duration;

/**
 * The measurement of one kind of request for a short time.
 *
 * @param cpu processor time of the server
 * @param providersCpu processor time of all providers
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
