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
import java.util.Set;

/**
 * {@code /livez}: the process serves. {@code /readyz}: questions should be sent here, now. {@code /healthz}: this task has
 * begun and does not leave, which is what the load balancer asks.
 */
final class HealthRoutes {
    private static final String LIVE = "/livez";
    private static final String READY = "/readyz";
    private static final Set<String> CHECKS = Set.of(LIVE, READY, GatewayNames.HEALTH_PATH);

    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    /** Whether a request is a check, which must be answered whatever else goes on. */
    static boolean isCheck(ServiceRequestContext context) {
        return CHECKS.contains(context.path());
    }

    void addTo(ServerBuilder server) {
        get(server, LIVE, (context, request) -> ok());
        get(server, READY, (context, request) -> readiness.isReady() ? ok() : not("No provider can be reached."));
        get(
                server,
                GatewayNames.HEALTH_PATH,
                (context, request) -> readiness.isHealthy() ? ok() : not("No provider has been reached yet."));
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

    private HttpResponse not(String reason) {
        return ProblemDetails.of(ProblemType.NOT_READY, readiness.isLeaving() ? "The task is leaving." : reason)
                .retryable()
                .response()
                .toHttpResponse();
    }
}
