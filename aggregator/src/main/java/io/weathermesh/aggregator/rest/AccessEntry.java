package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.logging.RequestLog;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.NetUtil;
import java.time.Instant;

/**
 * What the access log keeps of one request. Texts that a client chose are printable ASCII of bounded length. The query
 * is left out: it can hold where somebody is, and what was sent to a wrong address by mistake.
 *
 * @param path as it came, percent-encoded
 * @param route the pattern that matched, empty where none did
 * @param bytes of the answer's body as sent
 */
record AccessEntry(
        Instant time,
        String requestId,
        String traceId,
        String client,
        String method,
        String path,
        String route,
        String protocol,
        int status,
        long bytes,
        double milliseconds,
        Outcome outcome,
        String userAgent) {
    private static final int MAX_TEXT = 300;
    private static final double NANOS_PER_MILLISECOND = 1e6;

    /** Nothing is known of a request that was refused before it had a name. */
    private static final String UNKNOWN = "";

    AccessEntry {
        method = printable(method);
        path = printable(path);
        userAgent = printable(userAgent);
    }

    static AccessEntry of(RequestLog log, ServiceRequestContext context, ClientAddress clients) {
        var notes = RequestNotes.of(context);
        int status = log.responseStatus().code();
        return new AccessEntry(
                Instant.ofEpochMilli(log.requestStartTimeMillis()),
                notes.map(RequestNotes::requestId).orElse(UNKNOWN),
                notes.map(note -> note.trace().traceId()).orElse(UNKNOWN),
                NetUtil.toAddressString(notes.map(RequestNotes::client).orElseGet(() -> clients.of(context))),
                context.method().name(),
                context.path(),
                routeOf(context),
                context.sessionProtocol().uriText(),
                status,
                log.responseLength(),
                log.totalDurationNanos() / NANOS_PER_MILLISECOND,
                notes.map(note -> note.outcome(status)).orElseGet(() -> Outcome.ofStatus(status)),
                log.requestHeaders().get(HttpHeaderNames.USER_AGENT, UNKNOWN));
    }

    /** The pattern of the route, the same for every place: safe as the name of a meter. */
    static String routeOf(ServiceRequestContext context) {
        var route = context.config().route();
        return route.isFallback() ? "" : route.patternString();
    }

    private static String printable(String text) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), MAX_TEXT));
        for (int i = 0; i < text.length() && i < MAX_TEXT; i++) {
            char c = text.charAt(i);
            clean.append(c >= ' ' && c <= '~' ? c : '?');
        }
        return clean.toString();
    }
}
