package io.weathermesh.local.trials.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The median, minimum and maximum of some figures. */
record Spread(double median, double min, double max) {
    static Spread of(List<LoadSample> samples, ToDoubleFunction<LoadSample> figure) {
        return of(samples.stream().mapToDouble(figure));
    }

    /** Ratios of samples of the same round, which had the same load on the machine. */
    static Spread ofRatios(List<LoadSample> samples, List<LoadSample> others) {
        return of(IntStream.range(0, samples.size())
                .mapToDouble(i -> samples.get(i).micros() / others.get(i).micros()));
    }

    private static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, min, max);
    }
}
