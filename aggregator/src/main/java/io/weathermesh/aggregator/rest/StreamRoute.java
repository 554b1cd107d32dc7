package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import io.weathermesh.aggregator.weather.WatchQuestion;
import io.weathermesh.aggregator.weather.WeatherWatches;
import java.util.Optional;

/** {@code GET /v1/weather/{location}/stream}: the weather as server-sent events. */
final class StreamRoute {
    private static final String BEFORE = "/v1/weather/";
    private static final String BEHIND = "/stream";
    private static final AsciiString LAST_EVENT_ID = HttpHeaderNames.of("last-event-id");

    private final WeatherWatches watches;

    StreamRoute(WeatherWatches watches) {
        this.watches = watches;
    }

    void addTo(ServerBuilder server) {
        String path = BEFORE + "{location}" + BEHIND;
        server.route().get(path).options(path).build(this::serve);
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        // Whose body is not read, though it is empty, counts as a slow client and is hung up on.
        var unused = request.aggregate();
        EventViewer viewer = new EventViewer(context, request.headers().get(LAST_EVENT_ID, ""));
        try {
            viewer.sees(watches.open(question(RawTarget.of(context, request)), viewer));
            return HttpResponse.of(viewer.answer());
        } catch (RuntimeException refused) {
            return Failures.problem(refused).response().toHttpResponse();
        }
    }

    private static WatchQuestion question(String raw) {
        RawTarget.check(raw);
        String location = RawTarget.segment(raw, BEFORE);
        return new WatchQuestion(Parameters.place(
                RawTarget.query(raw), Optional.of(location.substring(0, location.length() - BEHIND.length()))));
    }
}
