package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Provenance;
import java.time.Instant;
import java.util.List;

/**
 * The usual year at a point, as both providers tell it.
 *
 * @param point the point, with the elevation that the values hold for
 * @param temperatures twelve monthly means, degrees Celsius
 * @param humidities twelve monthly means, percent
 * @param temperatureProvenance where the temperatures came from
 * @param humidityProvenance where the humidities came from
 */
public record ClimateYear(
        GeoPoint point,
        List<Double> temperatures,
        List<Double> humidities,
        Provenance temperatureProvenance,
        Provenance humidityProvenance) {

    static ClimateYear of(UsualYear year, Instant now) {
        Reading reading = Climatology.describe(year, now);
        return new ClimateYear(
                year.point(),
                year.temperature().means(),
                year.humidity().means(),
                withoutInstant(Messages.provenance(reading, reading.temperature())),
                withoutInstant(Messages.provenance(reading, reading.humidity())));
    }

    /** Means of a month are valid for no instant. */
    private static Provenance withoutInstant(Provenance provenance) {
        return provenance.toBuilder().clearObserveTime().build();
    }
}
