package io.weathermesh.sources.climatology;

import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Twelve monthly means of one quantity, with linear interpolation between the middles of the months.
 *
 * @param means twelve values, January first
 */
record MonthlySeries(List<Double> means) {
    static final int MONTHS = 12;

    private static final double DAYS = 365;

    /** The middle of each month, in days since the year began. */
    private static final double[] MIDDLES = {15.5, 45, 74.5, 105, 135.5, 166, 196.5, 227.5, 258, 288.5, 319, 349.5};

    MonthlySeries {
        means = List.copyOf(means);
        if (means.size() != MONTHS) {
            throw new IllegalArgumentException("a series has " + means.size() + " means, but must have 12");
        }
    }

    /** A series computed for each month, 0 to 11. */
    static MonthlySeries of(IntToDoubleFunction mean) {
        return new MonthlySeries(
                IntStream.range(0, MONTHS).mapToDouble(mean).boxed().toList());
    }

    /** The mean of a month, 0 to 11. */
    double mean(int month) {
        return means.get(month);
    }

    /** The value on a day of the year, 0 to 366, with a fraction for the time of day. */
    double at(double day) {
        int after = 0;
        while (after < MONTHS && MIDDLES[after] <= day) {
            after++;
        }
        int before = (after + MONTHS - 1) % MONTHS;
        double start = after == 0 ? MIDDLES[MONTHS - 1] - DAYS : MIDDLES[before];
        double end = after == MONTHS ? MIDDLES[0] + DAYS : MIDDLES[after];
        double share = (day - start) / (end - start);
        return means.get(before) * (1 - share) + means.get(after % MONTHS) * share;
    }
}
