package io.weathermesh.aggregator.providers;

import com.google.protobuf.Timestamp;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.humidity.v1.HumidityServiceGrpc;
import io.weathermesh.proto.temperature.v1.TemperatureServiceGrpc;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * All providers, called at once. A future never fails: a failed call is a {@link ProviderResult} without a value. Calls have
 * the deadline and the cancellation of the current {@link io.grpc.Context}.
 */
public final class Providers {
    /** The contracts of all providers, in the order in which responses list them. */
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

    private final List<Provider> all;

    public Providers(List<? extends Provider> all) {
        this.all = List.copyOf(all);
    }

    /**
     * The same providers behind caches.
     *
     * @param callDeadline the longest duration of a call that several requests share
     */
    public Providers cached(Duration callDeadline, Clock clock, CacheMeters meters) {
        return new Providers(all.stream()
                .map(provider -> new CachedProvider(provider, callDeadline, clock, meters))
                .toList());
    }

    public List<Provider> all() {
        return all;
    }

    /** The reading of each provider, in their order. */
    public CompletableFuture<List<ProviderResult<Reading<Weather>>>> lookup(Point point, Timestamp instant) {
        return ofEach(all, provider -> provider.lookup(point, instant));
    }

    /** For each provider, in their order, the readings at the points, in their order. */
    public CompletableFuture<List<List<ProviderResult<Reading<Weather>>>>> lookupEach(
            List<Point> points, Timestamp instant) {
        return ofEach(all, provider -> provider.lookupEach(points, instant));
    }

    /** The climate of each provider that has climates. */
    public CompletableFuture<List<ProviderResult<Reading<Climate>>>> climate(Point point) {
        return ofEach(all.stream().filter(Provider::hasClimates).toList(), provider -> provider.climate(point));
    }

    /** The sources of each provider, in their order. */
    public CompletableFuture<List<ProviderResult<List<Source>>>> sources() {
        return ofEach(all, Provider::sources);
    }

    /** Starts all calls before it waits for any. */
    private static <T> CompletableFuture<List<T>> ofEach(
            List<Provider> providers, Function<Provider, CompletableFuture<T>> call) {
        List<CompletableFuture<T>> results = new ArrayList<>(providers.size());
        for (Provider provider : providers) {
            results.add(call.apply(provider));
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(all -> results.stream().map(CompletableFuture::join).toList());
    }
}
