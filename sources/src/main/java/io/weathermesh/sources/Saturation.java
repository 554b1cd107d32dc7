package io.weathermesh.sources;

/**
 * Saturation vapor pressure over liquid water, also below freezing, as the WMO defines relative humidity. Magnus formula
 * with the constants of Alduchov and Eskridge (1996), J. Appl. Meteor. 35, 601-609: within 0.4 % from -40 to 50 degrees
 * Celsius.
 */
public final class Saturation {
    private Saturation() {}

    /** The vapor pressure of saturated air in hectopascals. */
    public static double hectopascals(double celsius) {
        return 6.1094 * Math.exp(17.625 * celsius / (243.04 + celsius));
    }
}
