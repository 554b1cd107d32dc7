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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What instruments measured at the nearest airport, from the Aviation Weather Center of the United States. A box around
 * the point ends at the antimeridian: stations beyond it are not seen.
 */
final class AwcMetar implements LiveSource {
    static final SourceDescription DESCRIPTION = new SourceDescription(
            "awc-metar",
            "Aviation Weather Center METAR",
            Kind.KIND_OBSERVATION,
            "NOAA/NWS Aviation Weather Center",
            "https://www.weather.gov/disclaimer",
            "https://aviationweather.gov/");

    private static final Logger LOG = LoggerFactory.getLogger(AwcMetar.class);

    /** Beyond these an airport tells of other weather. */
    private static final double FARTHEST_KILOMETERS = 50;

    private static final double MOST_METERS_APART = 300;
    private static final double KILOMETERS_PER_DEGREE = 111.2;

    /** Reports come every 20 to 60 minutes: one look in ten minutes misses none for long. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    private final Upstream upstream;
    private final Clock clock;

    AwcMetar(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Course> fetch(GeoPoint place) {
        double north = FARTHEST_KILOMETERS / KILOMETERS_PER_DEGREE;
        double east = Math.min(180, north / Math.max(1e-3, Math.cos(Math.toRadians(place.latitude()))));
        String query = String.format(
                Locale.ROOT,
                "/api/data/metar?format=json&bbox=%.2f,%.2f,%.2f,%.2f",
                Math.max(-90, place.latitude() - north),
                Math.max(-180, place.longitude() - east),
                Math.min(90, place.latitude() + north),
                Math.min(180, place.longitude() + east));
        return upstream.get(query, Optional.empty())
                .thenApply(answer -> upstream.parse(answer.body(), body -> nearest(place, body)));
    }

    private Course nearest(GeoPoint point, String body) {
        Instant now = clock.instant();
        StationReport report = reports(body).stream()
                .filter(each -> point.kilometersTo(each.station()) <= FARTHEST_KILOMETERS)
                .filter(each -> metersApart(point, each.station()) <= MOST_METERS_APART)
                .filter(each -> Freshness.isOfThePresent(each.time(), now))
                .min(Comparator.comparingDouble((StationReport each) -> point.kilometersTo(each.station()))
                        .thenComparing(StationReport::time, Comparator.reverseOrder()))
                .orElseThrow(() -> new NothingHereException(DESCRIPTION.id(), "has no station near"));
        Reading reading = new Reading(
                point.elevationMeters().isPresent()
                        ? point
                        : new GeoPoint(
                                point.latitude(),
                                point.longitude(),
                                report.station().elevationMeters()),
                report.temperature(),
                report.humidity(),
                DESCRIPTION,
                report.time(),
                now,
                now.plus(KEPT),
                OptionalDouble.of(point.kilometersTo(report.station()) * 1_000),
                report.id());
        return new Course(List.of(reading), reading.expireTime());
    }

    /** No station may come as 204 without a body. A row that cannot be read takes nothing from the others. */
    private static List<StationReport> reports(String body) {
        List<StationReport> reports = new ArrayList<>();
        for (JsonElement row :
                JsonParser.parseString(body.isBlank() ? "[]" : body).getAsJsonArray()) {
            try {
                JsonObject report = row.getAsJsonObject();
                if (StationReport.tellsBoth(report)) {
                    reports.add(StationReport.of(DESCRIPTION.id(), report));
                }
            } catch (RuntimeException e) {
                LOG.debug("a station's report is left out: {}", row, e);
            }
        }
        return reports;
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
}
