package io.weathermesh.cdk;

import io.weathermesh.mesh.MeshTimings;
import software.amazon.awscdk.Duration;

/** Lengths of time as AWS takes them: in whole seconds. */
final class Whole {
    private Whole() {}

    /** The same length, for AWS. */
    static Duration seconds(String name, java.time.Duration length) {
        if (length.toNanosPart() != 0) {
            throw new IllegalArgumentException(name + " is " + length.toMillis() + "ms, but AWS takes whole seconds");
        }
        return Duration.seconds(length.toSeconds());
    }

    /** Refuses timings that AWS cannot be told exactly: rounded, they would differ from those in the containers. */
    static void secondsOf(MeshTimings timings) {
        seconds("dnsTtl", timings.dnsTtl());
        seconds("negativeTtl", timings.negativeTtl());
        seconds("stopTimeout", timings.stopTimeout());
        seconds("loadBalancerIdle", timings.loadBalancerIdle());
        seconds("deregistrationDelay", timings.deregistrationDelay());
        java.time.Duration shortest = java.time.Duration.ofSeconds(5);
        if (timings.healthInterval().compareTo(shortest) < 0) {
            throw new IllegalArgumentException("healthInterval is "
                    + timings.healthInterval().toMillis() + "ms, but the load balancer takes at least 5s");
        }
        seconds("healthInterval", timings.healthInterval());
        seconds("healthTimeout", timings.healthTimeout());
    }
}
