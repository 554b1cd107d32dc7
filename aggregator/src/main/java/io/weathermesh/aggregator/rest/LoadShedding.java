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

/** Sheds a request when too many are in flight: a queue would make all of them late. */
final class LoadShedding implements DecoratingHttpServiceFunction {
    /** In seconds: the requests in flight end within their deadline. */
    private static final int RETRY_AFTER_SECONDS = 1;

    private final ProblemDetails problem = ProblemDetails.of(ProblemType.NOT_READY, "Too many requests are in flight.")
            .retryableAfter(RETRY_AFTER_SECONDS);

    /** Built once: a shed request must cost next to nothing. */
    private final AggregatedHttpResponse refusal = problem.response();

    private final int maxInFlight;
    private final AtomicInteger inFlight;
    private final Counter shed;

    LoadShedding(int maxInFlight, MeterRegistry meters) {
        this.maxInFlight = maxInFlight;
        inFlight = meters.gauge("gateway.requests.in.flight", new AtomicInteger());
        shed = Counter.builder("gateway.requests.shed")
                .description("requests shed because too many requests were in flight, or too many bodies arriving")
                .register(meters);
    }

    @Override
    public HttpResponse serve(HttpService delegate, ServiceRequestContext context, HttpRequest request)
            throws Exception {
        if (Admission.of(context) == Admission.ORDINARY && !admits(context)) {
            shed.increment();
            return refusal.toHttpResponse();
        }
        return delegate.serve(context, request);
    }

    /**
     * Counts a request as in flight until its response has ended.
     *
     * @throws ProblemException if too many are in flight
     */
    void enter(ServiceRequestContext context) {
        if (!admits(context)) {
            throw refuse();
        }
    }

    /** Counts a request as shed. */
    ProblemException refuse() {
        shed.increment();
        return new ProblemException(problem);
    }

    private boolean admits(ServiceRequestContext context) {
        if (inFlight.incrementAndGet() > maxInFlight) {
            inFlight.decrementAndGet();
            return false;
        }
        var unused = context.log().whenComplete().thenRun(inFlight::decrementAndGet);
        return true;
    }
}
