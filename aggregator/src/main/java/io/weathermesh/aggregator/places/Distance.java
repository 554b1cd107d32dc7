package io.weathermesh.aggregator.places;

/** Great circles on a sphere: within 0.5 % of the Earth's. */
final class Distance {
    private static final double EARTH_RADIUS_KM = 6_371;

    private Distance() {}

    static double kilometers(double latitude, double longitude, Place place) {
        double north = Math.toRadians(place.latitude() - latitude) / 2;
        double east = Math.toRadians(place.longitude() - longitude) / 2;
        double h = Math.pow(Math.sin(north), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(place.latitude()))
                        * Math.pow(Math.sin(east), 2);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
