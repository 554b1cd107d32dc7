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
    /** Each more than ten failed requests in a minute, or a tenth of one percent of a busy one, is somebody's evening. */
    private static final int FAILED_REQUESTS = 10;

    /** Half of the ordinary request's deadline: at this point the tail is not chance. */
    private static final double TAIL_SECONDS = 0.7;

    /** One answer in a hundred without its half for three minutes is a provider in trouble, not one lost task. */
    private static final double PARTIAL_PERCENT = 1;

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
        Metric slow = gateway.targets().getMetrics().targetResponseTime(tail);
        Metric unhealthy = gateway.targets().getMetrics().unhealthyHostCount(most);
        LogMetrics logs = new LogMetrics(this, gateway.service().logs());
        Metric dns = logs.dnsFailures();
        IMetric partial = logs.partialPercent();
        above("GatewayErrors", fromTasks, FAILED_REQUESTS, 2, "The gateway answers 5xx: a provider is out or it fails");
        above(
                "BalancerErrors",
                fromBalancer,
                FAILED_REQUESTS,
                2,
                "The load balancer answers 5xx: no task, or one left");
        above("SlowAnswers", slow, TAIL_SECONDS, 5, "One request in a hundred takes half of its deadline");
        above("UnhealthyTasks", unhealthy, 0, 5, "A gateway's task is not ready and is not replaced");
        above(
                "DnsFailures",
                dns,
                0,
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
                graph(
                        "Requests a minute",
                        List.of(edge.balancer().getMetrics().requestCount(sum), fromTasks, fromBalancer)),
                graph("Slowest in a hundred (s)", List.of(slow)),
                graph("Running tasks", counts),
                graph("Partial answers (%)", List.of(partial)),
                graph("DNS failures", List.of(dns)));
    }

    /** A name that fails and fails in turn is one line at each change of reason, so lines are few: any is too many. */
    private void above(String id, IMetric metric, Number threshold, int minutes, String meaning) {
        tell(Alarm.Builder.create(this, id)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .evaluationPeriods(minutes)
                .datapointsToAlarm(id.equals("DnsFailures") ? 1 : minutes)
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
