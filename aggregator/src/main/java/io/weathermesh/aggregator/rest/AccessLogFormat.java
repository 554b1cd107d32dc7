package io.weathermesh.aggregator.rest;

import java.util.Locale;
import java.util.stream.Collectors;

/** The format of the access log. */
public enum AccessLogFormat {
    /** One JSON object in each line, for machines. */
    JSON,
    /** One line for a person at a terminal. */
    TEXT,
    /** No access log. */
    OFF;

    /** The line without its line break. Its fields have no control characters, so it is one line in either format. */
    String line(AccessEntry entry) {
        return this == JSON ? json(entry) : text(entry);
    }

    private static String json(AccessEntry entry) {
        return new JsonLine()
                .put("type", "access")
                .put("time", entry.time().toString())
                .put("requestId", entry.requestId())
                .put("traceId", entry.traceId())
                .putUnlessEmpty("loadBalancerTraceId", entry.loadBalancerTraceId())
                .put("client", entry.client())
                .put("method", entry.method())
                .put("path", entry.path())
                .put("route", entry.route())
                .put("protocol", entry.protocol())
                .put("status", entry.status())
                .put("bytes", entry.bytes())
                .put("durationMs", Math.round(entry.milliseconds() * 1000) / 1000.0)
                .put(GatewayNames.OUTCOME, entry.outcome().kind().name())
                .put("providers", entry.outcome().providers())
                .put("userAgent", entry.userAgent())
                .toString();
    }

    private static String text(AccessEntry entry) {
        String providers = entry.outcome().providers().entrySet().stream()
                .map(provider -> " " + provider.getKey() + "=" + provider.getValue())
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT,
                "%s %s %s %s %d %s %d B %.1f ms%s id=%s",
                entry.time(),
                entry.client(),
                entry.method(),
                entry.path(),
                entry.status(),
                entry.outcome().kind().name(),
                entry.bytes(),
                entry.milliseconds(),
                providers,
                entry.requestId());
    }
}
