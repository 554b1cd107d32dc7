package io.weathermesh.cdk;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * How a stack is operated.
 *
 * @param logDays how long logs are kept, in days; one of the periods that CloudWatch offers
 * @param alarmTopicArn the SNS topic that alarms notify; without one, alarms show in the console only
 * @param protectedFromDeletion whether the stack and its load balancer refuse to be deleted, and logs outlive the stack. A
 *     creation that fails can be neither rolled back nor deleted with it, so the first deploy goes without
 * @param operatorAccess whether the stack exports a security group whose members may open the admin port of every task
 */
public record Operations(
        int logDays, Optional<String> alarmTopicArn, boolean protectedFromDeletion, boolean operatorAccess) {
    private static final Map<Integer, RetentionDays> RETENTION = Map.of(
            1, RetentionDays.ONE_DAY,
            3, RetentionDays.THREE_DAYS,
            7, RetentionDays.ONE_WEEK,
            14, RetentionDays.TWO_WEEKS,
            30, RetentionDays.ONE_MONTH,
            90, RetentionDays.THREE_MONTHS,
            180, RetentionDays.SIX_MONTHS,
            365, RetentionDays.ONE_YEAR);

    private static final Pattern TOPIC = Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_.-]+");

    public Operations {
        if (!RETENTION.containsKey(logDays)) {
            throw new IllegalArgumentException("logDays is " + logDays + ", but must be one of "
                    + RETENTION.keySet().stream().sorted().toList());
        }
        if (alarmTopicArn.isPresent() && !TOPIC.matcher(alarmTopicArn.get()).matches()) {
            throw new IllegalArgumentException(
                    "alarmTopic is '" + alarmTopicArn.get() + "', but must be the ARN of an SNS topic");
        }
    }

    RetentionDays retention() {
        return Objects.requireNonNull(RETENTION.get(logDays));
    }

    /**
     * The removal policy of logs. A protected stack keeps them when it is deleted or updated, but not when its creation is
     * rolled back: each failed attempt would leave its own log groups behind.
     */
    RemovalPolicy removalPolicy() {
        return protectedFromDeletion ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;
    }
}
