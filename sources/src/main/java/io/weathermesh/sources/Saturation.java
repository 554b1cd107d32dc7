package io.weathermesh.sources;

/**
 * Water vapor over liquid water, also below freezing, as the WMO counts it. Magnus formula with the constants of Alduchov
 * and Eskridge (1996), J. Appl. Meteor. 35, 601-609: within 0.4 % from -40 to 50 degrees Celsius.
 */
final class Saturation {
    private Saturation() {}

    /** The vapor pressure of saturated air in hectopascals. */
    static double hectopascals(double celsius) {
        return 6.1094 * Math.exp(17.625 * celsius / (243.04 + celsius));
    }
}
