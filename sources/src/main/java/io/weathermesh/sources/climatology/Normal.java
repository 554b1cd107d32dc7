package io.weathermesh.sources.climatology;

import io.weathermesh.sources.GeoPoint;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The climate normal of one place of the table.
 *
 * @param place its name
 * @param countryCode ISO 3166-1 alpha-2
 * @param point where it is; with its elevation
 * @param temperature monthly means, degrees Celsius
 * @param humidity monthly means, percent
 * @param humidityVerified whether the humidities come from a reliable source
 * @param citation the source of the figures
 */
record Normal(
        String place,
        String countryCode,
        GeoPoint point,
        MonthlySeries temperature,
        MonthlySeries humidity,
        boolean humidityVerified,
        String citation) {

    double elevation() {
        return point.elevationMeters().orElseThrow();
    }

    static List<Normal> table() {
        return Tables.read("normals.tsv").stream().map(Normal::of).toList();
    }

    private static Normal of(Tables.Row row) {
        return new Normal(
                row.text("city"),
                row.text("country"),
                new GeoPoint(
                        row.number("latitude"), row.number("longitude"), OptionalDouble.of(row.number("elevation_m"))),
                row.series("t"),
                row.series("rh"),
                row.text("verified").equals("both"),
                row.text("t_source") + "; " + row.text("rh_source"));
    }
}
