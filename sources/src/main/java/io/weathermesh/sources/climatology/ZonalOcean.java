package io.weathermesh.sources.climatology;

import java.util.List;
import java.util.function.Function;

/** The climate over the oceans by latitude: the background where no place of the table is near. */
final class ZonalOcean {
    private record Band(double latitude, MonthlySeries temperature, MonthlySeries humidity) {}

    private final List<Band> bands;

    private ZonalOcean(List<Band> bands) {
        this.bands = bands;
    }

    static ZonalOcean table() {
        return new ZonalOcean(Tables.read("zonal-ocean.tsv").stream()
                .map(row -> new Band(row.number("lat_band_centre"), row.series("t"), row.series("rh")))
                .toList());
    }

    /** Monthly means at sea level, degrees Celsius. */
    MonthlySeries temperature(double latitude) {
        return between(latitude, Band::temperature);
    }

    /** Monthly means, percent. */
    MonthlySeries humidity(double latitude) {
        return between(latitude, Band::humidity);
    }

    /** Linear between the centres of the bands, and constant beyond the outermost centres. */
    private MonthlySeries between(double latitude, Function<Band, MonthlySeries> quantity) {
        int north = 1;
        while (north < bands.size() - 1 && bands.get(north).latitude() < latitude) {
            north++;
        }
        Band low = bands.get(north - 1);
        Band high = bands.get(north);
        double share = Math.max(0, Math.min(1, (latitude - low.latitude()) / (high.latitude() - low.latitude())));
        return MonthlySeries.of(month -> quantity.apply(low).mean(month) * (1 - share)
                + quantity.apply(high).mean(month) * share);
    }
}
