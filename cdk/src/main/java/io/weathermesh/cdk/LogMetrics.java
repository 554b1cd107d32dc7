package io.weathermesh.cdk;

import io.weathermesh.mesh.AlarmWords;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.IFilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/** What is counted in the gateway's log, since nothing collects the metrics pages of tasks. */
final class LogMetrics {
    static final String NAMESPACE = "weather-mesh";

    /** Below it a percentage says nothing: one answer would be a tenth of all. */
    private static final int LEAST_ANSWERS = 20;

    private static final Duration MINUTE = Duration.minutes(1);

    private final Construct scope;
    private final LogGroup logs;

    LogMetrics(Construct scope, LogGroup logs) {
        this.scope = scope;
        this.logs = logs;
    }

    /** Changes of state for the worse, a minute: a name that goes on failing is one line. */
    Metric dnsFailures() {
        return count("DnsFailures", "dns-failures", FilterPattern.anyTerm(AlarmWords.NO_TASK_KNOWN, AlarmWords.HOLDS));
    }

    /** How many in a hundred answers were partial in a minute; 0 when there were hardly any. */
    IMetric partialPercent() {
        return MathExpression.Builder.create()
                .expression("IF(partial + complete >= " + LEAST_ANSWERS + ", 100 * partial / (partial + complete), 0)")
                .usingMetrics(new TreeMap<>(Map.of(
                        "partial", answers("PartialAnswers", "partial-answers", AlarmWords.PARTIAL),
                        "complete", answers("CompleteAnswers", "complete-answers", AlarmWords.COMPLETE))))
                .label("partial answers")
                .period(MINUTE)
                .build();
    }

    private Metric answers(String id, String metric, String outcome) {
        return count(id, metric, FilterPattern.stringValue("$." + AlarmWords.OUTCOME, "=", outcome));
    }

    private Metric count(String id, String metric, IFilterPattern pattern) {
        return MetricFilter.Builder.create(scope, id + "InLogs")
                .logGroup(logs)
                .filterPattern(pattern)
                .metricNamespace(NAMESPACE)
                .metricName(metric)
                .metricValue("1")
                .defaultValue(0)
                .build()
                .metric(MetricOptions.builder().period(MINUTE).statistic("Sum").build());
    }
}
