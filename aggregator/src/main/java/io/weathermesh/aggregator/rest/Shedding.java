package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Refuses a request when too many are in flight: a queue would only make everybody late. Health checks are always
 * answered, or an overload would look like a death. Streams of events have a limit of their own, since they stay open
 * without working.
 */
final class Shedding implements DecoratingHttpServiceFunction {
    /** Made once: to refuse must cost next to nothing. */
    private final AggregatedHttpResponse refusal = ProblemDetails.of(
                    ProblemType.NOT_READY, "More requests are in flight than can be answered in time.")
            .retryableAfter(1)
            .response();

    private final int maxInFlight;
    private final AtomicInteger inFlight;
    private final Counter refused;

    Shedding(int maxInFlight, MeterRegistry meters) {
        this.maxInFlight = maxInFlight;
        inFlight = meters.gauge("gateway.requests.in.flight", new AtomicInteger());
        refused = Counter.builder("gateway.requests.shed")
                .description("requests refused because too many were in flight")
                .register(meters);
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (HealthRoutes.isCheck(context) || StreamRoute.isStream(context)) {
            return delegate.serve(context, request);
        }
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            refused.increment();
            return refusal.toHttpResponse();
        }
        var unused = context.log().whenComplete().thenRun(inFlight::decrementAndGet);
        return delegate.serve(context, request);
    }
}
