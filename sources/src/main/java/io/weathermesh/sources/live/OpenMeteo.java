package io.weathermesh.sources.live;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.SourceFailedException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;

/** Open-Meteo's forecast API: values of weather models for the current quarter of an hour. */
final class OpenMeteo implements LiveSource {
    static final SourceDescription DESCRIPTION = new SourceDescription(
            "open-meteo",
            "Open-Meteo",
            Kind.KIND_MODEL,
            "Weather data by Open-Meteo.com",
            "https://creativecommons.org/licenses/by/4.0/",
            "https://open-meteo.com/");

    private final Upstream upstream;
    private final Clock clock;

    OpenMeteo(Upstream upstream, Clock clock) {
        this.upstream = upstream;
        this.clock = clock;
    }

    @Override
    public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
        StringBuilder query = new StringBuilder(String.format(
                Locale.ROOT,
                "/v1/forecast?latitude=%.2f&longitude=%.2f&current=temperature_2m,relative_humidity_2m"
                        // Other time zones were rejected for some coordinates.
                        + "&timeformat=unixtime&timezone=GMT",
                point.latitude(),
                point.longitude()));
        point.elevationMeters().ifPresent(meters -> query.append("&elevation=").append(Math.round(meters)));
        return upstream.get(query.toString(), Optional.empty())
                .thenApply(response -> upstream.parse(response.body(), body -> series(point, body)));
    }

    private ReadingSeries series(GeoPoint requested, String body) {
        JsonObject response = JsonParser.parseString(body).getAsJsonObject();
        JsonObject units = response.getAsJsonObject("current_units");
        if (!units.get("temperature_2m").getAsString().equals("°C")
                || !units.get("relative_humidity_2m").getAsString().equals("%")) {
            throw new SourceFailedException(DESCRIPTION.id(), "returned other units");
        }
        JsonObject current = response.getAsJsonObject("current");
        Instant observed = Instant.ofEpochSecond(current.get("time").getAsLong());
        Instant now = clock.instant();
        if (!Freshness.isCurrent(observed, now)) {
            throw new SourceFailedException(DESCRIPTION.id(), "returned values of another time");
        }
        Instant expires = observed.plusSeconds(current.get("interval").getAsLong());
        GeoPoint cell = new GeoPoint(
                response.get("latitude").getAsDouble(),
                response.get("longitude").getAsDouble(),
                OptionalDouble.of(response.get("elevation").getAsDouble()));
        Reading reading = new Reading(
                new GeoPoint(requested.latitude(), requested.longitude(), cell.elevationMeters()),
                value(current, "temperature_2m"),
                value(current, "relative_humidity_2m"),
                DESCRIPTION,
                observed,
                now,
                expires,
                OptionalDouble.of(requested.kilometersTo(cell) * 1_000),
                "");
        return new ReadingSeries(List.of(reading), expires);
    }

    private static Reading.Value value(JsonObject values, String name) {
        return new Reading.Value(values.get(name).getAsDouble(), OptionalDouble.empty(), Quality.QUALITY_GOOD);
    }

    @Override
    public SourceDescription description() {
        return DESCRIPTION;
    }
}
