package io.weathermesh.sources.climatology;

/**
 * The uncertainty of the climatology as one standard deviation, by the distance of the nearest place of the table. The
 * figures were measured against observations and include how much one day differs from the usual one.
 */
final class Uncertainty {
    private static final double[] KILOMETERS = {150, 300, 1_000};
    private static final double[] KELVINS = {3.5, 4.5, 5, 6};
    private static final double[] PERCENT = {14, 16, 19, 20};

    /** The mean error of unverified humidities where they could be checked, percentage points. */
    private static final double UNVERIFIED_HUMIDITY = 3;

    private Uncertainty() {}

    /** In kelvins. */
    static double ofTemperature(ClimateEstimate estimate) {
        return KELVINS[distanceClass(estimate)];
    }

    /** In percentage points. */
    static double ofHumidity(ClimateEstimate estimate) {
        return PERCENT[distanceClass(estimate)] + UNVERIFIED_HUMIDITY * (1 - estimate.verifiedShare());
    }

    private static int distanceClass(ClimateEstimate estimate) {
        int index = 0;
        while (index < KILOMETERS.length && estimate.kilometersToNearest() >= KILOMETERS[index]) {
            index++;
        }
        return index;
    }
}
