package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import io.weathermesh.aggregator.weather.StreamRequest;
import io.weathermesh.aggregator.weather.WeatherStreams;
import java.util.Optional;

/** {@code GET /v1/weather/{location}/stream}: the weather as server-sent events. */
final class StreamRoute {
    private static final String BEFORE = "/v1/weather/";
    private static final String BEHIND = "/stream";
    private static final Route ROUTE = Route.builder()
            .path(BEFORE + "{location}" + BEHIND)
            .methods(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS)
            .build();
    private static final AsciiString LAST_EVENT_ID = HttpHeaderNames.of("last-event-id");

    private final WeatherStreams watches;
    private final StreamsOfClients streams;

    StreamRoute(WeatherStreams watches, StreamsOfClients streams) {
        this.watches = watches;
        this.streams = streams;
    }

    /** Whether a request is for a stream, which stays open without working. */
    static boolean isStream(ServiceRequestContext context) {
        return context.config().route().patternString().equals(ROUTE.patternString());
    }

    void addTo(ServerBuilder server) {
        server.service(ROUTE, this::serve);
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        // Whose body is not read, though it is empty, counts as a slow client and is hung up on.
        var unused = request.aggregate();
        EventViewer viewer = new EventViewer(context, request.headers().get(LAST_EVENT_ID, ""));
        try {
            streams.enter(context);
            viewer.sees(watches.open(question(RawTarget.of(context, request)), viewer));
            return HttpResponse.of(viewer.answer());
        } catch (RuntimeException refused) {
            return Failures.answer(context, refused);
        }
    }

    private static StreamRequest question(String raw) {
        RawTarget.check(raw);
        String location = RawTarget.segment(raw, BEFORE);
        return new StreamRequest(Parameters.place(
                RawTarget.query(raw), Optional.of(location.substring(0, location.length() - BEHIND.length()))));
    }
}
