package io.weathermesh.cdk;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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

/** The alarms, which are worth waking a person for, and a dashboard with the rest. */
public final class Monitoring extends Construct {
    /** One request in a hundred that fails, in most of five minutes: deploys and lost tasks cause none. */
    private static final double MAX_FAILED_PERCENT = 1;

    private static final int FAILED_MINUTES = 3;

    /** Half of the deadline of an ordinary request: at this point the tail is not chance. */
    private static final double MAX_TAIL_SECONDS = 0.7;

    /** One partial response in a hundred for three minutes is a provider in trouble, not one lost task. */
    private static final double MAX_PARTIAL_PERCENT = 1;

    /** One lost DNS answer is one line in one minute; a name that goes on failing is logged again in most minutes. */
    private static final int DNS_MINUTES = 3;

    private final Optional<String> topicArn;
    private final List<Alarm> alarms = new ArrayList<>();

    public Monitoring(
            Construct scope,
            String id,
            PublicEdge edge,
            MeshService gateway,
            List<MeshService> providers,
            MeshCluster mesh,
            WeatherProps props) {
        super(scope, id);
        topicArn = props.operations().alarmTopicArn();
        Duration minute = Duration.minutes(1);
        MetricOptions sum =
                MetricOptions.builder().period(minute).statistic("Sum").build();
        MetricOptions tail =
                MetricOptions.builder().period(minute).statistic("p99").build();
        MetricOptions max =
                MetricOptions.builder().period(minute).statistic("Maximum").build();
        Metric fromTasks = edge.targets().getMetrics().httpCodeTarget(HttpCodeTarget.TARGET_5XX_COUNT, sum);
        Metric fromBalancer = edge.balancer().getMetrics().httpCodeElb(HttpCodeElb.ELB_5XX_COUNT, sum);
        Metric requests = edge.balancer().getMetrics().requestCount(sum);
        IMetric failed = Percent.amongAll("failed", fromTasks, requests);
        // The load balancer counts a request only if it has a healthy target for it.
        IMetric refused = Percent.of("refused", fromBalancer, requests);
        Metric slow = edge.targets().getMetrics().targetResponseTime(tail);
        Metric unhealthy = edge.targets().getMetrics().unhealthyHostCount(max);
        LogMetrics logs = new LogMetrics(this, gateway.logs());
        Metric dns = logs.dnsFailures();
        IMetric partial = logs.partialPercent();
        Alarm errors = above(
                "GatewayErrors",
                failed,
                MAX_FAILED_PERCENT,
                FAILED_MINUTES,
                5,
                "The gateway returns 5xx: no provider is available, or it fails itself");
        above(
                "BalancerErrors",
                refused,
                MAX_FAILED_PERCENT,
                FAILED_MINUTES,
                5,
                "The load balancer returns 5xx: no healthy gateway, or a connection was closed");
        above(
                "SlowResponses",
                slow,
                MAX_TAIL_SECONDS,
                5,
                "p99 of the response time is above half of a request's deadline");
        above("UnhealthyTasks", unhealthy, 0, 5, "A task of the gateway stays unhealthy and is not replaced");
        above(
                "DnsFailures",
                dns,
                0,
                DNS_MINUTES,
                5,
                "The gateway cannot resolve a name: known tasks still serve, new ones are missed");
        Alarm partialResponses = above(
                "PartialResponses",
                partial,
                MAX_PARTIAL_PERCENT,
                3,
                "Responses lack a value: a provider is unavailable or too slow");
        // A new version that is healthy but fails what users see is rolled back.
        gateway.rollBackOn(List.of(errors, partialResponses));
        providers.forEach(provider -> provider.rollBackOn(List.of(partialResponses)));
        List<IMetric> counts = new ArrayList<>();
        for (MeshService service :
                Stream.concat(providers.stream(), Stream.of(gateway)).toList()) {
            Metric running = running(mesh.cluster().getClusterName(), service);
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
                graph("p99 of the response time (s)", List.of(slow)),
                graph("Running tasks", counts),
                graph("Partial responses (%)", List.of(partial)),
                graph("DNS failures", List.of(dns)));
    }

    private Alarm above(String id, IMetric metric, Number threshold, int minutes, String meaning) {
        return above(id, metric, threshold, minutes, minutes, meaning);
    }

    private Alarm above(String id, IMetric metric, Number threshold, int bad, int minutes, String meaning) {
        return notifyTopic(Alarm.Builder.create(this, id)
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
        notifyTopic(Alarm.Builder.create(this, "TooFew-" + service.name())
                .metric(running)
                .threshold(service.size().minTasks())
                .comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD)
                .evaluationPeriods(5)
                .treatMissingData(TreatMissingData.BREACHING)
                .alarmDescription("Fewer tasks of " + service.name() + " run than the minimum of its scaling")
                .build());
    }

    private Alarm notifyTopic(Alarm alarm) {
        alarms.add(alarm);
        topicArn.ifPresent(arn -> alarm.addAlarmAction((scope, bound) ->
                AlarmActionConfig.builder().alarmActionArn(arn).build()));
        return alarm;
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
