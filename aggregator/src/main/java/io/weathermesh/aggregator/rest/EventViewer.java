package io.weathermesh.aggregator.rest;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.weather.Fingerprint;
import io.weathermesh.aggregator.weather.WeatherStream;
import io.weathermesh.aggregator.weather.WeatherSubscriber;
import io.weathermesh.proto.weather.v1.WatchWeatherResponse;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A client of REST that looks at a stream, as server-sent events. Before the first one there is no answer yet, so what
 * goes wrong until then is a problem with a status of its own.
 *
 * <p>An event's id names what it says. A client that comes back with the id of what would be said first hears of it only
 * that nothing has changed. Who asks for the head only has seen all of it when there is a first event.
 */
final class EventViewer implements WeatherSubscriber {
    /** When a client comes again after the end, in milliseconds; spread, so that not all of a task's come at once. */
    private static final int RETRY_MIN = 1_000;

    private static final int RETRY_SPREAD = 3_000;

    private final CompletableFuture<HttpResponse> answer = new CompletableFuture<>();
    private final HttpResponseWriter writer = HttpResponse.streaming();
    private final ServiceRequestContext context;
    private final String lastEventId;
    private volatile @Nullable WeatherStream stream; // null until it is open
    private volatile boolean busy;

    EventViewer(ServiceRequestContext context, String lastEventId) {
        this.context = context;
        this.lastEventId = lastEventId;
        var unused = writer.whenComplete().handle((done, failure) -> {
            WeatherStream open = stream;
            if (open != null) {
                open.cancel();
            }
            return null;
        });
    }

    CompletableFuture<HttpResponse> answer() {
        return answer;
    }

    void sees(WeatherStream opened) {
        stream = opened;
        // The request may be over before it has an answer.
        var unused = context.whenRequestCancelled().thenRun(opened::cancel);
        if (writer.isComplete()) {
            opened.cancel();
        }
    }

    @Override
    public boolean isReady() {
        return !busy;
    }

    @Override
    public void weather(Weather weather) {
        boolean first = !answer.isDone();
        if (first) {
            begin(weather);
        }
        String id = idOf(weather);
        write(
                first && id.equals(lastEventId)
                        ? ": nothing has changed\n\n"
                        : "id: " + id + "\nevent: weather\ndata: " + Json.line(weather) + "\n\n");
    }

    private void begin(Weather weather) {
        RequestNotes.of(context).ifPresent(notes -> notes.answeredWith(weather));
        ResponseHeaders head = ResponseHeaders.builder(HttpStatus.OK)
                .contentType(MediaType.EVENT_STREAM)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
                .build();
        if (context.method() == HttpMethod.HEAD) {
            answer.complete(HttpResponse.of(head));
            writer.abort();
        } else {
            context.clearRequestTimeout();
            writer.write(head);
            answer.complete(writer);
        }
    }

    @Override
    public void heartbeat(Instant now) {
        write("event: heartbeat\ndata: "
                + Json.line(WatchWeatherResponse.newBuilder()
                        .setHeartbeatTime(Timestamp.newBuilder().setSeconds(now.getEpochSecond()))
                        .build())
                + "\n\n");
    }

    @Override
    public void ended(RuntimeException reason) {
        if (answer.isDone()) {
            int retry = RETRY_MIN + ThreadLocalRandom.current().nextInt(RETRY_SPREAD);
            if (writer.tryWrite(HttpData.ofUtf8("retry: " + retry + "\n\n"))) {
                writer.close();
            }
        } else {
            answer.complete(Failures.answer(context, reason));
            writer.abort();
        }
    }

    /** The next event waits until this one has been taken by the connection. */
    private void write(String event) {
        busy = true;
        if (writer.tryWrite(HttpData.ofUtf8(event))) {
            var unused = writer.whenConsumed().thenRun(this::taken);
        }
    }

    private void taken() {
        busy = false;
        WeatherStream open = stream;
        if (open != null) {
            open.resume();
        }
    }

    private static String idOf(Weather weather) {
        String tag = EntityTag.of(Fingerprint.of(weather)).text();
        return tag.substring(tag.indexOf('"') + 1, tag.length() - 1);
    }
}
