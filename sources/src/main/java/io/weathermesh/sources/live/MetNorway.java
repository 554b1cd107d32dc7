package io.weathermesh.sources.live;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.SourceFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;

/**
 * MET Norway's Locationforecast 2.0: hourly values of a weather model. As its terms require,
 * coordinates have two decimals, {@code Expires} is respected, and {@code If-Modified-Since} is sent for a cached forecast.
 */
final class MetNorway implements LiveSource {
    static final SourceDescription DESCRIPTION = new SourceDescription(
            "met-norway",
            "MET Norway Locationforecast",
            Kind.KIND_MODEL,
            "Data from MET Norway",
            "https://creativecommons.org/licenses/by/4.0/",
            "https://api.met.no/");

    private static final Duration DEFAULT_TTL = Duration.ofMinutes(30);

    /** A forecast without a step this near is out of date. */
    private static final Duration MAX_STEP_DISTANCE = Duration.ofHours(1);

    /** Steps outside of these are dropped: the forecast is fetched again before they are needed. */
    private static final Duration CACHED_PAST = Duration.ofHours(2);

    private static final Duration CACHED_FUTURE = CachedSource.MAX_TTL.plusHours(2);

    private static final int MAX_FORECASTS = 2_000;

    private final Upstream upstream;
    private final Clock clock;
    private final LruMap<GeoPoint, Forecast> forecasts = new LruMap<>(MAX_FORECASTS);

    private record Step(Instant time, Reading.Value temperature, Reading.Value humidity) {}

    private record Forecast(List<Step> steps, OptionalDouble elevation, Optional<String> lastModified) {
        boolean covers(Instant instant) {
            return steps.stream()
                    .anyMatch(
                            each -> Duration.between(each.time(), instant).abs().compareTo(MAX_STEP_DISTANCE) <= 0);
        }
    }

    MetNorway(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
        StringBuilder query = new StringBuilder(String.format(
                Locale.ROOT,
                "/weatherapi/locationforecast/2.0/compact?lat=%.2f&lon=%.2f",
                point.latitude(),
                point.longitude()));
        point.elevationMeters().ifPresent(meters -> query.append("&altitude=").append(Math.round(meters)));
        Optional<Forecast> cached = forecasts.get(point).filter(forecast -> forecast.covers(clock.instant()));
        return upstream.get(query.toString(), cached.flatMap(Forecast::lastModified))
                .thenApply(response -> {
                    Forecast forecast = response.modified()
                            ? upstream.parse(response.body(), body -> forecast(body, response.lastModified()))
                            : cached.orElseThrow(() -> new SourceFailedException(
                                    DESCRIPTION.id(), "returned HTTP 304 to an unconditional request"));
                    Instant now = clock.instant();
                    if (!forecast.covers(now)) {
                        throw new SourceFailedException(DESCRIPTION.id(), "returned a forecast without the present");
                    }
                    forecasts.put(point, forecast);
                    return series(point, forecast, now, response.expires().orElse(now.plus(DEFAULT_TTL)));
                });
    }

    private Forecast forecast(String body, Optional<String> lastModified) {
        JsonObject response = JsonParser.parseString(body).getAsJsonObject();
        JsonArray coordinates = response.getAsJsonObject("geometry").getAsJsonArray("coordinates");
        JsonObject properties = response.getAsJsonObject("properties");
        JsonObject units = properties.getAsJsonObject("meta").getAsJsonObject("units");
        if (!units.get("air_temperature").getAsString().equals("celsius")
                || !units.get("relative_humidity").getAsString().equals("%")) {
            throw new SourceFailedException(DESCRIPTION.id(), "returned other units");
        }
        Instant from = clock.instant().minus(CACHED_PAST);
        Instant to = clock.instant().plus(CACHED_FUTURE);
        List<Step> steps = new ArrayList<>();
        for (JsonElement each : properties.getAsJsonArray("timeseries")) {
            JsonObject step = each.getAsJsonObject();
            Instant time = Instant.parse(step.get("time").getAsString());
            if (time.isBefore(from) || time.isAfter(to)) {
                continue;
            }
            JsonObject details =
                    step.getAsJsonObject("data").getAsJsonObject("instant").getAsJsonObject("details");
            steps.add(new Step(time, value(details, "air_temperature"), value(details, "relative_humidity")));
        }
        steps.sort(Comparator.comparing(Step::time));
        OptionalDouble elevation =
                coordinates.size() > 2 ? OptionalDouble.of(coordinates.get(2).getAsDouble()) : OptionalDouble.empty();
        return new Forecast(List.copyOf(steps), elevation, lastModified);
    }

    private static Reading.Value value(JsonObject details, String name) {
        return new Reading.Value(details.get(name).getAsDouble(), OptionalDouble.empty(), Quality.QUALITY_GOOD);
    }

    private static ReadingSeries series(GeoPoint requested, Forecast forecast, Instant now, Instant expires) {
        GeoPoint point = new GeoPoint(requested.latitude(), requested.longitude(), forecast.elevation());
        return new ReadingSeries(
                forecast.steps().stream()
                        .map(step -> new Reading(
                                point,
                                step.temperature(),
                                step.humidity(),
                                DESCRIPTION,
                                step.time(),
                                now,
                                expires,
                                OptionalDouble.empty(),
                                ""))
                        .toList(),
                expires);
    }

    @Override
    public SourceDescription description() {
        return DESCRIPTION;
    }
}
