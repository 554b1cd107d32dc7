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

/** Counts and times requests by route, method and status, and counts partial responses. */
final class RequestMeters implements AccessLogWriter {
    private final MeterRegistry meters;
    private final Counter partial;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    /** Each of them has few values: routes are patterns, and methods those of HTTP. */
    private record Key(String route, String method, int status) {}

    RequestMeters(MeterRegistry meters) {
        this.meters = meters;
        partial = Counter.builder("gateway.answers.partial")
                .description("responses with a value missing or stale")
                .register(meters);
    }

    @Override
    public void log(RequestLog log) {
        if (log.context() instanceof ServiceRequestContext context) {
            int status = log.responseStatus().code();
            Key key = new Key(AccessEntry.routeOf(context), context.method().name(), status);
            timers.computeIfAbsent(key, this::timer).record(log.totalDurationNanos(), TimeUnit.NANOSECONDS);
            boolean isPartial = RequestRecord.of(context)
                    .map(record -> record.outcome(status).kind() == RequestOutcome.Kind.PARTIAL)
                    .orElse(false);
            if (isPartial) {
                partial.increment();
            }
        }
    }

    private Timer timer(Key key) {
        return Timer.builder("gateway.requests")
                .description("requests by route, method and status; status 0 if the client went away")
                .tag("route", key.route().isEmpty() ? "none" : key.route())
                .tag("method", key.method())
                .tag("status", Integer.toString(key.status()))
                .register(meters);
    }
}
