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
 * without working, and a batch is in flight from when its body is here.
 */
final class Shedding implements DecoratingHttpServiceFunction {
    private final ProblemDetails problem = ProblemDetails.of(
                    ProblemType.NOT_READY, "More requests are in flight than can be answered in time.")
            .retryableAfter(1);

    /** Made once: to refuse must cost next to nothing. */
    private final AggregatedHttpResponse refusal = problem.response();

    private final int maxInFlight;
    private final AtomicInteger inFlight;
    private final Counter refused;

    Shedding(int maxInFlight, MeterRegistry meters) {
        this.maxInFlight = maxInFlight;
        inFlight = meters.gauge("gateway.requests.in.flight", new AtomicInteger());
        refused = Counter.builder("gateway.requests.shed")
                .description("requests refused because too many were in flight, or bodies on their way")
                .register(meters);
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (HealthRoutes.isCheck(context) || StreamRoute.isStream(context) || BatchRoute.isBatch(context)) {
            return delegate.serve(context, request);
        }
        if (!takes(context)) {
            refused.increment();
            return refusal.toHttpResponse();
        }
        return delegate.serve(context, request);
    }

    /**
     * Counts a request as in flight until it is over.
     *
     * @throws RefusedException if too many are
     */
    void enter(ServiceRequestContext context) {
        if (!takes(context)) {
            throw refuse();
        }
    }

    /** Counts a request as refused, and tells why. */
    RefusedException refuse() {
        refused.increment();
        return new RefusedException(problem);
    }

    private boolean takes(ServiceRequestContext context) {
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            return false;
        }
        var unused = context.log().whenComplete().thenRun(inFlight::decrementAndGet);
        return true;
    }
}
