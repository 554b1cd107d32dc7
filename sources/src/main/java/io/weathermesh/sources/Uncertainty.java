package io.weathermesh.sources;

/** How sure the climatology is, as one standard deviation; measured against real observations by distance to the table. */
final class Uncertainty {
    private static final double[] KILOMETERS = {150, 300, 1_000};
    private static final double[] KELVINS = {3.5, 4.5, 5, 6};
    private static final double[] PERCENT = {14, 16, 19, 20};

    private Uncertainty() {}

    static double ofTemperature(UsualYear year) {
        return KELVINS[reach(year)];
    }

    static double ofHumidity(UsualYear year) {
        return PERCENT[reach(year)] + Climatology.unverifiedPenalty(year);
    }

    private static int reach(UsualYear year) {
        int reach = 0;
        while (reach < KILOMETERS.length && year.kilometersToNearest() >= KILOMETERS[reach]) {
            reach++;
        }
        return reach;
    }
}
