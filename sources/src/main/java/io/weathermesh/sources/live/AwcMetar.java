package io.weathermesh.sources.live;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.SourceDescription;
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
 * Observations of the nearest airport, from the Aviation Weather Center of the United States. The requested box ends at the
 * antimeridian: stations beyond it are not found.
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

    /** Airports farther away have other weather. */
    private static final double MAX_KILOMETERS = 50;

    private static final double MAX_METERS_APART = 300;
    private static final double KILOMETERS_PER_DEGREE = 111.2;

    /** Stations report every 20 to 60 minutes, so a report is found within ten minutes. */
    private static final Duration TTL = Duration.ofMinutes(10);

    private final Upstream upstream;
    private final Clock clock;

    AwcMetar(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
        double north = MAX_KILOMETERS / KILOMETERS_PER_DEGREE;
        double east = Math.min(180, north / Math.max(1e-3, Math.cos(Math.toRadians(point.latitude()))));
        String query = String.format(
                Locale.ROOT,
                "/api/data/metar?format=json&bbox=%.2f,%.2f,%.2f,%.2f",
                Math.max(-90, point.latitude() - north),
                Math.max(-180, point.longitude() - east),
                Math.min(90, point.latitude() + north),
                Math.min(180, point.longitude() + east));
        return upstream.get(query, Optional.empty())
                .thenApply(response -> upstream.parse(response.body(), body -> nearest(point, body)));
    }

    private ReadingSeries nearest(GeoPoint point, String body) {
        Instant now = clock.instant();
        StationReport report = reports(body).stream()
                .filter(each -> point.kilometersTo(each.station()) <= MAX_KILOMETERS)
                .filter(each -> metersApart(point, each.station()) <= MAX_METERS_APART)
                .filter(each -> Freshness.isCurrent(each.time(), now))
                .min(Comparator.comparingDouble((StationReport each) -> point.kilometersTo(each.station()))
                        .thenComparing(StationReport::time, Comparator.reverseOrder()))
                .orElseThrow(() -> new NoDataException(DESCRIPTION.id(), "has no station nearby"));
        Reading reading = new Reading(
                point.orElevationOf(report.station()),
                report.temperature(),
                report.humidity(),
                DESCRIPTION,
                report.time(),
                now,
                now.plus(TTL),
                OptionalDouble.of(point.kilometersTo(report.station()) * 1_000),
                report.id());
        return new ReadingSeries(List.of(reading), reading.expireTime());
    }

    /** Without a station, the response may be a 204 without a body. An unreadable row does not affect the others. */
    private static List<StationReport> reports(String body) {
        List<StationReport> reports = new ArrayList<>();
        for (JsonElement row :
                JsonParser.parseString(body.isBlank() ? "[]" : body).getAsJsonArray()) {
            try {
                JsonObject report = row.getAsJsonObject();
                if (StationReport.isComplete(report)) {
                    reports.add(StationReport.of(report));
                }
            } catch (RuntimeException e) {
                LOG.debug("skipped an unreadable station report: {}", row, e);
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
