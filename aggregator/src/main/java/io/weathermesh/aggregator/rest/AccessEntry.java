package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.NetUtil;
import java.time.Instant;

/**
 * One request in the access log. Text from the client is printable ASCII of limited length. The query is left out: it can
 * reveal where a person is, and what was sent here by mistake.
 *
 * @param loadBalancerTraceId the root of {@code X-Amzn-Trace-Id}, empty if there is none
 * @param path percent-encoded, as the client sent it
 * @param route the pattern of the route, empty if none matched
 * @param bytes the length of the response body as sent
 */
record AccessEntry(
        Instant time,
        String requestId,
        String traceId,
        String loadBalancerTraceId,
        String client,
        String method,
        String path,
        String route,
        String protocol,
        int status,
        long bytes,
        double milliseconds,
        RequestOutcome outcome,
        String userAgent) {
    private static final int MAX_CHARACTERS = 300;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** For a request that was refused before it got an id. */
    private static final String UNKNOWN = "";

    AccessEntry {
        method = printable(method);
        path = printable(path);
        userAgent = printable(userAgent);
    }

    static AccessEntry of(RequestLog log, ServiceRequestContext context, ClientAddress clients) {
        var record = RequestRecord.of(context);
        int status = log.responseStatus().code();
        return new AccessEntry(
                Instant.ofEpochMilli(log.requestStartTimeMillis()),
                record.map(RequestRecord::requestId).orElse(UNKNOWN),
                record.map(known -> known.trace().traceId()).orElse(UNKNOWN),
                record.map(known -> known.trace().loadBalancerId()).orElse(UNKNOWN),
                NetUtil.toAddressString(record.map(RequestRecord::client).orElseGet(() -> clients.of(context))),
                context.method().name(),
                context.path(),
                routeOf(context),
                context.sessionProtocol().uriText(),
                status,
                log.responseLength(),
                log.totalDurationNanos() / NANOS_PER_MILLISECOND,
                record.map(known -> known.outcome(status)).orElseGet(() -> RequestOutcome.ofStatus(status)),
                log.requestHeaders().get(HttpHeaderNames.USER_AGENT, UNKNOWN));
    }

    /** The pattern of the route, which is the same for every place, so that it can be the tag of a meter. */
    static String routeOf(ServiceRequestContext context) {
        var route = context.config().route();
        return route.isFallback() ? "" : route.patternString();
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_CHARACTERS));
        for (int i = 0; i < text.length() && i < MAX_CHARACTERS; i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return clean.toString();
    }
}
