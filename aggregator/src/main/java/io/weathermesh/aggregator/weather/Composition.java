package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.weathermesh.aggregator.providers.ProviderResult;
import io.weathermesh.aggregator.providers.Reading;
import io.weathermesh.aggregator.providers.Year;
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

/** Puts what the providers said together into one answer, and says what is missing. */
final class Composition {
    /** Values further apart in time belong to different air. */
    private static final Duration SAME_AIR = Duration.ofMinutes(30);

    private Composition() {}

    /**
     * @throws ProvidersUnavailableException if every provider's element is missing
     */
    static Weather weather(FoundPlace place, Timestamp instant, List<ProviderResult<Reading>> readings) {
        List<Problem> problems = problems(readings);
        Weather.Builder weather = Weather.newBuilder()
                .setLocation(withElevation(place.location(), readings))
                .setStatus(status(problems))
                .setEffectiveTime(instant)
                .addAllProblems(problems)
                .addAllAlternatives(place.alternatives());
        place.timeZone().ifPresent(zone -> weather.setLocalTime(localTime(instant, zone)));
        for (ProviderResult<Reading> reading : readings) {
            reading.answer().ifPresent(contribution -> weather.mergeFrom(contribution.weather()));
        }
        derive(weather);
        return weather.build();
    }

    /**
     * @throws ProvidersUnavailableException if every series is missing
     */
    static Climate climate(FoundPlace place, List<ProviderResult<Year>> readings) {
        List<Problem> problems = problems(readings);
        Climate.Builder climate = Climate.newBuilder()
                .setLocation(place.location())
                .setStatus(status(problems))
                .addAllProblems(problems);
        for (int month = 1; month <= 12; month++) {
            climate.addMonths(Climate.Month.newBuilder().setMonth(month));
        }
        readings.forEach(
                reading -> reading.answer().ifPresent(year -> year.series().accept(climate)));
        return climate.build();
    }

    private static List<Problem> problems(List<? extends ProviderResult<?>> readings) {
        List<Problem> problems = new ArrayList<>();
        boolean nothing = true;
        for (ProviderResult<?> reading : readings) {
            reading.problem().ifPresent(problems::add);
            nothing &= reading.answer().isEmpty();
        }
        if (nothing) {
            throw new ProvidersUnavailableException(problems);
        }
        return problems;
    }

    private static Weather.Status status(List<Problem> problems) {
        return problems.isEmpty() ? Weather.Status.STATUS_COMPLETE : Weather.Status.STATUS_PARTIAL;
    }

    /** Where nobody knew the height of the place, the one that the values hold for. */
    private static Location withElevation(Location location, List<ProviderResult<Reading>> readings) {
        if (location.hasElevationMeters()) {
            return location;
        }
        return readings.stream()
                .flatMap(reading -> reading.answer().stream())
                .findFirst()
                .map(Reading::point)
                .filter(point -> point.hasElevationMeters())
                .map(point -> location.toBuilder()
                        .setElevationMeters(point.getElevationMeters())
                        .build())
                .orElse(location);
    }

    /** What follows from a suspect value would not say so. */
    private static void derive(Weather.Builder weather) {
        if (!weather.hasTemperature() || !weather.hasRelativeHumidity()) {
            return;
        }
        Provenance one = weather.getTemperature().getProvenance();
        Provenance other = weather.getRelativeHumidity().getProvenance();
        Duration apart = Duration.ofSeconds(
                Math.abs(Timestamps.toSeconds(one.getObserveTime()) - Timestamps.toSeconds(other.getObserveTime())));
        boolean suspect = one.getQuality() == Quality.QUALITY_SUSPECT || other.getQuality() == Quality.QUALITY_SUSPECT;
        if (!suspect && one.getKind() == other.getKind() && apart.compareTo(SAME_AIR) <= 0) {
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
