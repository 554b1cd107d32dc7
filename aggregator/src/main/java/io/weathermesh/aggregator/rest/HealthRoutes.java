package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;

/** {@code /livez}: the process serves, which the container's check asks. {@code /readyz}: so does the load balancer. */
final class HealthRoutes {
    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    void addTo(ServerBuilder server) {
        get(server, "/livez", (context, request) -> ok());
        get(server, "/readyz", (context, request) -> readiness.isReady() ? ok() : notReady());
    }

    private static void get(ServerBuilder server, String path, HttpService service) {
        server.route().get(path).head(path).build(service);
    }

    private static HttpResponse ok() {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .build(),
                com.linecorp.armeria.common.HttpData.ofUtf8("ok\n"));
    }

    private HttpResponse notReady() {
        String why = readiness.isLeaving() ? "The task is leaving." : "No provider can be reached.";
        return Problem.of(ProblemType.NOT_READY, why).retryable().response().toHttpResponse();
    }
}
