package io.weathermesh.sources;

import java.util.OptionalDouble;

/**
 * A point on Earth, WGS 84.
 *
 * @param latitude degrees, -90 to 90
 * @param longitude degrees, -180 to 180
 * @param elevationMeters height of the ground above mean sea level, -500 to 9000; empty if it is unknown
 */
public record GeoPoint(double latitude, double longitude, OptionalDouble elevationMeters) {
    /** Below the shore of the Dead Sea. */
    public static final int MIN_ELEVATION_METERS = -500;

    /** Above the summit of Mount Everest. */
    public static final int MAX_ELEVATION_METERS = 9_000;

    /** Mean radius of the Earth (IUGG), good to 0.5 % for great circles. */
    private static final double EARTH_RADIUS_KM = 6_371.0;

    public GeoPoint {
        requireBetween("latitude", latitude, -90, 90);
        requireBetween("longitude", longitude, -180, 180);
        elevationMeters.ifPresent(
                meters -> requireBetween("elevation_meters", meters, MIN_ELEVATION_METERS, MAX_ELEVATION_METERS));
    }

    private static void requireBetween(String name, double value, int min, int max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be between " + min + " and " + max);
        }
    }

    /** This point, with another point's elevation if its own is unknown. */
    public GeoPoint orElevationOf(GeoPoint other) {
        return elevationMeters.isPresent() ? this : new GeoPoint(latitude, longitude, other.elevationMeters);
    }

    /** The great-circle distance in kilometers (haversine formula, which is exact at small distances too). */
    public double kilometersTo(GeoPoint other) {
        double north = Math.toRadians(other.latitude - latitude) / 2;
        double east = Math.toRadians(other.longitude - longitude) / 2;
        double h = Math.sin(north) * Math.sin(north)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * Math.sin(east)
                        * Math.sin(east);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
    }
}
