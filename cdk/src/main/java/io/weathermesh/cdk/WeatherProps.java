package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshTimings;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.RemovalPolicy;

/**
 * All that can be chosen about a deployment.
 *
 * @param region where it is; the load balancer's access logs need to know
 * @param edge how clients reach it
 * @param egress the way out of the private subnets
 * @param sources the weather sources that the providers ask
 * @param cloudMapApi whether the gateway completes samples of DNS by asking Cloud Map itself: above eight tasks it then
 *     notices a new one within the TTL, for the right to ask, and with endpoints for one more of them
 * @param zones 2 or 3 availability zones
 * @param images the services' images
 * @param architecture what the images were built for
 * @param provider what each provider's tasks get
 * @param gateway what the gateway's tasks get
 * @param timings every length of time that those depend on who call tasks that leave, here and in the containers
 * @param logDays how long logs are kept, in days; a number that CloudWatch knows
 * @param alarmTopicArn the topic that alarms are told to; without one they only show in the console
 * @param protectedFromDeletion whether the load balancer and the stack refuse to be deleted, and logs outlive it;
 *     without it nothing is left that costs money
 */
public record WeatherProps(
        String region,
        Edge edge,
        Egress egress,
        WeatherSources sources,
        boolean cloudMapApi,
        int zones,
        Images images,
        Architecture architecture,
        TaskSize provider,
        TaskSize gateway,
        MeshTimings timings,
        int logDays,
        Optional<String> alarmTopicArn,
        boolean protectedFromDeletion) {

    private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-\\d");

    public WeatherProps {
        if (!REGION.matcher(region).matches()) {
            throw new IllegalArgumentException("region is '" + region + "', but must be one such as eu-central-1");
        }
        if (egress == Egress.ENDPOINTS && sources.isLive()) {
            throw new IllegalArgumentException("sources is '" + sources.order()
                    + "', but with egress ENDPOINTS no live source can be reached: choose NAT or climatology");
        }
        if (zones < 2 || zones > 3) {
            throw new IllegalArgumentException("zones is " + zones + ", but must be 2 or 3");
        }
        if (alarmTopicArn.isPresent() && !alarmTopicArn.get().startsWith("arn:")) {
            throw new IllegalArgumentException(
                    "alarmTopic is '" + alarmTopicArn.get() + "', but must be the ARN of a topic");
        }
        LogDays.of(logDays);
        Whole.secondsOf(timings);
    }

    /**
     * The removal policy of logs. A protected stack keeps them when it is deleted or updated, but not when its creation is
     * rolled back: each failed attempt would leave its own log groups behind.
     */
    RemovalPolicy removalPolicy() {
        return protectedFromDeletion ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }
}
