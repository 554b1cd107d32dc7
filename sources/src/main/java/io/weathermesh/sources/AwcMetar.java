package io.weathermesh.sources;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.common.v1.Kind;
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
 * What instruments measured at the nearest airport, from the Aviation Weather Center of the United States. A box around
 * the point ends at the antimeridian: stations beyond it are not seen.
 */
final class AwcMetar implements ReadingSource {
    static final SourceDescription DESCRIPTION = new SourceDescription(
            "awc-metar",
            "Aviation Weather Center METAR",
            Kind.KIND_OBSERVATION,
            "NOAA/NWS Aviation Weather Center",
            "https://www.weather.gov/disclaimer",
            "https://aviationweather.gov/");

    /** Beyond these an airport tells of other weather. */
    private static final double FARTHEST_KILOMETERS = 50;

    private static final double MOST_METERS_APART = 300;
    private static final double KILOMETERS_PER_DEGREE = 111.2;
    private static final Duration OLDEST = Duration.ofHours(3);

    /** Reports come every 20 to 60 minutes: one look in ten minutes misses none for long. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Upstream upstream;
    private final Clock clock;

    AwcMetar(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        double north = FARTHEST_KILOMETERS / KILOMETERS_PER_DEGREE;
        double east = Math.min(180, north / Math.max(1e-3, Math.cos(Math.toRadians(point.latitude()))));
        String query = String.format(
                Locale.ROOT,
                "/api/data/metar?format=json&bbox=%.2f,%.2f,%.2f,%.2f",
                Math.max(-90, point.latitude() - north),
                Math.max(-180, point.longitude() - east),
                Math.min(90, point.latitude() + north),
                Math.min(180, point.longitude() + east));
        return upstream.get(query, Optional.empty())
                .thenApply(answer -> upstream.parse(answer.body(), body -> nearest(point, body)));
    }

    private Reading nearest(GeoPoint point, String body) {
        Instant now = clock.instant();
        List<StationReport> reports = new ArrayList<>();
        // No station may come as 204 without a body.
        for (JsonElement row :
                JsonParser.parseString(body.isBlank() ? "[]" : body).getAsJsonArray()) {
            JsonObject report = row.getAsJsonObject();
            if (StationReport.tellsBoth(report)) {
                reports.add(StationReport.of(DESCRIPTION.id(), report));
            }
        }
        StationReport report = reports.stream()
                .filter(each -> point.kilometersTo(each.station()) <= FARTHEST_KILOMETERS)
                .filter(each -> metersApart(point, each.station()) <= MOST_METERS_APART)
                .filter(each -> each.time().isAfter(now.minus(OLDEST)))
                .min(Comparator.comparingDouble((StationReport each) -> point.kilometersTo(each.station()))
                        .thenComparing(StationReport::time, Comparator.reverseOrder()))
                .orElseThrow(() -> new NothingHereException(DESCRIPTION.id(), "has no station near"));
        return new Reading(
                point.elevationMeters().isPresent()
                        ? point
                        : new GeoPoint(
                                point.latitude(),
                                point.longitude(),
                                report.station().elevationMeters()),
                report.temperature(now),
                report.humidity(now),
                DESCRIPTION,
                report.time(),
                now,
                now.plus(KEPT),
                OptionalDouble.of(point.kilometersTo(report.station()) * 1_000),
                report.id());
    }

    private static double metersApart(GeoPoint point, GeoPoint station) {
        return point.elevationMeters().isEmpty()
                ? 0
                : Math.abs(point.elevationMeters().getAsDouble()
                        - station.elevationMeters().orElseThrow());
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
