package io.weathermesh.aggregator.places;

/** Great circles on a sphere: within 0.5 % of the Earth's. */
final class Distance {
    static final double EARTH_RADIUS_KM = 6_371;

    private Distance() {}

    static double kilometers(double latitude, double longitude, double otherLatitude, double otherLongitude) {
        double north = Math.sin(Math.toRadians(otherLatitude - latitude) / 2);
        double east = Math.sin(Math.toRadians(otherLongitude - longitude) / 2);
        double h = north * north
                + Math.cos(Math.toRadians(latitude)) * Math.cos(Math.toRadians(otherLatitude)) * east * east;
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
