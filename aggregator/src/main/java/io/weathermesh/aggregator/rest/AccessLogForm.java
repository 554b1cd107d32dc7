package io.weathermesh.aggregator.rest;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import io.weathermesh.mesh.AlarmWords;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a line of the access log is written. */
public enum AccessLogForm {
    /** One JSON object a line, for machines. */
    JSON,
    /** One line for a person who watches. */
    TEXT,
    /** Nothing is written. */
    OFF;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    /** The line without its end. Its parts have no control characters, so it is one line in either form. */
    String line(AccessEntry entry) {
        return this == JSON ? json(entry) : text(entry);
    }

    private static String json(AccessEntry entry) {
        JsonObject line = new JsonObject();
        line.addProperty("type", "access");
        line.addProperty("time", entry.time().toString());
        line.addProperty("requestId", entry.requestId());
        line.addProperty("traceId", entry.traceId());
        line.addProperty("client", entry.client());
        line.addProperty("method", entry.method());
        line.addProperty("path", entry.path());
        line.addProperty("route", entry.route());
        line.addProperty("protocol", entry.protocol());
        line.addProperty("status", entry.status());
        line.addProperty("bytes", entry.bytes());
        line.addProperty("durationMs", Math.round(entry.milliseconds() * 1000) / 1000.0);
        line.addProperty(AlarmWords.OUTCOME, entry.outcome().name());
        JsonObject providers = new JsonObject();
        entry.outcome().providers().forEach(providers::addProperty);
        if (!providers.isEmpty()) {
            line.add("providers", providers);
        }
        line.addProperty("userAgent", entry.userAgent());
        return GSON.toJson(line);
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
                entry.outcome().name(),
                entry.bytes(),
                entry.milliseconds(),
                providers,
                entry.requestId());
    }
}
