package io.weathermesh.aggregator.rest;

import com.google.gson.stream.JsonWriter;
import io.weathermesh.mesh.AlarmWords;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How a line of the access log is written. */
public enum AccessLogForm {
    /** One JSON object a line, for machines. */
    JSON,
    /** One line for a person who watches. */
    TEXT,
    /** Nothing is written. */
    OFF;

    private static final int USUAL_CHARACTERS = 512;

    /** The line without its end. Its parts have no control characters, so it is one line in either form. */
    String line(AccessEntry entry) {
        return this == JSON ? json(entry) : text(entry);
    }

    private static String json(AccessEntry entry) {
        StringWriter text = new StringWriter(USUAL_CHARACTERS);
        try (JsonWriter line = new JsonWriter(text)) {
            line.beginObject();
            line.name("type").value("access");
            line.name("time").value(entry.time().toString());
            line.name("requestId").value(entry.requestId());
            line.name("traceId").value(entry.traceId());
            line.name("client").value(entry.client());
            line.name("method").value(entry.method());
            line.name("path").value(entry.path());
            line.name("route").value(entry.route());
            line.name("protocol").value(entry.protocol());
            line.name("status").value(entry.status());
            line.name("bytes").value(entry.bytes());
            line.name("durationMs").value(Math.round(entry.milliseconds() * 1000) / 1000.0);
            line.name(AlarmWords.OUTCOME).value(entry.outcome().name());
            Map<String, String> providers = entry.outcome().providers();
            if (!providers.isEmpty()) {
                line.name("providers").beginObject();
                for (Map.Entry<String, String> provider : providers.entrySet()) {
                    line.name(provider.getKey()).value(provider.getValue());
                }
                line.endObject();
            }
            line.name("userAgent").value(entry.userAgent());
            line.endObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail to be written", e);
        }
        return text.toString();
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
