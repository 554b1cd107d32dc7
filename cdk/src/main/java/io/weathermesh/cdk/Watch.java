package io.weathermesh.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmActionConfig;
import software.amazon.awscdk.services.cloudwatch.AlarmStatusWidget;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.elasticloadbalancingv2.HttpCodeElb;
import software.amazon.awscdk.services.elasticloadbalancingv2.HttpCodeTarget;
import software.constructs.Construct;

/** What is worth waking a person for, and one page that shows the rest. */
public final class Watch extends Construct {
    /** One request in a hundred that fails, in most of five minutes: deploys and lost tasks cost none. */
    private static final double FAILED_PERCENT = 1;

    private static final int FAILED_MINUTES = 3;

    /** Half of the ordinary request's deadline: at this point the tail is not chance. */
    private static final double TAIL_SECONDS = 0.7;

    /** One answer in a hundred without its half for three minutes is a provider in trouble, not one lost task. */
    private static final double PARTIAL_PERCENT = 1;

    /** One lost answer is one line in one minute; a name that goes on failing is told again in most minutes. */
    private static final int DNS_MINUTES = 3;

    private final Optional<String> topicArn;
    private final List<Alarm> alarms = new ArrayList<>();

    public Watch(
            Construct scope,
            String id,
            PublicEdge edge,
            Gateway gateway,
            List<MeshService> services,
            String cluster,
            WeatherProps props) {
        super(scope, id);
        topicArn = props.alarmTopicArn();
        Duration minute = Duration.minutes(1);
        MetricOptions sum =
                MetricOptions.builder().period(minute).statistic("Sum").build();
        MetricOptions tail =
                MetricOptions.builder().period(minute).statistic("p99").build();
        MetricOptions most =
                MetricOptions.builder().period(minute).statistic("Maximum").build();
        Metric fromTasks = gateway.targets().getMetrics().httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, sum);
        Metric fromBalancer = edge.balancer().getMetrics().httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, sum);
        Metric requests = edge.balancer().getMetrics().requestCount(sum);
        IMetric failed = Percent.amongAll("failed", fromTasks, requests);
        // The load balancer counts a request only if it had a task for it.
        IMetric refused = Percent.of("refused", fromBalancer, requests);
        Metric slow = gateway.targets().getMetrics().targetResponseTime(tail);
        Metric unhealthy = gateway.targets().getMetrics().unhealthyHostCount(most);
        LogMetrics logs = new LogMetrics(this, gateway.service().logs());
        Metric dns = logs.dnsFailures();
        IMetric partial = logs.partialPercent();
        above(
                "GatewayErrors",
                failed,
                FAILED_PERCENT,
                FAILED_MINUTES,
                5,
                "The gateway answers 5xx: both providers are out or it fails");
        above(
                "BalancerErrors",
                refused,
                FAILED_PERCENT,
                FAILED_MINUTES,
                5,
                "The load balancer answers 5xx: no task, or one left");
        above("SlowAnswers", slow, TAIL_SECONDS, 5, "One request in a hundred takes half of its deadline");
        above("UnhealthyTasks", unhealthy, 0, 5, "A gateway's task is unhealthy and is not replaced");
        above(
                "DnsFailures",
                dns,
                0,
                DNS_MINUTES,
                5,
                "Names cannot be resolved: tasks known before still answer, new ones are missed");
        above(
                "PartialAnswers",
                partial,
                PARTIAL_PERCENT,
                3,
                "Answers lack what a provider should give: it is out or late");
        List<IMetric> counts = new ArrayList<>();
        for (MeshService service : services) {
            Metric running = running(cluster, service);
            counts.add(running);
            below(service, running);
        }
        Dashboard dashboard = Dashboard.Builder.create(this, "Dashboard").build();
        dashboard.addWidgets(AlarmStatusWidget.Builder.create()
                .title("Alarms")
                .width(24)
                .alarms(alarms)
                .build());
        dashboard.addWidgets(
                graph("Requests a minute", List.of(requests, fromTasks, fromBalancer)),
                graph("Failed requests (%)", List.of(failed, refused)),
                graph("Slowest in a hundred (s)", List.of(slow)),
                graph("Running tasks", counts),
                graph("Partial answers (%)", List.of(partial)),
                graph("DNS failures", List.of(dns)));
    }

    private void above(String id, IMetric metric, Number threshold, int minutes, String meaning) {
        above(id, metric, threshold, minutes, minutes, meaning);
    }

    private void above(String id, IMetric metric, Number threshold, int bad, int minutes, String meaning) {
        tell(Alarm.Builder.create(this, id)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(minutes)
                .datapointsToAlarm(bad)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .alarmDescription(meaning)
                .build());
    }

    private void below(MeshService service, Metric running) {
        tell(Alarm.Builder.create(this, "TooFew-" + service.name())
                .metric(running)
                .threshold(service.size().minTasks())
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(5)
                .treatMissingData(TreatMissingData.BREACHING)
                .alarmDescription("Fewer tasks of " + service.name() + " than may be: answers are partial without any")
                .build());
    }

    private void tell(Alarm alarm) {
        alarms.add(alarm);
        topicArn.ifPresent(arn -> alarm.addAlarmAction((scope, bound) ->
                AlarmActionConfig.builder().alarmActionArn(arn).build()));
    }

    private static Metric running(String cluster, MeshService service) {
        return Metric.Builder.create()
                .namespace("ECS/ContainerInsights")
                .metricName("RunningTaskCount")
                .dimensionsMap(Map.of(
                        "ClusterName", cluster, "ServiceName", service.service().getServiceName()))
                .period(Duration.minutes(1))
                .statistic("Minimum")
                .label(service.name())
                .build();
    }

    private static GraphWidget graph(String title, List<? extends IMetric> metrics) {
        return GraphWidget.Builder.create().title(title).width(12).left(metrics).build();
    }
}
