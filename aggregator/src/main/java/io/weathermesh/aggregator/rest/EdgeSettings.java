package io.weathermesh.aggregator.rest;

import io.weathermesh.mesh.Environment;
import java.util.OptionalInt;

/**
 * What can be set of the public edge.
 *
 * @param requestsPerMinute how many requests one client may make a minute at one task; empty for no limit
 * @param trustedProxies how many proxies of ours stand before the gateway: the load balancer is one
 * @param maxInFlight requests in flight before more are refused; streams of events are not counted
 * @param accessLog how the access log is written
 */
public record EdgeSettings(
        OptionalInt requestsPerMinute, int trustedProxies, int maxInFlight, AccessLogForm accessLog) {
    /** Twenty a second: a person who types fast causes five, and an office behind one address is some people. */
    private static final int DEFAULT_REQUESTS_PER_MINUTE = 1_200;

    private static final int MAX_REQUESTS_PER_MINUTE = 10_000_000;

    private static final int DEFAULT_TRUSTED_PROXIES = 1;
    private static final int MAX_TRUSTED_PROXIES = 10;

    /**
     * What comes in during one call's deadline at 250 requests a second: below that a frozen provider must not cost a
     * request. A task that answers fewer makes nobody wait much longer than a second.
     */
    private static final int DEFAULT_MAX_IN_FLIGHT = 256;

    private static final int MAX_MAX_IN_FLIGHT = 100_000;

    private static final String RATE_LIMIT = "WEATHER_RATE_LIMIT";
    private static final String OFF = "off";

    public EdgeSettings {
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

    /** What holds where nothing is set, with an access log of this form. */
    public static EdgeSettings defaults(AccessLogForm accessLog) {
        return new EdgeSettings(
                OptionalInt.of(DEFAULT_REQUESTS_PER_MINUTE), DEFAULT_TRUSTED_PROXIES, DEFAULT_MAX_IN_FLIGHT, accessLog);
    }

    /** Reads {@code WEATHER_RATE_LIMIT}, {@code _TRUSTED_PROXIES}, {@code _MAX_IN_FLIGHT} and {@code _ACCESS_LOG}. */
    public static EdgeSettings from(Environment environment, boolean terminalWatches) {
        boolean unlimited = environment.text(RATE_LIMIT, "").equals(OFF);
        return new EdgeSettings(
                unlimited
                        ? OptionalInt.empty()
                        : OptionalInt.of(environment.integer(
                                RATE_LIMIT, DEFAULT_REQUESTS_PER_MINUTE, 1, MAX_REQUESTS_PER_MINUTE)),
                environment.integer("WEATHER_TRUSTED_PROXIES", DEFAULT_TRUSTED_PROXIES, 0, MAX_TRUSTED_PROXIES),
                environment.integer("WEATHER_MAX_IN_FLIGHT", DEFAULT_MAX_IN_FLIGHT, 1, MAX_MAX_IN_FLIGHT),
                environment.choice("WEATHER_ACCESS_LOG", terminalWatches ? AccessLogForm.TEXT : AccessLogForm.JSON));
    }
}
