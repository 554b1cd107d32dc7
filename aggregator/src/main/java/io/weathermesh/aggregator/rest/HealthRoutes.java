package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;

/**
 * {@code /livez}: the process serves. {@code /readyz}: this task can serve requests now. {@code /healthz}: the load balancer
 * should keep this task.
 */
final class HealthRoutes {
    private final Readiness readiness;

    HealthRoutes(Readiness readiness) {
        this.readiness = readiness;
    }

    void addTo(Routes routes) {
        routes.check("/livez", (context, request) -> ok());
        routes.check(
                "/readyz",
                (context, request) -> readiness.isReady() ? ok() : unavailable("No provider can be reached."));
        routes.check(
                GatewayNames.HEALTH_PATH,
                (context, request) -> readiness.isHealthy() ? ok() : unavailable("No provider has been reached yet."));
    }

    private static HttpResponse ok() {
        return HttpResponse.of(
                CacheHeaders.noStore(HttpStatus.OK, MediaType.PLAIN_TEXT_UTF_8).build(), HttpData.ofUtf8("ok\n"));
    }

    private HttpResponse unavailable(String reason) {
        return ProblemDetails.of(ProblemType.NOT_READY, readiness.isDraining() ? "The task is draining." : reason)
                .retryable()
                .response()
                .toHttpResponse();
    }
}
