package io.weathermesh.sources;

/**
 * The usual year at a point, and how far it can be trusted.
 *
 * @param point the point, with the elevation that the values hold for
 * @param temperature monthly means, degrees Celsius
 * @param humidity monthly means, percent
 * @param kilometersToNearest how far the nearest place of the table is
 * @param atPlace whether the values are that place's own
 * @param verifiedShare how much of the humidity rests on verified figures, 0 to 1
 */
record UsualYear(
        GeoPoint point,
        MonthlySeries temperature,
        MonthlySeries humidity,
        double kilometersToNearest,
        boolean atPlace,
        double verifiedShare) {}
