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
 * Metrics that CloudWatch counts in the gateway's log, because nothing collects the metrics pages of tasks. Their namespace is
 * the stack's name, so that those of two stacks in an account do not add up.
 */
final class LogMetrics {
    private static final Duration MINUTE = Duration.minutes(1);

    private final Construct scope;
    private final LogGroup logs;

    LogMetrics(Construct scope, LogGroup logs) {
        this.scope = scope;
        this.logs = logs;
    }

    /** The log lines a minute about names that cannot be resolved: in most minutes at least one for each. */
    Metric dnsFailures() {
        return count(
                "DnsFailures",
                "dns-failures",
                FilterPattern.anyTerm(AlarmWords.NO_TASK_KNOWN, AlarmWords.HOLDS_LAST_GOOD_SET));
    }

    /** The percentage of the responses of a minute that were partial. */
    IMetric partialPercent() {
        return Percent.of(
                "partial",
                responses("PartialResponses", "partial-answers", GatewayNames.PARTIAL),
                responses("CompleteResponses", "complete-answers", GatewayNames.COMPLETE));
    }

    private Metric responses(String id, String metric, String outcome) {
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
