package io.weathermesh.cdk;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/** The percentage of a minute's events that were bad; 0 in a minute with too few events. */
final class Percent {
    /** Below it a percentage means nothing: one request would be more than a twentieth of all. */
    static final int MIN_EVENTS = 20;

    private Percent() {}

    /**
     * The percentage for two metrics that count different events.
     *
     * @param name a lower-case word, different from that of every other metric in a graph
     */
    static IMetric of(String name, IMetric bad, IMetric good) {
        String all = numberOf(name + "Bad") + " + " + numberOf(name + "Good");
        return expression(name, all, Map.of(name + "Bad", bad, name + "Good", good));
    }

    /** The percentage for two metrics of which the second counts the events of the first too. */
    static IMetric amongAll(String name, IMetric bad, IMetric all) {
        return expression(name, numberOf(name + "All"), Map.of(name + "Bad", bad, name + "All", all));
    }

    private static IMetric expression(String name, String all, Map<String, IMetric> metrics) {
        String bad = numberOf(name + "Bad");
        return MathExpression.Builder.create()
                .expression("IF(" + all + " >= " + MIN_EVENTS + ", 100 * " + bad + " / (" + all + "), 0)")
                .usingMetrics(new TreeMap<>(metrics))
                .label(name + " (%)")
                .period(Duration.minutes(1))
                .build();
    }

    /** CloudWatch has no data where nothing happened, and a sum with missing data is missing. */
    private static String numberOf(String id) {
        return "FILL(" + id + ", 0)";
    }
}
