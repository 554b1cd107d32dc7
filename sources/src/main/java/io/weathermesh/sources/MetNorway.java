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
final class MetNorway implements LiveSource {
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

    /** Steps beyond these are not kept: nobody asks for them before the forecast is asked for again. */
    private static final Duration KEPT_BEFORE = Duration.ofHours(2);

    private static final Duration KEPT_AFTER = CachedSource.LONGEST_LIFE.plusHours(2);

    private static final int MAX_FORECASTS = 2_000;

    private final Upstream upstream;
    private final Clock clock;
    private final Bounded<GeoPoint, Forecast> forecasts = new Bounded<>(MAX_FORECASTS);

    private record Step(Instant time, double temperature, double humidity) {}

    private record Forecast(List<Step> steps, OptionalDouble elevation, Optional<String> lastModified) {
        boolean tellsOf(Instant instant) {
            return steps.stream()
                    .anyMatch(
                            each -> Duration.between(each.time(), instant).abs().compareTo(FARTHEST_STEP) <= 0);
        }
    }

    MetNorway(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Course> fetch(GeoPoint place) {
        StringBuilder query = new StringBuilder(String.format(
                Locale.ROOT,
                "/weatherapi/locationforecast/2.0/compact?lat=%.2f&lon=%.2f",
                place.latitude(),
                place.longitude()));
        place.elevationMeters().ifPresent(meters -> query.append("&altitude=").append(Math.round(meters)));
        Optional<Forecast> known = forecasts.get(place).filter(forecast -> forecast.tellsOf(clock.instant()));
        return upstream.get(query.toString(), known.flatMap(Forecast::lastModified))
                .thenApply(answer -> {
                    Forecast forecast = answer.modified()
                            ? upstream.parse(answer.body(), body -> forecast(body, answer.lastModified()))
                            : known.orElseThrow(
                                    () -> new SourceFailedException(DESCRIPTION.id(), "answers 304 unasked"));
                    Instant now = clock.instant();
                    if (!forecast.tellsOf(now)) {
                        throw new SourceFailedException(DESCRIPTION.id(), "answers for another day");
                    }
                    forecasts.put(place, forecast);
                    return course(place, forecast, now, answer.expires().orElse(now.plus(WITHOUT_EXPIRES)));
                });
    }

    private Forecast forecast(String body, Optional<String> lastModified) {
        JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
        JsonArray coordinates = answer.getAsJsonObject("geometry").getAsJsonArray("coordinates");
        JsonObject properties = answer.getAsJsonObject("properties");
        JsonObject units = properties.getAsJsonObject("meta").getAsJsonObject("units");
        if (!units.get("air_temperature").getAsString().equals("celsius")
                || !units.get("relative_humidity").getAsString().equals("%")) {
            throw new SourceFailedException(DESCRIPTION.id(), "answers in other units");
        }
        Instant from = clock.instant().minus(KEPT_BEFORE);
        Instant to = clock.instant().plus(KEPT_AFTER);
        List<Step> steps = new ArrayList<>();
        for (JsonElement each : properties.getAsJsonArray("timeseries")) {
            JsonObject step = each.getAsJsonObject();
            Instant time = Instant.parse(step.get("time").getAsString());
            if (time.isBefore(from) || time.isAfter(to)) {
                continue;
            }
            JsonObject details =
                    step.getAsJsonObject("data").getAsJsonObject("instant").getAsJsonObject("details");
            steps.add(new Step(
                    time,
                    Numbers.finite(
                            DESCRIPTION.id(), details.get("air_temperature").getAsDouble()),
                    Numbers.finite(
                            DESCRIPTION.id(), details.get("relative_humidity").getAsDouble())));
        }
        steps.sort(Comparator.comparing(Step::time));
        OptionalDouble elevation =
                coordinates.size() > 2 ? OptionalDouble.of(coordinates.get(2).getAsDouble()) : OptionalDouble.empty();
        return new Forecast(List.copyOf(steps), elevation, lastModified);
    }

    private static Course course(GeoPoint asked, Forecast forecast, Instant now, Instant expires) {
        GeoPoint point = new GeoPoint(asked.latitude(), asked.longitude(), forecast.elevation());
        return new Course(
                forecast.steps().stream()
                        .map(step -> new Reading(
                                point,
                                new Reading.Value(step.temperature(), OptionalDouble.empty(), Quality.QUALITY_GOOD),
                                new Reading.Value(step.humidity(), OptionalDouble.empty(), Quality.QUALITY_GOOD),
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
