package io.weathermesh.aggregator.rest;

import com.google.protobuf.Message;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.weathermesh.aggregator.providers.Provenances;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The GET routes below {@code /v1}: each parses its target, looks up, and states how long caches may keep the result. */
final class WeatherRoutes {
    private static final String WEATHER = "/v1/weather/";
    private static final String CLIMATE = "/v1/climate/";

    /** Places change with a release only. */
    private static final Duration LOCATIONS_LIFE = Duration.ofHours(1);

    private static final Instant NO_STORE = Instant.EPOCH;

    private final WeatherLookup lookup;
    private final RequestScope scope;
    private final ResponseCache cache;
    private final Clock clock;

    WeatherRoutes(WeatherLookup lookup, RequestScope scope, ResponseCache cache, Clock clock) {
        this.lookup = lookup;
        this.scope = scope;
        this.cache = cache;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        add(routes, "/v1/weather", target -> weather(target, Optional.empty()));
        add(
                routes,
                "prefix:" + WEATHER,
                target -> weather(target, Optional.of(RequestTarget.segment(target, WEATHER))));
        add(routes, "/v1/climate", target -> climate(target, Optional.empty()));
        add(
                routes,
                "prefix:" + CLIMATE,
                target -> climate(target, Optional.of(RequestTarget.segment(target, CLIMATE))));
        add(routes, "/v1/locations", this::locations);
        add(routes, "/v1/sources", this::sources);
    }

    /** A result, and the instant until which caches may keep it. */
    private record Result(Message message, Instant expires) {}

    @FunctionalInterface
    private interface Operation {
        CompletionStage<Result> run(String target);
    }

    private void add(Routes routes, String path, Operation operation) {
        routes.ordinary(path, (context, request) -> {
            String target = RequestTarget.of(context, request);
            CachedResponse cached = cache.get(target);
            return cached == null
                    ? HttpResponse.of(run(context, request, target, operation))
                    : respond(context, request, cached);
        });
    }

    private CompletionStage<HttpResponse> run(
            ServiceRequestContext context, HttpRequest request, String target, Operation operation) {
        return scope.run(context, () -> {
                    RequestTarget.check(target);
                    return operation.run(target);
                })
                .handle((result, failure) -> {
                    if (failure != null) {
                        return ErrorResponses.of(context, failure);
                    }
                    CachedResponse response = new CachedResponse(result.message(), result.expires());
                    cache.put(target, response);
                    return respond(context, request, response);
                });
    }

    private HttpResponse respond(ServiceRequestContext context, HttpRequest request, CachedResponse response) {
        RequestRecord.of(context).ifPresent(record -> record.endedAs(response.outcome()));
        return response.toHttp(request.headers(), clock.instant());
    }

    private CompletionStage<Result> weather(String target, Optional<String> location) {
        return lookup.lookup(Parameters.place(RequestTarget.query(target), location))
                .thenApply(weather -> new Result(
                        weather,
                        expires(weather.getStatus(), Provenances.of(weather).values())));
    }

    private CompletionStage<Result> climate(String target, Optional<String> location) {
        return lookup.climate(Parameters.place(RequestTarget.query(target), location))
                .thenApply(climate -> new Result(
                        climate,
                        expires(climate.getStatus(), Provenances.of(climate).values())));
    }

    private CompletionStage<Result> locations(String target) {
        return CompletableFuture.completedFuture(new Result(
                lookup.search(Parameters.search(RequestTarget.query(target))),
                clock.instant().plus(LOCATIONS_LIFE)));
    }

    private CompletionStage<Result> sources(String target) {
        Parameters.none(RequestTarget.query(target));
        return lookup.sources().thenApply(sources -> new Result(sources, NO_STORE));
    }

    /** The earliest expire time of the values; a partial result is not kept at all. */
    private static Instant expires(Weather.Status status, Collection<Provenance> provenances) {
        return status == Weather.Status.STATUS_COMPLETE
                ? Instant.ofEpochSecond(provenances.stream()
                        .mapToLong(provenance -> provenance.getExpireTime().getSeconds())
                        .min()
                        .orElse(0))
                : NO_STORE;
    }
}
