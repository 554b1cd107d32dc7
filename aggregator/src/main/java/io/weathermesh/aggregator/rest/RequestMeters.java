package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.logging.AccessLogWriter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Counts and times what was answered, by route, method and status, and the answers that were partial. */
final class RequestMeters implements AccessLogWriter {
    private final MeterRegistry meters;
    private final Counter partial;
    private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

    /** All bounded: routes are patterns, methods those that HTTP knows. */
    private record Kind(String route, String method, int status) {}

    RequestMeters(MeterRegistry meters) {
        this.meters = meters;
        partial = Counter.builder("gateway.answers.partial")
                .description("answers with a value missing or stale")
                .register(meters);
    }

    @Override
    public void log(RequestLog log) {
        if (log.context() instanceof ServiceRequestContext context) {
            int status = log.responseStatus().code();
            Kind kind = new Kind(AccessEntry.routeOf(context), context.method().name(), status);
            timers.computeIfAbsent(kind, this::timer).record(log.totalDurationNanos(), TimeUnit.NANOSECONDS);
            boolean isPartial = RequestNotes.of(context)
                    .map(notes -> notes.outcome(status).name().equals(GatewayNames.PARTIAL))
                    .orElse(false);
            if (isPartial) {
                partial.increment();
            }
        }
    }

    private Timer timer(Kind kind) {
        return Timer.builder("gateway.requests")
                .description("requests answered, by route, method and status; 0 when the client went away")
                .tag("route", kind.route().isEmpty() ? "none" : kind.route())
                .tag("method", kind.method())
                .tag("status", Integer.toString(kind.status()))
                .register(meters);
    }
}
