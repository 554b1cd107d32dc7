package io.weathermesh.aggregator.rest;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.netty.util.AsciiString;
import io.weathermesh.aggregator.weather.StreamRequest;
import io.weathermesh.aggregator.weather.WeatherStreams;
import java.util.Optional;

/** {@code GET /v1/weather/{location}/stream}: {@code WatchWeather} as server-sent events. */
final class StreamRoute {
    private static final String PREFIX = "/v1/weather/";
    private static final String SUFFIX = "/stream";
    private static final AsciiString LAST_EVENT_ID = HttpHeaderNames.of("last-event-id");

    private final WeatherStreams streams;

    StreamRoute(WeatherStreams streams) {
        this.streams = streams;
    }

    void addTo(Routes routes) {
        routes.stream(PREFIX + "{location}" + SUFFIX, this::serve);
    }

    private HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
        // Reads the body, though it is empty: an unread one counts as a slow request, and its connection is closed.
        var unused = request.aggregate();
        EventSubscriber subscriber =
                new EventSubscriber(context, request.headers().get(LAST_EVENT_ID, ""));
        try {
            subscriber.subscribed(streams.open(streamRequest(RequestTarget.of(context, request)), subscriber));
            return HttpResponse.of(subscriber.response());
        } catch (RuntimeException failure) {
            return ErrorResponses.of(context, failure);
        }
    }

    private static StreamRequest streamRequest(String target) {
        RequestTarget.check(target);
        String location = RequestTarget.segment(target, PREFIX);
        return new StreamRequest(Parameters.place(
                RequestTarget.query(target), Optional.of(location.substring(0, location.length() - SUFFIX.length()))));
    }
}
