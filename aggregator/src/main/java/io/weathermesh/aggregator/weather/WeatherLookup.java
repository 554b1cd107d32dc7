package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.aggregator.providers.Provider;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.ListSourcesResponse;
import io.weathermesh.proto.weather.v1.ListSourcesResponse.ProviderSources;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsRequest;
import io.weathermesh.proto.weather.v1.SearchLocationsResponse;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The weather, the climate and the search for places, the same for REST and gRPC.
 *
 * <p>All providers are called at once, for the same instant, under the deadline and the cancellation of the current {@link
 * io.grpc.Context}. Nothing blocks. A method fails with {@link InvalidFieldException}, {@link PlaceNotFoundException} or
 * {@link ProvidersUnavailableException}, either thrown or as the failure of its future. Safe for use by many threads.
 */
public final class WeatherLookup {
    /** Requests in one batch; the providers have the same limit. */
    public static final int MAX_BATCH = 100;

    private final PlaceFinder places;
    private final Providers providers;
    private final Clock clock;

    public WeatherLookup(PlaceFinder places, Providers providers, Clock clock) {
        this.places = places;
        this.providers = providers;
        this.clock = clock;
    }

    /** The weather at a place. */
    public CompletionStage<Weather> lookup(LookupWeatherRequest request) {
        FoundPlace place = places.find(request);
        Timestamp instant = now();
        return providers
                .lookup(place.point(), instant)
                .thenApply(results -> Composition.weather(place, instant, results));
    }

    /**
     * A result or an error for each request, in order. Each provider is called once for all places: a batch costs about as
     * much as two single requests, and waits for the slowest of a few calls, not of hundreds.
     */
    public CompletionStage<BatchLookupWeatherResponse> batch(List<LookupWeatherRequest> requests) {
        if (requests.isEmpty() || requests.size() > MAX_BATCH) {
            throw new InvalidFieldException(
                    "requests", "has " + requests.size() + " requests", "have between 1 and " + MAX_BATCH);
        }
        WeatherBatch batch = WeatherBatch.of(places, requests);
        Timestamp instant = now();
        return batch.points().isEmpty()
                ? CompletableFuture.completedFuture(batch.response(instant, List.of()))
                : providers.lookupEach(batch.points(), instant).thenApply(results -> batch.response(instant, results));
    }

    /** The climate at a place. */
    public CompletionStage<Climate> climate(LookupWeatherRequest request) {
        FoundPlace place = places.find(request);
        return providers.climate(place.point()).thenApply(results -> Composition.climate(place, results));
    }

    /** Places by the prefix of a name, or nearest to coordinates. */
    public SearchLocationsResponse search(SearchLocationsRequest request) {
        return places.search(request);
    }

    /** The sources of each provider, and of the gazetteer. */
    public CompletionStage<ListSourcesResponse> sources() {
        return providers.sources().thenApply(results -> {
            ListSourcesResponse.Builder response = ListSourcesResponse.newBuilder();
            for (int i = 0; i < results.size(); i++) {
                response.addProviders(sources(providers.all().get(i), results.get(i)));
            }
            return response.addAllGazetteers(GazetteerCredits.all()).build();
        });
    }

    private Timestamp now() {
        return Timestamp.newBuilder()
                .setSeconds(clock.instant().getEpochSecond())
                .build();
    }

    private static ProviderSources sources(Provider provider, ProviderResult<List<Source>> result) {
        ProviderSources.Builder entry = ProviderSources.newBuilder()
                .setProvider(provider.name())
                .addAllSources(result.value() == null ? List.of() : result.value());
        if (result.problem() != null) {
            entry.setProblem(result.problem());
        }
        return entry.build();
    }
}
