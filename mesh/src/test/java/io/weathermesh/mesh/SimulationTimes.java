package io.weathermesh.mesh;

import java.time.Duration;
import java.util.List;

/** How long something took, often. All zero when it never happened. */
record SimulationTimes(int count, Duration mean, Duration median, Duration p99, Duration longest) {
    static SimulationTimes of(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        if (sorted.isEmpty()) {
            return new SimulationTimes(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
        }
        double mean = sorted.stream().mapToLong(time -> time).average().orElse(0);
        return new SimulationTimes(
                sorted.size(), Duration.ofNanos((long) mean), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
    }

    private static Duration at(List<Long> sorted, double quantile) {
        int index = (int) Math.ceil(quantile * sorted.size()) - 1;
        return Duration.ofNanos(sorted.get(Math.max(0, index)));
    }
}
