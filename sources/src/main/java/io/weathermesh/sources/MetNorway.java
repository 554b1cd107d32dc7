package io.weathermesh.sources;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
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
 * MET Norway's Locationforecast 2.0: what a weather model computes for each hour. Its terms are kept here: coordinates of
 * few decimals, Expires honoured, and If-Modified-Since sent with what is known already.
 */
final class MetNorway implements ReadingSource {
    static final SourceDescription DESCRIPTION = new SourceDescription(
            "met-norway",
            "MET Norway Locationforecast",
            Kind.KIND_MODEL,
            "Data from MET Norway",
            "https://creativecommons.org/licenses/by/4.0/",
            "https://api.met.no/");

    private static final Duration WITHOUT_EXPIRES = Duration.ofMinutes(30);

    /** A forecast that has no step this near is of another day. */
    private static final Duration FARTHEST_STEP = Duration.ofHours(1);

    private static final int MAX_FORECASTS = 2_000;

    private final Upstream upstream;
    private final Clock clock;
    private final Bounded<GeoPoint, Forecast> forecasts = new Bounded<>(MAX_FORECASTS);

    private record Step(Instant time, double temperature, double humidity) {}

    private record Forecast(List<Step> steps, OptionalDouble elevation, Optional<String> lastModified) {}

    MetNorway(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        StringBuilder query = new StringBuilder(String.format(
                Locale.ROOT,
                "/weatherapi/locationforecast/2.0/compact?lat=%.2f&lon=%.2f",
                point.latitude(),
                point.longitude()));
        point.elevationMeters().ifPresent(meters -> query.append("&altitude=").append(Math.round(meters)));
        Optional<Forecast> known = forecasts.get(point);
        return upstream.get(query.toString(), known.flatMap(Forecast::lastModified))
                .thenApply(answer -> {
                    Forecast forecast = answer.modified()
                            ? upstream.parse(answer.body(), body -> forecast(body, answer.lastModified()))
                            : known.orElseThrow(
                                    () -> new SourceFailedException(DESCRIPTION.id(), "answers 304 unasked"));
                    forecasts.put(point, forecast);
                    return reading(point, forecast, instant, answer.expires());
                });
    }

    private static Forecast forecast(String body, Optional<String> lastModified) {
        JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
        JsonArray coordinates = answer.getAsJsonObject("geometry").getAsJsonArray("coordinates");
        JsonObject properties = answer.getAsJsonObject("properties");
        JsonObject units = properties.getAsJsonObject("meta").getAsJsonObject("units");
        if (!units.get("air_temperature").getAsString().equals("celsius")
                || !units.get("relative_humidity").getAsString().equals("%")) {
            throw new SourceFailedException(DESCRIPTION.id(), "answers in other units");
        }
        List<Step> steps = new ArrayList<>();
        for (JsonElement each : properties.getAsJsonArray("timeseries")) {
            JsonObject step = each.getAsJsonObject();
            JsonObject details =
                    step.getAsJsonObject("data").getAsJsonObject("instant").getAsJsonObject("details");
            steps.add(new Step(
                    Instant.parse(step.get("time").getAsString()),
                    Numbers.finite(
                            DESCRIPTION.id(), details.get("air_temperature").getAsDouble()),
                    Numbers.finite(
                            DESCRIPTION.id(), details.get("relative_humidity").getAsDouble())));
        }
        OptionalDouble elevation =
                coordinates.size() > 2 ? OptionalDouble.of(coordinates.get(2).getAsDouble()) : OptionalDouble.empty();
        return new Forecast(List.copyOf(steps), elevation, lastModified);
    }

    private Reading reading(GeoPoint asked, Forecast forecast, Instant instant, Optional<Instant> expires) {
        Instant now = clock.instant();
        Step step = forecast.steps().stream()
                .min(Comparator.comparing(
                        each -> Duration.between(each.time(), instant).abs()))
                .filter(each -> Duration.between(each.time(), instant).abs().compareTo(FARTHEST_STEP) <= 0)
                .orElseThrow(() -> new SourceFailedException(DESCRIPTION.id(), "answers for another day"));
        return new Reading(
                new GeoPoint(asked.latitude(), asked.longitude(), forecast.elevation()),
                new Reading.Value(step.temperature(), OptionalDouble.empty(), Quality.QUALITY_GOOD),
                new Reading.Value(step.humidity(), OptionalDouble.empty(), Quality.QUALITY_GOOD),
                DESCRIPTION,
                step.time(),
                now,
                expires.orElse(now.plus(WITHOUT_EXPIRES)),
                OptionalDouble.empty(),
                "");
    }

    @Override
    public SourceDescription description() {
        return DESCRIPTION;
    }

    @Override
    public boolean isServing() {
        return true;
    }
}
