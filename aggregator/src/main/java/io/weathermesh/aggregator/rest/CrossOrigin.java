package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.cors.CorsService;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Lets scripts of any origin ask. All answers are public and no credential is ever looked at, so there is nothing that a
 * foreign page could read or do in a visitor's name.
 */
final class CrossOrigin {
    /** What browsers hold back from scripts unless it is named. */
    private static final List<String> EXPOSED = List.of(
            "allow",
            "etag",
            "expires",
            "ratelimit",
            "ratelimit-policy",
            "retry-after",
            "server-timing",
            "traceparent",
            "x-request-id");

    /** A day; browsers cap it at less by themselves. */
    private static final Duration PREFLIGHT_LIFE = Duration.ofDays(1);

    private CrossOrigin() {}

    static Function<? super HttpService, ? extends HttpService> decorator() {
        return CorsService.builderForAnyOrigin()
                .allowRequestMethods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS)
                .allowAllRequestHeaders(true)
                .exposeHeaders(EXPOSED)
                .maxAge(PREFLIGHT_LIFE)
                .newDecorator();
    }
}
