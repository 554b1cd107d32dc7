package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import java.time.Duration;
import java.util.function.Function;

/**
 * Allows requests from scripts of any origin (CORS). All responses are public and no credential is ever used, so a foreign
 * page can read or do nothing in a visitor's name. Every response has the headers, whatever its request's origin, so that a
 * cache may reuse it.
 */
final class CrossOrigin {
    /** The response headers that browsers would hide from scripts. */
    private static final String EXPOSED =
            "allow,etag,expires,ratelimit,ratelimit-policy,retry-after,server-timing,traceparent,x-request-id";

    /** A day; browsers have lower limits of their own. */
    private static final Duration PREFLIGHT_MAX_AGE = Duration.ofDays(1);

    private CrossOrigin() {}

    /** Adds the headers to every response of a server, without a copy for each. */
    static void addHeadersTo(ServerBuilder server) {
        server.setHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .setHeader(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** Answers preflights. */
    static Function<? super HttpService, ? extends HttpService> decorator() {
        Function<? super HttpService, CorsService> forPreflights = CorsService.builderForAnyOrigin()
                .allowRequestMethods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS)
                .allowAllRequestHeaders(true)
                .maxAge(PREFLIGHT_MAX_AGE)
                .newDecorator();
        return routes -> {
            HttpService preflights = forPreflights.apply(routes);
            // For a GET from the origin "null" it would allow only "null", and a cache would keep that.
            return routes.decorate((delegate, context, request) ->
                    (request.method() == HttpMethod.OPTIONS ? preflights : delegate).serve(context, request));
        };
    }
}
