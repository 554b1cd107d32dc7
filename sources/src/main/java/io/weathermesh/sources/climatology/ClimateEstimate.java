package io.weathermesh.sources.climatology;

import io.weathermesh.sources.GeoPoint;

/**
 * The climate at a point, and what its uncertainty depends on.
 *
 * @param point the point, with the elevation that the values hold for
 * @param temperature monthly means, degrees Celsius
 * @param humidity monthly means, percent
 * @param kilometersToNearest distance of the nearest place of the table
 * @param atPlace whether the values are those of that place
 * @param verifiedShare the share of the humidity that rests on verified figures, 0 to 1
 */
record ClimateEstimate(
        GeoPoint point,
        MonthlySeries temperature,
        MonthlySeries humidity,
        double kilometersToNearest,
        boolean atPlace,
        double verifiedShare) {}
