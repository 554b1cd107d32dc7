package io.weathermesh.sources;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.weathermesh.proto.common.v1.Kind;
import io.weathermesh.proto.common.v1.Quality;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;

/** Open-Meteo's forecast API: what weather models compute for the current quarter of an hour, not a measurement. */
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
    public CompletionStage<Course> fetch(GeoPoint place) {
        StringBuilder query = new StringBuilder(String.format(
                Locale.ROOT,
                "/v1/forecast?latitude=%.2f&longitude=%.2f&current=temperature_2m,relative_humidity_2m"
                        // Any other zone has been seen to be refused for some coordinates.
                        + "&timeformat=unixtime&timezone=GMT",
                place.latitude(),
                place.longitude()));
        place.elevationMeters().ifPresent(meters -> query.append("&elevation=").append(Math.round(meters)));
        return upstream.get(query.toString(), Optional.empty())
                .thenApply(answer -> upstream.parse(answer.body(), body -> course(place, body)));
    }

    private Course course(GeoPoint asked, String body) {
        JsonObject answer = JsonParser.parseString(body).getAsJsonObject();
        JsonObject units = answer.getAsJsonObject("current_units");
        if (!units.get("temperature_2m").getAsString().equals("°C")
                || !units.get("relative_humidity_2m").getAsString().equals("%")) {
            throw new SourceFailedException(DESCRIPTION.id(), "answers in other units");
        }
        JsonObject current = answer.getAsJsonObject("current");
        Instant observed = Instant.ofEpochSecond(current.get("time").getAsLong());
        Instant now = clock.instant();
        if (!Freshness.isOfThePresent(observed, now)) {
            throw new SourceFailedException(DESCRIPTION.id(), "answers for another day");
        }
        Instant expires = observed.plusSeconds(current.get("interval").getAsLong());
        GeoPoint cell = new GeoPoint(
                answer.get("latitude").getAsDouble(),
                answer.get("longitude").getAsDouble(),
                OptionalDouble.of(answer.get("elevation").getAsDouble()));
        Reading reading = new Reading(
                new GeoPoint(asked.latitude(), asked.longitude(), cell.elevationMeters()),
                value(current, "temperature_2m"),
                value(current, "relative_humidity_2m"),
                DESCRIPTION,
                observed,
                now,
                expires,
                OptionalDouble.of(asked.kilometersTo(cell) * 1_000),
                "");
        return new Course(List.of(reading), expires);
    }

    private static Reading.Value value(JsonObject values, String name) {
        return new Reading.Value(
                Numbers.finite(DESCRIPTION.id(), values.get(name).getAsDouble()),
                OptionalDouble.empty(),
                Quality.QUALITY_GOOD);
    }

    @Override
    public SourceDescription description() {
        return DESCRIPTION;
    }
}
