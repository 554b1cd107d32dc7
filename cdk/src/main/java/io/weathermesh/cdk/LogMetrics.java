package io.weathermesh.cdk;

import io.weathermesh.mesh.AlarmWords;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.logs.FilterPattern;
import software.amazon.awscdk.services.logs.IFilterPattern;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.MetricFilter;
import software.constructs.Construct;

/**
 * What is counted in the gateway's log, since nothing collects the metrics pages of tasks. The metrics are under the stack's
 * name: those of two stacks in an account must not add up.
 */
final class LogMetrics {
    private static final Duration MINUTE = Duration.minutes(1);

    private final Construct scope;
    private final LogGroup logs;

    LogMetrics(Construct scope, LogGroup logs) {
        this.scope = scope;
        this.logs = logs;
    }

    /** How often names that fail were told in a minute: at least once in most minutes while one does. */
    Metric dnsFailures() {
        return count(
                "DnsFailures",
                "dns-failures",
                FilterPattern.anyTerm(AlarmWords.NO_TASK_KNOWN, AlarmWords.HOLDS_LAST_GOOD_SET));
    }

    /** How many in a hundred answers were partial in a minute. */
    IMetric partialPercent() {
        return Percent.of(
                "partial",
                answers("PartialAnswers", "partial-answers", GatewayNames.PARTIAL),
                answers("CompleteAnswers", "complete-answers", GatewayNames.COMPLETE));
    }

    private Metric answers(String id, String metric, String outcome) {
        return count(id, metric, FilterPattern.stringValue("$." + GatewayNames.OUTCOME, "=", outcome));
    }

    private Metric count(String id, String metric, IFilterPattern pattern) {
        return MetricFilter.Builder.create(scope, id + "InLogs")
                .logGroup(logs)
                .filterPattern(pattern)
                .metricNamespace(Stack.of(scope).getStackName())
                .metricName(metric)
                .metricValue("1")
                .defaultValue(0)
                .build()
                .metric(MetricOptions.builder().period(MINUTE).statistic("Sum").build());
    }
}
