package io.weathermesh.cdk;

import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;

/** How many in a hundred were bad in a minute; 0 when there were hardly any at all. */
final class Percent {
    /** Below it a percentage says nothing: one request would be more than a twentieth of all. */
    static final int LEAST_IN_A_MINUTE = 20;

    private Percent() {}

    /**
     * Of two metrics that exclude each other.
     *
     * @param name what it is a percentage of, unlike that of any other in a graph; a lower-case word
     */
    static IMetric of(String name, IMetric bad, IMetric good) {
        String all = numberOf(name + "Bad") + " + " + numberOf(name + "Good");
        return expression(name, all, Map.of(name + "Bad", bad, name + "Good", good));
    }

    /** Of all, among which the bad are. */
    static IMetric amongAll(String name, IMetric bad, IMetric all) {
        return expression(name, numberOf(name + "All"), Map.of(name + "Bad", bad, name + "All", all));
    }

    private static IMetric expression(String name, String all, Map<String, IMetric> metrics) {
        String bad = numberOf(name + "Bad");
        return MathExpression.Builder.create()
                .expression("IF(" + all + " >= " + LEAST_IN_A_MINUTE + ", 100 * " + bad + " / (" + all + "), 0)")
                .usingMetrics(new TreeMap<>(metrics))
                .label(name + " (%)")
                .period(Duration.minutes(1))
                .build();
    }

    /** CloudWatch has no number where nothing happened, and a sum with none is none. */
    private static String numberOf(String id) {
        return "FILL(" + id + ", 0)";
    }
}
