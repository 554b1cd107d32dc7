package io.weathermesh.local.trials.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The middle of some figures, and the least and the greatest of them. */
record Spread(double median, double least, double greatest) {
    static Spread of(List<LoadSample> turns, ToDoubleFunction<LoadSample> figure) {
        return of(turns.stream().mapToDouble(figure));
    }

    /** LoadSample by turn, since those of one round had the same neighbours. */
    static Spread ofRatios(List<LoadSample> turns, List<LoadSample> others) {
        return of(IntStream.range(0, turns.size())
                .mapToDouble(i -> turns.get(i).micros() / others.get(i).micros()));
    }

    private static Spread of(DoubleStream figures) {
        double[] sorted = figures.sorted().toArray();
        return new Spread(sorted[sorted.length / 2], sorted[0], sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, least, greatest);
    }
}
