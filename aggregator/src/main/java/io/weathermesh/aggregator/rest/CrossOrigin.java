package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.cors.CorsService;
import java.time.Duration;
import java.util.function.Function;

/**
 * Lets scripts of any origin ask. All answers are public and no credential is ever looked at, so there is nothing that a
 * foreign page could read or do in a visitor's name. Every answer says so, whoever asked, so that a cache may hand it on.
 */
final class CrossOrigin {
    /** What browsers hold back from scripts unless it is named. */
    private static final String EXPOSED =
            "allow,etag,expires,ratelimit,ratelimit-policy,retry-after,server-timing,traceparent,x-request-id";

    /** A day; browsers cap it at less by themselves. */
    private static final Duration PREFLIGHT_LIFE = Duration.ofDays(1);

    private CrossOrigin() {}

    /** Has a server say so in every answer to a request, without a copy of the headers for each. */
    static void tellBy(ServerBuilder server) {
        server.setHeader(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, "*")
                .setHeader(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }

    /** Answers preflights. */
    static Function<? super HttpService, ? extends HttpService> decorator() {
        Function<? super HttpService, CorsService> forPreflights = CorsService.builderForAnyOrigin()
                .allowRequestMethods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.OPTIONS)
                .allowAllRequestHeaders(true)
                .maxAge(PREFLIGHT_LIFE)
                .newDecorator();
        return routes -> {
            HttpService preflights = forPreflights.apply(routes);
            // It would tell a GET of the origin "null" that only "null" may ask, and a cache would keep that.
            return routes.decorate((delegate, context, request) ->
                    (request.method() == HttpMethod.OPTIONS ? preflights : delegate).serve(context, request));
        };
    }
}
