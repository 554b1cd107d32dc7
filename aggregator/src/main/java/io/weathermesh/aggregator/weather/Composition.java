package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.common.v1.Quality;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Composes a response from the results of all providers. */
final class Composition {
    /** Values further apart in time are not combined: they can be of different air. */
    private static final Duration MAX_TIME_APART = Duration.ofMinutes(30);

    private Composition() {}

    /**
     * @throws ProvidersUnavailableException if no provider has a value
     */
    static Weather weather(FoundPlace place, Timestamp instant, List<ProviderResult<Reading<Weather>>> results) {
        List<Problem> problems = problems(results);
        Weather.Builder weather = Weather.newBuilder()
                .setLocation(withElevation(place.location(), results))
                .setStatus(status(problems))
                .setEffectiveTime(instant)
                .addAllProblems(problems)
                .addAllAlternatives(place.alternatives());
        place.timeZone().ifPresent(zone -> weather.setLocalTime(localTime(instant, zone)));
        for (ProviderResult<Reading<Weather>> result : results) {
            if (result.value() != null) {
                weather.mergeFrom(result.value().part());
            }
        }
        derive(weather);
        return weather.build();
    }

    /**
     * @throws ProvidersUnavailableException if no provider has a climate
     */
    static Climate climate(FoundPlace place, List<ProviderResult<Reading<Climate>>> results) {
        List<Problem> problems = problems(results);
        Climate.Builder climate = Climate.newBuilder()
                .setLocation(place.location())
                .setStatus(status(problems))
                .addAllProblems(problems);
        for (int month = 1; month <= 12; month++) {
            climate.addMonths(Climate.Month.newBuilder().setMonth(month));
        }
        for (ProviderResult<Reading<Climate>> result : results) {
            if (result.value() != null) {
                Climate part = result.value().part();
                part.getMonthsList().forEach(month -> climate.getMonthsBuilder(month.getMonth() - 1)
                        .mergeFrom(month));
                climate.mergeFrom(part.toBuilder().clearMonths().build());
            }
        }
        return climate.build();
    }

    private static List<Problem> problems(List<? extends ProviderResult<?>> results) {
        List<Problem> problems = new ArrayList<>();
        boolean anyValue = false;
        for (ProviderResult<?> result : results) {
            if (result.problem() != null) {
                problems.add(result.problem());
            }
            anyValue |= result.value() != null;
        }
        if (!anyValue) {
            throw new ProvidersUnavailableException(problems);
        }
        return problems;
    }

    private static Weather.Status status(List<Problem> problems) {
        return problems.isEmpty() ? Weather.Status.STATUS_COMPLETE : Weather.Status.STATUS_PARTIAL;
    }

    /** A place without a known elevation gets the one that the values are valid for. */
    private static Location withElevation(Location location, List<ProviderResult<Reading<Weather>>> results) {
        if (location.hasElevationMeters()) {
            return location;
        }
        for (ProviderResult<Reading<Weather>> result : results) {
            if (result.value() != null) {
                Point point = result.value().point();
                return point.hasElevationMeters()
                        ? location.toBuilder()
                                .setElevationMeters(point.getElevationMeters())
                                .build()
                        : location;
            }
        }
        return location;
    }

    /** None from a suspect value: a derived value has no quality of its own. */
    private static void derive(Weather.Builder weather) {
        if (!weather.hasTemperature() || !weather.hasRelativeHumidity()) {
            return;
        }
        Provenance one = weather.getTemperature().getProvenance();
        Provenance other = weather.getRelativeHumidity().getProvenance();
        Duration apart = Duration.ofSeconds(
                Math.abs(Timestamps.toSeconds(one.getObserveTime()) - Timestamps.toSeconds(other.getObserveTime())));
        boolean suspect = one.getQuality() == Quality.QUALITY_SUSPECT || other.getQuality() == Quality.QUALITY_SUSPECT;
        if (!suspect && one.getKind() == other.getKind() && apart.compareTo(MAX_TIME_APART) <= 0) {
            Location place = weather.getLocation();
            weather.setDerived(DerivedValues.of(
                    weather.getTemperature().getTemperatureCelsius(),
                    weather.getRelativeHumidity().getRelativeHumidityPercent(),
                    place.hasElevationMeters()
                            ? OptionalDouble.of(place.getElevationMeters())
                            : OptionalDouble.empty()));
        }
    }

    private static String localTime(Timestamp instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochSecond(instant.getSeconds()).atZone(zone).toOffsetDateTime());
    }
}
