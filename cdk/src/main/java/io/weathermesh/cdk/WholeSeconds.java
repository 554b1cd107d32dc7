package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshTimings;
import software.amazon.awscdk.Duration;

/** Lengths of time in the unit that AWS takes: whole seconds. */
final class WholeSeconds {
    /** The shortest interval of an ALB's health checks: HealthCheckIntervalSeconds of a target group. */
    private static final java.time.Duration MIN_HEALTH_INTERVAL = java.time.Duration.ofSeconds(5);

    private WholeSeconds() {}

    /** The same length as the CDK takes it. */
    static Duration of(String name, java.time.Duration length) {
        if (length.toNanosPart() != 0) {
            throw new IllegalArgumentException(name + " is " + length.toMillis() + "ms, but must be in whole seconds");
        }
        return Duration.seconds(length.toSeconds());
    }

    /** Refuses timings that AWS cannot take exactly: rounded, they would differ from those in the containers. */
    static void check(MeshTimings timings) {
        of("dnsTtl", timings.dnsTtl());
        of("negativeTtl", timings.negativeTtl());
        of("stopTimeout", timings.stopTimeout());
        of("loadBalancerIdle", timings.loadBalancerIdle());
        of("deregistrationDelay", timings.deregistrationDelay());
        if (timings.healthInterval().compareTo(MIN_HEALTH_INTERVAL) < 0) {
            throw new IllegalArgumentException(
                    "healthInterval is " + timings.healthInterval().toMillis() + "ms, but must be at least 5s");
        }
        of("healthInterval", timings.healthInterval());
        of("healthTimeout", timings.healthTimeout());
    }
}
