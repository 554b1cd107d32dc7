package io.weathermesh.aggregator.rest;

import io.weathermesh.mesh.Environment;
import java.util.OptionalInt;

/**
 * The settings of the REST server.
 *
 * @param requestsPerMinute the limit for one client at one task; empty for no limit
 * @param trustedProxies the number of our proxies in front of the gateway, with the load balancer
 * @param maxInFlight the limit of requests in flight; streams do not count
 * @param accessLog the format of the access log
 */
public record RestSettings(
        OptionalInt requestsPerMinute, int trustedProxies, int maxInFlight, AccessLogFormat accessLog) {
    /** Twenty a second: a fast typist causes five, and an office behind one address is a few people. */
    private static final int DEFAULT_REQUESTS_PER_MINUTE = 1_200;

    private static final int MAX_REQUESTS_PER_MINUTE = 10_000_000;

    private static final int DEFAULT_TRUSTED_PROXIES = 1;
    private static final int MAX_TRUSTED_PROXIES = 10;

    /**
     * The requests that arrive within one call's deadline at 250 requests a second: up to that rate a frozen provider must
     * not cost a request. In a slower task no request waits much longer than a second.
     */
    private static final int DEFAULT_MAX_IN_FLIGHT = 256;

    private static final int MAX_MAX_IN_FLIGHT = 100_000;

    private static final String RATE_LIMIT = "WEATHER_RATE_LIMIT";
    private static final String OFF = "off";

    public RestSettings {
        if (requestsPerMinute.isPresent() && requestsPerMinute.getAsInt() < 1) {
            throw new IllegalArgumentException(
                    "requestsPerMinute is " + requestsPerMinute.getAsInt() + ", but must be 1 or more");
        }
        if (trustedProxies < 0 || trustedProxies > MAX_TRUSTED_PROXIES) {
            throw new IllegalArgumentException(
                    "trustedProxies is " + trustedProxies + ", but must be from 0 to " + MAX_TRUSTED_PROXIES);
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("maxInFlight is " + maxInFlight + ", but must be 1 or more");
        }
    }

    /** The defaults, with this format of the access log. */
    public static RestSettings defaults(AccessLogFormat accessLog) {
        return new RestSettings(
                OptionalInt.of(DEFAULT_REQUESTS_PER_MINUTE), DEFAULT_TRUSTED_PROXIES, DEFAULT_MAX_IN_FLIGHT, accessLog);
    }

    /** Reads {@code WEATHER_RATE_LIMIT}, {@code _TRUSTED_PROXIES}, {@code _MAX_IN_FLIGHT} and {@code _ACCESS_LOG}. */
    public static RestSettings from(Environment environment, boolean terminalWatches) {
        boolean unlimited = environment.text(RATE_LIMIT, "").equals(OFF);
        return new RestSettings(
                unlimited
                        ? OptionalInt.empty()
                        : OptionalInt.of(environment.integer(
                                RATE_LIMIT, DEFAULT_REQUESTS_PER_MINUTE, 1, MAX_REQUESTS_PER_MINUTE)),
                environment.integer("WEATHER_TRUSTED_PROXIES", DEFAULT_TRUSTED_PROXIES, 0, MAX_TRUSTED_PROXIES),
                environment.integer("WEATHER_MAX_IN_FLIGHT", DEFAULT_MAX_IN_FLIGHT, 1, MAX_MAX_IN_FLIGHT),
                environment.choice(
                        "WEATHER_ACCESS_LOG", terminalWatches ? AccessLogFormat.TEXT : AccessLogFormat.JSON));
    }
}
