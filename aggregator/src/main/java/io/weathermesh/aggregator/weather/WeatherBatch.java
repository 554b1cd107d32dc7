package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse;
import io.weathermesh.proto.weather.v1.BatchLookupWeatherResponse.Result;
import io.weathermesh.proto.weather.v1.LookupWeatherRequest;
import io.weathermesh.proto.weather.v1.Weather;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requests of a batch, in order: those for a known place, and those that failed without a call. */
final class WeatherBatch {
    /** A request for the point with this index, or the reason why the request failed. */
    private record Item(
            @Nullable FoundPlace place, int index, @Nullable RuntimeException failure) {}

    private final List<Item> items = new ArrayList<>();
    private final Map<Point, Integer> indexOf = new LinkedHashMap<>();

    private WeatherBatch() {}

    static WeatherBatch of(PlaceFinder places, List<LookupWeatherRequest> requests) {
        WeatherBatch batch = new WeatherBatch();
        requests.forEach(request -> batch.add(places, request));
        return batch;
    }

    private void add(PlaceFinder places, LookupWeatherRequest request) {
        try {
            FoundPlace place = places.find(request);
            Integer index = indexOf.computeIfAbsent(place.point(), point -> indexOf.size());
            items.add(new Item(place, index, null));
        } catch (InvalidFieldException | PlaceNotFoundException failure) {
            items.add(new Item(null, 0, failure));
        }
    }

    /** The points of all places, each once. */
    List<Point> points() {
        return List.copyOf(indexOf.keySet());
    }

    /**
     * @param results for each provider, its result at each of {@link #points()}
     * @throws ProvidersUnavailableException if there are places, and no provider has a value for any of them: alarms and
     *     retries must notice that
     */
    BatchLookupWeatherResponse response(Timestamp instant, List<List<ProviderResult<Reading<Weather>>>> results) {
        BatchLookupWeatherResponse.Builder response = BatchLookupWeatherResponse.newBuilder();
        ProvidersUnavailableException unavailable = null;
        boolean anyWeather = false;
        for (Item item : items) {
            RuntimeException failure = item.failure();
            if (item.place() != null) {
                try {
                    List<ProviderResult<Reading<Weather>>> here = results.stream()
                            .map(ofProvider -> ofProvider.get(item.index()))
                            .toList();
                    response.addResultsBuilder().setWeather(Composition.weather(item.place(), instant, here));
                    anyWeather = true;
                    continue;
                } catch (ProvidersUnavailableException e) {
                    unavailable = e;
                    failure = e;
                }
            }
            response.addResults(error(failure, response.getResultsCount()));
        }
        if (unavailable != null && !anyWeather) {
            throw unavailable;
        }
        return response.build();
    }

    private static Result error(@Nullable RuntimeException failure, int index) {
        return Result.newBuilder()
                .setError(ErrorStatus.of(Objects.requireNonNull(failure), "requests[" + index + "]"))
                .build();
    }
}
