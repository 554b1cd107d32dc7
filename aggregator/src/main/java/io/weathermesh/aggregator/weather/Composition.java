package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.humidity.v1.HumidityReading;
import io.weathermesh.proto.humidity.v1.LookupHumidityClimateResponse;
import io.weathermesh.proto.temperature.v1.LookupTemperatureClimateResponse;
import io.weathermesh.proto.temperature.v1.TemperatureReading;
import io.weathermesh.proto.weather.v1.Climate;
import io.weathermesh.proto.weather.v1.Location;
import io.weathermesh.proto.weather.v1.Problem;
import io.weathermesh.proto.weather.v1.RelativeHumidity;
import io.weathermesh.proto.weather.v1.Temperature;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Puts what the providers said together into one answer, and says what is missing. */
final class Composition {
    /** Values further apart in time belong to different air. */
    private static final Duration SAME_AIR = Duration.ofMinutes(30);

    private static final String CELSIUS = "Cel";
    private static final String PERCENT = "%";

    private Composition() {}

    /**
     * @throws ProvidersUnavailableException if both values are missing
     */
    static Weather weather(
            FoundPlace place,
            Timestamp instant,
            Reading<TemperatureReading> temperature,
            Reading<HumidityReading> humidity) {
        List<Problem> problems = problems(temperature, humidity);
        Weather.Builder weather = Weather.newBuilder()
                .setLocation(withElevation(place.location(), temperature, humidity))
                .setStatus(status(problems))
                .setEffectiveTime(instant)
                .addAllProblems(problems)
                .addAllAlternatives(place.alternatives());
        place.timeZone().ifPresent(zone -> weather.setLocalTime(localTime(instant, zone)));
        temperature
                .answer()
                .ifPresent(reading -> weather.setTemperature(Temperature.newBuilder()
                        .setTemperatureCelsius(reading.getTemperatureCelsius())
                        .setUnit(CELSIUS)
                        .setProvenance(reading.getProvenance())));
        humidity.answer()
                .ifPresent(reading -> weather.setRelativeHumidity(RelativeHumidity.newBuilder()
                        .setRelativeHumidityPercent(reading.getRelativeHumidityPercent())
                        .setUnit(PERCENT)
                        .setProvenance(reading.getProvenance())));
        derive(weather);
        return weather.build();
    }

    /**
     * @throws ProvidersUnavailableException if both series are missing
     */
    static Climate climate(
            FoundPlace place,
            Reading<LookupTemperatureClimateResponse> temperature,
            Reading<LookupHumidityClimateResponse> humidity) {
        List<Problem> problems = problems(temperature, humidity);
        Climate.Builder climate = Climate.newBuilder()
                .setLocation(place.location())
                .setStatus(status(problems))
                .addAllProblems(problems);
        for (int month = 1; month <= 12; month++) {
            climate.addMonths(Climate.Month.newBuilder().setMonth(month));
        }
        temperature.answer().ifPresent(year -> {
            climate.setTemperatureProvenance(year.getProvenance());
            year.getMonthsList().forEach(mean -> climate.getMonthsBuilder(mean.getMonth() - 1)
                    .setTemperatureCelsius(mean.getTemperatureCelsius()));
        });
        humidity.answer().ifPresent(year -> {
            climate.setRelativeHumidityProvenance(year.getProvenance());
            year.getMonthsList().forEach(mean -> climate.getMonthsBuilder(mean.getMonth() - 1)
                    .setRelativeHumidityPercent(mean.getRelativeHumidityPercent()));
        });
        return climate.build();
    }

    private static List<Problem> problems(Reading<?> temperature, Reading<?> humidity) {
        List<Problem> problems = Stream.of(temperature.problem(), humidity.problem())
                .flatMap(problem -> problem.stream())
                .toList();
        if (temperature.answer().isEmpty() && humidity.answer().isEmpty()) {
            throw new ProvidersUnavailableException(problems);
        }
        return problems;
    }

    private static Weather.Status status(List<Problem> problems) {
        return problems.isEmpty() ? Weather.Status.STATUS_COMPLETE : Weather.Status.STATUS_PARTIAL;
    }

    /** Where nobody knew the height of the place, the one that the values hold for. */
    private static Location withElevation(
            Location location, Reading<TemperatureReading> temperature, Reading<HumidityReading> humidity) {
        if (location.hasElevationMeters()) {
            return location;
        }
        return temperature
                .answer()
                .map(TemperatureReading::getPoint)
                .or(() -> humidity.answer().map(HumidityReading::getPoint))
                .filter(point -> point.hasElevationMeters())
                .map(point -> location.toBuilder()
                        .setElevationMeters(point.getElevationMeters())
                        .build())
                .orElse(location);
    }

    private static void derive(Weather.Builder weather) {
        if (!weather.hasTemperature() || !weather.hasRelativeHumidity()) {
            return;
        }
        Provenance one = weather.getTemperature().getProvenance();
        Provenance other = weather.getRelativeHumidity().getProvenance();
        Duration apart = Duration.ofSeconds(
                Math.abs(Timestamps.toSeconds(one.getObserveTime()) - Timestamps.toSeconds(other.getObserveTime())));
        if (one.getKind() == other.getKind() && apart.compareTo(SAME_AIR) <= 0) {
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
