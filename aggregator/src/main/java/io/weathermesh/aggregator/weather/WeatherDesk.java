package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.common.v1.Source;
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
 * Answers what the weather is at a place, the same for REST and for gRPC.
 *
 * <p>All providers are asked at once, about the same instant, under the deadline and the cancellation of the current
 * {@link io.grpc.Context}. Nothing blocks. A question fails with {@link InvalidFieldException}, {@link
 * PlaceNotFoundException} or {@link ProvidersUnavailableException}, either thrown or as the failure of the future. Safe for
 * use by many threads.
 */
public final class WeatherDesk {
    /** Questions in one batch; the providers' own limit is the same. */
    public static final int MAX_BATCH = 100;

    private final PlaceFinder places;
    private final Providers providers;
    private final Clock clock;

    public WeatherDesk(PlaceFinder places, Providers providers, Clock clock) {
        this.places = places;
        this.providers = providers;
        this.clock = clock;
    }

    /** The weather at a place. */
    public CompletionStage<Weather> lookup(LookupWeatherRequest request) {
        FoundPlace place = places.find(request);
        Timestamp instant = now();
        return providers
                .at(place.point(), instant)
                .thenApply(readings -> Composition.weather(place, instant, readings));
    }

    /**
     * What became of each question, in order. Each provider is asked for all places in one call: a hundred places cost
     * about what two single questions do, and the slowest of a few calls is waited for, not that of hundreds.
     */
    public CompletionStage<List<ItemOutcome>> lookupEach(List<LookupWeatherRequest> requests) {
        if (requests.isEmpty() || requests.size() > MAX_BATCH) {
            throw new InvalidFieldException("requests", "has " + requests.size() + " questions", "1 to " + MAX_BATCH);
        }
        BatchOfPlaces batch = BatchOfPlaces.find(places, requests);
        if (batch.points().isEmpty()) {
            return CompletableFuture.completedFuture(batch.refused());
        }
        Timestamp instant = now();
        return providers.atEach(batch.points(), instant).thenApply(told -> batch.outcomes(instant, told));
    }

    /** The usual year at a place. */
    public CompletionStage<Climate> climate(LookupWeatherRequest request) {
        FoundPlace place = places.find(request);
        return providers.climate(place.point()).thenApply(series -> Composition.climate(place, series));
    }

    /** Places by the beginning of a name, or nearest to coordinates. */
    public SearchLocationsResponse search(SearchLocationsRequest request) {
        return places.search(request);
    }

    /** The sources of the values, provider by provider. */
    public CompletionStage<ListSourcesResponse> sources() {
        return providers.sources().thenApply(told -> {
            ListSourcesResponse.Builder answer = ListSourcesResponse.newBuilder();
            for (int i = 0; i < told.size(); i++) {
                answer.addProviders(of(providers.all().get(i), told.get(i)));
            }
            return answer.addAllGazetteers(GazetteerCredits.all()).build();
        });
    }

    private Timestamp now() {
        return Timestamp.newBuilder()
                .setSeconds(clock.instant().getEpochSecond())
                .build();
    }

    private static ProviderSources of(ProviderClient provider, Reading<List<Source>> told) {
        ProviderSources.Builder entry = ProviderSources.newBuilder()
                .setProvider(provider.name())
                .addAllSources(told.answer().orElse(List.of()));
        told.problem().ifPresent(entry::setProblem);
        return entry.build();
    }
}
