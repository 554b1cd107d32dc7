package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;

/** {@code /livez}: the process serves, which the container's check asks. {@code /readyz}: so does the load balancer. */
final class HealthRoutes {
    private static final String LIVE = "/livez";
    private static final String READY = "/readyz";

    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    /** Whether a request is a check, which must be answered whatever else goes on. */
    static boolean isCheck(ServiceRequestContext context) {
        return context.path().equals(LIVE) || context.path().equals(READY);
    }

    void addTo(ServerBuilder server) {
        get(server, LIVE, (context, request) -> ok());
        get(server, READY, (context, request) -> readiness.isReady() ? ok() : notReady());
    }

    private static void get(ServerBuilder server, String path, HttpService service) {
        server.route().get(path).head(path).options(path).build(service);
    }

    private static HttpResponse ok() {
        return HttpResponse.of(
                ResponseHeaders.builder(HttpStatus.OK)
                        .contentType(MediaType.PLAIN_TEXT_UTF_8)
                        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                        .build(),
                HttpData.ofUtf8("ok\n"));
    }

    private HttpResponse notReady() {
        String why = readiness.isLeaving() ? "The task is leaving." : "No provider can be reached.";
        return ProblemDetails.of(ProblemType.NOT_READY, why)
                .retryable()
                .response()
                .toHttpResponse();
    }
}
