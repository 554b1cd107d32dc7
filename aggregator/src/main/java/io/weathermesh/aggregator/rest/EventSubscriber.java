package io.weathermesh.aggregator.rest;

import com.google.protobuf.Timestamp;
import com.linecorp.armeria.common.HttpData;
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
 * A REST client of a stream, as server-sent events. The response starts with the first event, so a failure before it is a
 * problem with a status of its own. A response to HEAD ends there.
 *
 * <p>The id of an event is derived from its content. A client that reconnects with the id of the current weather gets a
 * comment instead.
 */
final class EventSubscriber implements WeatherSubscriber {
    /** The client's delay before it reconnects, in milliseconds; random, so that a task's clients do not all come at once. */
    private static final int MIN_RETRY = 1_000;

    private static final int RETRY_SPREAD = 3_000;

    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    private final HttpResponseWriter writer = HttpResponse.streaming();
    private final ServiceRequestContext context;
    private final String lastEventId;
    private volatile @Nullable WeatherStream stream; // null until the stream is open
    private volatile boolean busy;

    EventSubscriber(ServiceRequestContext context, String lastEventId) {
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

    CompletableFuture<HttpResponse> response() {
        return response;
    }

    /** Must be called when the stream is open. */
    void subscribed(WeatherStream opened) {
        stream = opened;
        // The request may end before its response starts.
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
        boolean first = !response.isDone();
        if (first) {
            start(weather);
        }
        String id = EntityTag.of(Fingerprint.of(weather)).opaque();
        write(
                first && id.equals(lastEventId)
                        ? ": nothing has changed\n\n"
                        : "id: " + id + "\nevent: weather\ndata: " + Json.line(weather) + "\n\n");
    }

    private void start(Weather weather) {
        RequestRecord.of(context).ifPresent(record -> record.respondedWith(weather));
        ResponseHeaders head =
                CacheHeaders.noStore(HttpStatus.OK, MediaType.EVENT_STREAM).build();
        if (context.method() == HttpMethod.HEAD) {
            response.complete(HttpResponse.of(head));
            writer.abort();
        } else {
            context.clearRequestTimeout();
            writer.write(head);
            response.complete(writer);
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
        if (response.isDone()) {
            int retry = MIN_RETRY + ThreadLocalRandom.current().nextInt(RETRY_SPREAD);
            if (writer.tryWrite(HttpData.ofUtf8("retry: " + retry + "\n\n"))) {
                writer.close();
            }
        } else {
            response.complete(ErrorResponses.of(context, reason));
            writer.abort();
        }
    }

    /** The subscriber is not ready until the connection has taken the event. */
    private void write(String event) {
        busy = true;
        if (writer.tryWrite(HttpData.ofUtf8(event))) {
            var unused = writer.whenConsumed().thenRun(this::resume);
        }
    }

    private void resume() {
        busy = false;
        WeatherStream open = stream;
        if (open != null) {
            open.resume();
        }
    }
}
