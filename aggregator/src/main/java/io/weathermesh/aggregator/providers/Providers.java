package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The providers, all asked at once. A future never fails: what goes wrong is a {@link ProviderResult.Missing} in words that name
 * no task. Calls take the deadline and the cancellation of the current {@link io.grpc.Context}.
 */
public final class Providers {
    /** Whom the gateway puts its answers together from, in the order in which it tells of them. */
    public static final List<ProviderContract> CONTRACTS = List.of(
            new ProviderContract(
                    "temperature-provider",
                    TemperatureServiceGrpc.getServiceDescriptor(),
                    Weather.TEMPERATURE_FIELD_NUMBER,
                    "Cel"),
            new ProviderContract(
                    "humidity-provider",
                    HumidityServiceGrpc.getServiceDescriptor(),
                    Weather.RELATIVE_HUMIDITY_FIELD_NUMBER,
                    "%"));

    private final List<ProviderClient> all;
    private final List<Readings> readings;
    private final List<Years> years;

    private Providers(List<ProviderClient> all, List<Readings> readings, List<Years> years) {
        this.all = List.copyOf(all);
        this.readings = List.copyOf(readings);
        this.years = List.copyOf(years);
    }

    /** Asks for every answer anew. */
    public Providers(List<ProviderClient> all) {
        this(
                all,
                List.copyOf(all),
                all.stream()
                        .map(ProviderClient::years)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /**
     * The same providers, asked once for what several want to know, and not again until it expires.
     *
     * @param callDeadline the longest that a call may take for which several wait
     */
    public Providers remembered(Duration callDeadline, Clock clock, CacheMeters meters) {
        List<Readings> readingsOf = new ArrayList<>();
        List<Years> yearsOf = new ArrayList<>();
        for (ProviderClient provider : all) {
            String name = provider.name();
            CacheMeters.OfProvider counts = meters.of(name);
            // Outside of the sharing: what is known needs no flight.
            readingsOf.add(new CachedReadings(
                    new SharedReadings(provider, new SingleFlight<>(name, callDeadline, counts)), clock, counts));
            provider.years()
                    .map(source -> new RememberedYears(
                            name, source, new SingleFlight<>(name, callDeadline, counts), clock, meters))
                    .ifPresent(yearsOf::add);
        }
        return new Providers(all, readingsOf, yearsOf);
    }

    public List<ProviderClient> all() {
        return all;
    }

    /** A reading of each provider, in their order. */
    public CompletableFuture<List<ProviderResult<Reading>>> at(Point point, Timestamp instant) {
        return ofEach(readings, provider -> provider.at(point, instant));
    }

    /** For each provider, in their order, what {@link Readings#atEach} says. */
    public CompletableFuture<List<List<ProviderResult<Reading>>>> atEach(List<Point> points, Timestamp instant) {
        return ofEach(readings, provider -> provider.atEach(points, instant));
    }

    /** What each provider that knows a usual year adds to it. */
    public CompletableFuture<List<ProviderResult<Year>>> climate(Point point) {
        return ofEach(years, provider -> provider.at(point));
    }

    /** Each provider's sources, in the providers' order. */
    public CompletableFuture<List<ProviderResult<List<Source>>>> sources() {
        return ofEach(all, ProviderClient::sources);
    }

    /** Asks each before any is waited for. */
    private static <P, T> CompletableFuture<List<T>> ofEach(List<P> asked, Function<P, CompletableFuture<T>> question) {
        List<CompletableFuture<T>> answers = new ArrayList<>(asked.size());
        for (P one : asked) {
            answers.add(question.apply(one));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
                .thenApply(all -> answers.stream().map(CompletableFuture::join).toList());
    }
}
