package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The routes below {@code /v1}: each reads its question, asks the desk, and says how long the answer may be kept. */
final class WeatherRoutes {
    private static final String WEATHER = "/v1/weather/";
    private static final String CLIMATE = "/v1/climate/";

    /** The places change with a release only. */
    private static final Duration LOCATIONS_LIFE = Duration.ofHours(1);

    private static final Instant NO_STORE = Instant.EPOCH;

    private final WeatherLookup desk;
    private final RequestScope scope;
    private final RenderedAnswers rendered;
    private final Clock clock;

    WeatherRoutes(WeatherLookup desk, RequestScope scope, RenderedAnswers rendered, Clock clock) {
        this.desk = desk;
        this.scope = scope;
        this.rendered = rendered;
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

    /** An answer of the contract, and until when it may be kept. */
    private record Answer(Message message, Instant expires) {}

    @FunctionalInterface
    private interface Question {
        CompletionStage<Answer> ask(String rawTarget);
    }

    private void get(ServerBuilder server, String path, Question question) {
        HttpService service = (context, request) -> {
            String raw = RawTarget.of(context, request);
            CachedForm known = rendered.get(raw);
            return known == null
                    ? HttpResponse.of(answer(context, request, raw, question))
                    : answer(context, request, known);
        };
        server.route().get(path).head(path).options(path).build(service);
    }

    private CompletionStage<HttpResponse> answer(
            ServiceRequestContext context, HttpRequest request, String raw, Question question) {
        return scope.ask(context, () -> {
                    RawTarget.check(raw);
                    return question.ask(raw);
                })
                .handle((answer, failure) -> {
                    if (failure != null) {
                        return Failures.answer(context, failure);
                    }
                    CachedForm form = new CachedForm(answer.message(), answer.expires());
                    rendered.keep(raw, form);
                    return answer(context, request, form);
                });
    }

    private HttpResponse answer(ServiceRequestContext context, HttpRequest request, CachedForm form) {
        RequestNotes.of(context).ifPresent(notes -> notes.endsAs(form.outcome()));
        return form.answer(request.headers(), clock.instant());
    }

    private CompletionStage<Answer> weather(String raw, Optional<String> location) {
        return desk.lookup(Parameters.place(RawTarget.query(raw), location))
                .thenApply(weather -> new Answer(weather, expires(weather.getStatus(), Provenances.of(weather))));
    }

    private CompletionStage<Answer> climate(String raw, Optional<String> location) {
        return desk.climate(Parameters.place(RawTarget.query(raw), location))
                .thenApply(climate -> new Answer(climate, expires(climate.getStatus(), Provenances.of(climate))));
    }

    private CompletionStage<Answer> locations(String raw) {
        return CompletableFuture.completedFuture(new Answer(
                desk.search(Parameters.search(RawTarget.query(raw))),
                clock.instant().plus(LOCATIONS_LIFE)));
    }

    private CompletionStage<Answer> sources(String raw) {
        Parameters.none(RawTarget.query(raw));
        return desk.sources().thenApply(sources -> new Answer(sources, NO_STORE));
    }

    /** When the first of its values does; a partial answer is not kept at all. */
    private static Instant expires(Weather.Status status, Map<String, Provenance> provenances) {
        return status == Weather.Status.STATUS_COMPLETE
                ? Instant.ofEpochSecond(provenances.values().stream()
                        .mapToLong(provenance -> provenance.getExpireTime().getSeconds())
                        .min()
                        .orElse(0))
                : NO_STORE;
    }
}
