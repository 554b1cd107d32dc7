package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.weather.WeatherDesk;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The routes below {@code /v1}: each reads its question, asks the desk, and says how long the answer may be kept. */
final class WeatherRoutes {
    private static final String WEATHER = "/v1/weather/";
    private static final String CLIMATE = "/v1/climate/";

    /** The usual year does not change while a process lives; an hour lets a new table through. */
    private static final long CLIMATE_SECONDS = 3_600;

    /** The places change with a release only. */
    private static final long LOCATIONS_SECONDS = 3_600;

    private static final long NO_STORE = 0;

    private final WeatherDesk desk;
    private final RequestScope scope;
    private final Clock clock;

    WeatherRoutes(WeatherDesk desk, RequestScope scope, Clock clock) {
        this.desk = desk;
        this.scope = scope;
        this.clock = clock;
    }

    void addTo(ServerBuilder server) {
        get(server, "/v1/weather", raw -> weather(raw, Optional.empty()));
        get(server, "prefix:" + WEATHER, raw -> weather(raw, Optional.of(RawTarget.segment(raw, WEATHER))));
        get(server, "/v1/climate", raw -> climate(raw, Optional.empty()));
        get(server, "prefix:" + CLIMATE, raw -> climate(raw, Optional.of(RawTarget.segment(raw, CLIMATE))));
        get(server, "/v1/locations", raw -> locations(raw));
        get(server, "/v1/sources", raw -> sources(raw));
    }

    /** An answer of the contract, and for how many seconds it may be kept. */
    private record Answer(Message message, long freshSeconds) {}

    @FunctionalInterface
    private interface Question {
        CompletionStage<Answer> ask(String rawTarget);
    }

    private void get(ServerBuilder server, String path, Question question) {
        HttpService service = (context, request) -> HttpResponse.of(answer(context, request, question));
        server.route().get(path).head(path).options(path).build(service);
    }

    private CompletionStage<HttpResponse> answer(
            ServiceRequestContext context, HttpRequest request, Question question) {
        return scope.ask(context, () -> {
                    String raw = RawTarget.of(context, request);
                    RawTarget.check(raw);
                    return question.ask(raw);
                })
                .handle((answer, failure) -> {
                    if (failure != null) {
                        RequestNotes.of(context).ifPresent(notes -> notes.failedBy(failure));
                        return Failures.problem(failure).response().toHttpResponse();
                    }
                    RequestNotes.of(context).ifPresent(notes -> notes.answeredWith(answer.message()));
                    return new CachedForm(answer.message(), clock.instant(), answer.freshSeconds())
                            .answer(request.headers());
                });
    }

    private CompletionStage<Answer> weather(String raw, Optional<String> location) {
        return desk.lookup(Parameters.place(RawTarget.query(raw), location))
                .thenApply(weather -> new Answer(weather, freshSeconds(weather)));
    }

    private CompletionStage<Answer> climate(String raw, Optional<String> location) {
        return desk.climate(Parameters.place(RawTarget.query(raw), location))
                .thenApply(climate -> new Answer(climate, isPartial(climate) ? NO_STORE : CLIMATE_SECONDS));
    }

    private CompletionStage<Answer> locations(String raw) {
        return CompletableFuture.completedFuture(
                new Answer(desk.search(Parameters.search(RawTarget.query(raw))), LOCATIONS_SECONDS));
    }

    private CompletionStage<Answer> sources(String raw) {
        Parameters.none(RawTarget.query(raw));
        return desk.sources().thenApply(sources -> new Answer(sources, NO_STORE));
    }

    private static boolean isPartial(Climate climate) {
        return climate.getStatus() != Weather.Status.STATUS_COMPLETE;
    }

    /** Until the first of the two values expires; a partial answer is not kept at all. */
    private long freshSeconds(Weather weather) {
        if (weather.getStatus() != Weather.Status.STATUS_COMPLETE) {
            return NO_STORE;
        }
        long expires = Math.min(
                weather.getTemperature().getProvenance().getExpireTime().getSeconds(),
                weather.getRelativeHumidity().getProvenance().getExpireTime().getSeconds());
        return Math.max(NO_STORE, expires - clock.instant().getEpochSecond());
    }
}
