package io.weathermesh.cdk;

import static io.weathermesh.cdk.TaskInvariants.each;
import static io.weathermesh.cdk.Template.target;

import com.fasterxml.jackson.databind.JsonNode;
import io.weathermesh.cdk.Template.Resource;
import io.weathermesh.mesh.MeshTimings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The load balancer, the firewall and the alarms. */
final class EdgeInvariants {
    private static final String BALANCER = "AWS::ElasticLoadBalancingV2::LoadBalancer";
    private static final String TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";
    private static final String ATTRIBUTES = "/LoadBalancerAttributes";

    static final List<Invariant> ALL = List.of(
            each(BALANCER, "theLoadBalancerClosesIdleConnectionsFirst", (balancer, props) -> balancer.attribute(
                            ATTRIBUTES, "idle_timeout.timeout_seconds")
                    .equals("" + props.services().timings().loadBalancerIdle().toSeconds())),
            each(
                    BALANCER,
                    "theLoadBalancerRejectsMalformedRequests",
                    (balancer, props) ->
                            balancer.attribute(ATTRIBUTES, "routing.http.drop_invalid_header_fields.enabled")
                                            .equals("true")
                                    && balancer.attribute(ATTRIBUTES, "routing.http.desync_mitigation_mode")
                                            .equals("strictest")),
            each(
                    BALANCER,
                    "accessIsLogged",
                    (balancer, props) -> balancer.attribute(ATTRIBUTES, "access_logs.s3.enabled")
                                    .equals("true")
                            && balancer.attribute(ATTRIBUTES, "access_logs.s3.bucket")
                                    .contains("Ref")),
            each(
                    "AWS::ElasticLoadBalancingV2::Listener",
                    "httpsIsNeverBelowTls12AndHttpOnlyRedirects",
                    EdgeInvariants::tls),
            each(TARGETS, "aLeavingTaskFinishesItsRequests", (targets, props) -> targets.attribute(
                            "/TargetGroupAttributes", "deregistration_delay.timeout_seconds")
                    .equals(""
                            + props.services().timings().deregistrationDelay().toSeconds())),
            each(TARGETS, "theLoadBalancerChecksHealthAtTheIntervalOfTheStack", EdgeInvariants::health),
            new Invariant("theLoadBalancerFindsTheContainer", EdgeInvariants::misdirected),
            new Invariant("aFirewallProtectsTheLoadBalancer", EdgeInvariants::withoutFirewall),
            new Invariant("blockedRequestsAreLogged", EdgeInvariants::withoutFirewallLogs),
            new Invariant("requestsAreForwardedToTheGateway", EdgeInvariants::notForwarded),
            new Invariant("theLoadBalancerMayWriteItsLogs", EdgeInvariants::lostLogs),
            new Invariant("alarmsWatchTheLoadBalancer", EdgeInvariants::elsewhere),
            each("AWS::WAFv2::WebACL", "theRequestsOfOneAddressAreLimited", (firewall, props) -> firewall.at("/Rules")
                    .toString()
                    .contains("\"RateBasedStatement\":{\"AggregateKeyType\":\"IP\",\"EvaluationWindowSec\":60,"
                            + "\"Limit\":" + props.services().requestsPerMinute() + "}")),
            each(
                    "AWS::WAFv2::WebACL",
                    "aRefusedRequestGetsRetryAfter",
                    (firewall, props) -> EdgeInvariants.sendsRetryAfter(firewall)),
            new Invariant("theGatewayAndTheFirewallHaveTheSameLimit", EdgeInvariants::otherRate),
            new Invariant("theDomainNameLeadsToTheLoadBalancer", EdgeInvariants::misnamed),
            new Invariant("everyFailureHasAnAlarm", EdgeInvariants::withoutAlarm),
            new Invariant("oneLostDnsAnswerRaisesNoAlarm", EdgeInvariants::tooSensitive),
            new Invariant("failuresAreMeasuredAsAPercentage", EdgeInvariants::absolute),
            new Invariant("metricsOfTwoStacksDoNotMix", EdgeInvariants::mixed));

    private EdgeInvariants() {}

    private static boolean tls(Resource listener, WeatherProps props) {
        boolean encrypted = listener.at("/Protocol").asText().equals("HTTPS");
        boolean redirects = listener.at("/DefaultActions/0/Type").asText().equals("redirect");
        if (props.access() instanceof PublicAccess.PlainHttp) {
            return listener.at("/Port").asInt() == 80 && !encrypted;
        }
        return encrypted
                ? listener.at("/SslPolicy").asText().startsWith("ELBSecurityPolicy-TLS13-1-2-")
                        && listener.at("/Certificates").size() == 1
                : redirects;
    }

    private static boolean health(Resource targets, WeatherProps props) {
        MeshTimings timings = props.services().timings();
        return targets.at("/HealthCheckPath").asText().equals("/healthz")
                && targets.at("/Matcher/HttpCode").asText().equals("200")
                && !targets.attribute("/TargetGroupAttributes", "stickiness.enabled")
                        .equals("true")
                && targets.at("/HealthCheckIntervalSeconds").asInt()
                        == timings.healthInterval().toSeconds()
                && targets.at("/HealthCheckTimeoutSeconds").asInt()
                        == timings.healthTimeout().toSeconds()
                && targets.at("/UnhealthyThresholdCount").asInt() == timings.unhealthyThreshold()
                && targets.at("/TargetType").asText().equals("ip")
                && targets.at("/Port").asInt() == GatewayNames.HTTP_PORT;
    }

    private static List<String> withoutFirewall(Template template, WeatherProps props) {
        boolean linked = template.all("AWS::WAFv2::WebACLAssociation").stream()
                .anyMatch(link ->
                        template.byId(target(link.at("/ResourceArn"))).type().equals(BALANCER)
                                && template.byId(target(link.at("/WebACLArn")))
                                        .at("/Scope")
                                        .asText()
                                        .equals("REGIONAL"));
        return linked ? List.of() : List.of("no firewall before the load balancer");
    }

    /** The name's prefix is that of WAF; the rest keeps it apart from a log group that an earlier stack has left. */
    private static List<String> withoutFirewallLogs(Template template, WeatherProps props) {
        boolean logged = template.all("AWS::WAFv2::LoggingConfiguration").stream()
                .filter(logging ->
                        template.byId(target(logging.at("/ResourceArn"))).type().equals("AWS::WAFv2::WebACL"))
                .map(logging -> template.byId(target(logging.at("/LogDestinationConfigs/0"))))
                .anyMatch(logs -> logs.at("/LogGroupName").toString().contains("\"aws-waf-logs-\"")
                        && logs.at("/LogGroupName").toString().contains("AWS::StackId"));
        return logged ? List.of() : List.of("blocked requests are not logged");
    }

    private static List<String> notForwarded(Template template, WeatherProps props) {
        int port = props.access() instanceof PublicAccess.PlainHttp ? 80 : 443;
        boolean forwarded = template.all("AWS::ElasticLoadBalancingV2::Listener").stream()
                .anyMatch(listener -> listener.at("/Port").asInt() == port
                        && listener.at("/DefaultActions").size() == 1
                        && listener.at("/DefaultActions/0/Type").asText().equals("forward")
                        && template.byId(target(listener.at("/DefaultActions/0/TargetGroupArn")))
                                .type()
                                .equals(TARGETS)
                        && template.byId(target(listener.at("/LoadBalancerArn")))
                                .type()
                                .equals(BALANCER));
        return forwarded ? List.of() : List.of("port " + port + " is not forwarded");
    }

    private static List<String> lostLogs(Template template, WeatherProps props) {
        boolean written = template.all("AWS::S3::BucketPolicy").stream()
                .flatMap(policy -> Template.all(policy.at("/PolicyDocument/Statement")))
                .anyMatch(statement -> statement.path("Effect").asText().equals("Allow")
                        && statement.path("Action").asText().equals("s3:PutObject")
                        && statement.path("Resource").toString().contains("/AWSLogs/")
                        && statement.at("/Principal").toString().matches(".*(:root|logdelivery).*"));
        return written ? List.of() : List.of("the bucket refuses the load balancer");
    }

    private static List<String> elsewhere(Template template, WeatherProps props) {
        return template.all("AWS::CloudWatch::Alarm").stream()
                .filter(alarm -> alarm.json().toString().contains("AWS/ApplicationELB"))
                .filter(alarm -> !alarm.json().toString().contains("\"Name\":\"LoadBalancer\",\"Value\":{\"Fn::"))
                .map(Resource::id)
                .toList();
    }

    private static List<String> misdirected(Template template, WeatherProps props) {
        List<String> found = new ArrayList<>();
        for (Resource service : template.all("AWS::ECS::Service")) {
            JsonNode container = TaskInvariants.taskOf(template, service).at("/ContainerDefinitions/0");
            for (JsonNode link : service.at("/LoadBalancers")) {
                if (!link.path("ContainerName").equals(container.path("Name"))
                        || !TaskInvariants.ports(container)
                                .contains(link.path("ContainerPort").asInt())
                        || link.path("ContainerPort").asInt() != GatewayNames.HTTP_PORT
                        || !TaskInvariants.environment(container)
                                .getOrDefault("WEATHER_HTTP_PORT", "")
                                .equals("" + GatewayNames.HTTP_PORT)) {
                    found.add(service.id());
                }
            }
        }
        return found;
    }

    private static List<String> misnamed(Template template, WeatherProps props) {
        if (!(props.access() instanceof PublicAccess.Domain domain)) {
            return template.all("AWS::Route53::RecordSet").stream()
                    .map(Resource::id)
                    .toList();
        }
        boolean leads = template.all("AWS::Route53::RecordSet").stream()
                .anyMatch(record -> record.at("/Name").asText().equals(domain.name() + ".")
                        && record.at("/HostedZoneId").asText().equals(domain.zoneId())
                        && record.at("/AliasTarget/DNSName").toString().contains("EdgeBalancer"));
        boolean proven = template.all("AWS::CertificateManager::Certificate").stream()
                .anyMatch(certificate -> certificate.at("/DomainName").asText().equals(domain.name())
                        && certificate.at("/ValidationMethod").asText().equals("DNS"));
        return leads && proven ? List.of() : List.of(domain.name());
    }

    private static boolean sendsRetryAfter(Resource firewall) {
        JsonNode answer = firewall.at("/Rules/0/Action/Block/CustomResponse");
        String body = firewall.at("/CustomResponseBodies/"
                        + answer.path("CustomResponseBodyKey").asText() + "/Content")
                .asText();
        return answer.path("ResponseCode").asInt() == 429
                && answer.path("ResponseHeaders").path(0).path("Name").asText().equals("Retry-After")
                && body.contains("\"type\":\"/problems/too-many-requests\"");
    }

    private static List<String> otherRate(Template template, WeatherProps props) {
        String limit = template.one("AWS::WAFv2::WebACL", "Edge")
                .at("/Rules/0/Statement/RateBasedStatement/Limit")
                .asText();
        JsonNode container = template.one("AWS::ECS::TaskDefinition", "Gateway").at("/ContainerDefinitions/0");
        String own = TaskInvariants.environment(container).getOrDefault("WEATHER_RATE_LIMIT", "unset");
        return own.equals(limit) ? List.of() : List.of("the gateway allows " + own + ", the firewall " + limit);
    }

    private static List<String> absolute(Template template, WeatherProps props) {
        return Stream.of("MonitoringGatewayErrors", "MonitoringBalancerErrors", "MonitoringPartialResponses")
                .map(alarm -> template.one("AWS::CloudWatch::Alarm", alarm))
                .filter(alarm -> !alarm.at("/Metrics")
                        .toString()
                        .matches(".*\"Expression\":\"IF\\(.* >= \\d+, 100 \\* .* / .*, 0\\)\".*"))
                .map(Resource::id)
                .toList();
    }

    private static List<String> mixed(Template template, WeatherProps props) {
        String stack =
                template.json().at("/Outputs/Clients/Export/Name").asText().replaceFirst("-clients$", "");
        return template.all("AWS::Logs::MetricFilter").stream()
                .filter(metric -> !metric.at("/MetricTransformations/0/MetricNamespace")
                        .asText()
                        .equals(stack))
                .map(Resource::id)
                .toList();
    }

    private static List<String> tooSensitive(Template template, WeatherProps props) {
        Resource alarm = template.one("AWS::CloudWatch::Alarm", "MonitoringDnsFailures");
        boolean calm = alarm.at("/DatapointsToAlarm").asInt() == 3
                && alarm.at("/EvaluationPeriods").asInt() == 5;
        return calm ? List.of() : List.of(alarm.id());
    }

    private static List<String> withoutAlarm(Template template, WeatherProps props) {
        List<Resource> alarms = template.all("AWS::CloudWatch::Alarm");
        List<String> found = new ArrayList<>(List.of(
                "HTTPCode_Target_5XX_Count",
                "HTTPCode_ELB_5XX_Count",
                "TargetResponseTime",
                "UnHealthyHostCount",
                "RunningTaskCount",
                "partial-answers",
                "dns-failures"));
        found.removeIf(metric -> alarms.stream()
                .anyMatch(alarm -> alarm.json().toString().contains("\"MetricName\":\"" + metric + "\"")));
        alarms.stream()
                .filter(alarm -> props.operations().alarmTopicArn().isPresent()
                        != (alarm.at("/AlarmActions").size() == 1))
                .map(Resource::id)
                .forEach(found::add);
        return found;
    }
}
