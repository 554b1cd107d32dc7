package io.weathermesh.mesh;

import io.weathermesh.mesh.Timing.Values;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Every length of time that two parts of the system must agree on, and the inequalities between them that keep a call
 * from being dropped. An instance that breaks one cannot be made. Immutable.
 *
 * <p>The deployment builds its numbers from a {@code MeshTimings} and passes them to the containers as environment, so
 * the two cannot disagree.
 */
public final class MeshTimings {
    /** The time between the end of the drain and the exit of the JVM. */
    public static final Duration EXIT_MARGIN = Timing.EXIT_MARGIN;

    private static final Duration DEFAULT_TTL = Duration.ofSeconds(10);

    /** Route 53 usually updates its servers within this time. */
    private static final Duration DEFAULT_PROPAGATION_SLACK = Duration.ofSeconds(5);

    private static final String UNHEALTHY_THRESHOLD = "MESH_UNHEALTHY_THRESHOLD";
    private static final Duration MAX_SETTING = Duration.ofHours(1);

    private final Values values;

    private MeshTimings(Function<Timing, Duration> durations, int unhealthyThreshold) {
        Map<Timing, Duration> all = new EnumMap<>(Timing.class);
        for (Timing timing : Timing.values()) {
            all.put(timing, durations.apply(timing));
        }
        values = new Values(all, unhealthyThreshold);
        values.check();
    }

    /** The timings of the deployed system: a TTL of 10 s. */
    public static MeshTimings defaults() {
        return forDnsTtl(DEFAULT_TTL, DEFAULT_PROPAGATION_SLACK);
    }

    /**
     * Timings for a TTL, the rest as in {@link #defaults()} or as short as the TTL allows.
     *
     * @throws InvalidSettingException if a task could not shut down gracefully within the 120 s that Fargate waits
     */
    public static MeshTimings forDnsTtl(Duration dnsTtl, Duration propagationSlack) {
        return new MeshTimings(timing -> timing.usual(dnsTtl, propagationSlack), Values.MIN_UNHEALTHY_THRESHOLD);
    }

    /**
     * Reads the timings that {@link #toEnvironment()} writes; absent ones follow from the TTL as in {@link #forDnsTtl}.
     *
     * @throws InvalidSettingException if a value is out of range or an inequality is broken
     */
    public static MeshTimings from(Environment environment) {
        MeshTimings usual = forDnsTtl(
                environment.duration(Timing.DNS_TTL.variable(), DEFAULT_TTL, Values.MIN_TTL, Values.MAX_TTL),
                read(environment, Timing.PROPAGATION_SLACK, DEFAULT_PROPAGATION_SLACK));
        return new MeshTimings(
                timing -> read(environment, timing, usual.values.of(timing)),
                environment.integer(
                        UNHEALTHY_THRESHOLD,
                        Values.MIN_UNHEALTHY_THRESHOLD,
                        Values.MIN_UNHEALTHY_THRESHOLD,
                        Values.MAX_UNHEALTHY_THRESHOLD));
    }

    private static Duration read(Environment environment, Timing timing, Duration fallback) {
        return environment.duration(timing.variable(), fallback, Duration.ZERO, MAX_SETTING);
    }

    /** The timings as environment variables, in the order of declaration. */
    public Map<String, String> toEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>();
        values.durations().forEach((timing, value) -> variables.put(timing.variable(), Environment.format(value)));
        variables.put(UNHEALTHY_THRESHOLD, Integer.toString(values.unhealthyThreshold()));
        return variables;
    }

    /** How long a resolver may cache an A record; 1 s to 60 s. */
    public Duration dnsTtl() {
        return values.of(Timing.DNS_TTL);
    }

    /** How long a resolver may cache the answer that a name does not exist; at most {@link #dnsTtl()}. */
    public Duration negativeTtl() {
        return values.of(Timing.NEGATIVE_TTL);
    }

    /** How long a change in Cloud Map may take to show in DNS answers. */
    public Duration propagationSlack() {
        return values.of(Timing.PROPAGATION_SLACK);
    }

    /**
     * How long a task goes on serving as usual after SIGTERM: until every client has seen in DNS that it leaves, and
     * until the load balancer has seen that it is not ready.
     */
    public Duration lameDuck() {
        return values.of(Timing.LAME_DUCK);
    }

    /** How long the task then reports NOT_SERVING before it sends GOAWAY. */
    public Duration notServing() {
        return values.of(Timing.NOT_SERVING);
    }

    /** How long the task then waits for calls in flight. */
    public Duration drain() {
        return values.of(Timing.DRAIN);
    }

    /** When ECS kills a task that has not exited. */
    public Duration stopTimeout() {
        return values.of(Timing.STOP_TIMEOUT);
    }

    /** The longest that one call to a provider may take. */
    public Duration callDeadline() {
        return values.of(Timing.CALL_DEADLINE);
    }

    /** The longest that one ordinary REST request may take; streams are excluded. */
    public Duration requestDeadline() {
        return values.of(Timing.REQUEST_DEADLINE);
    }

    /** When the load balancer closes an idle connection to a client or to the gateway. */
    public Duration loadBalancerIdle() {
        return values.of(Timing.LOAD_BALANCER_IDLE);
    }

    /**
     * When the gateway closes an idle connection: later than the load balancer, or requests meet a closed connection and
     * the client sees 502.
     */
    public Duration serverIdle() {
        return values.of(Timing.SERVER_IDLE);
    }

    /** How long the load balancer lets requests in flight finish on a target that leaves. */
    public Duration deregistrationDelay() {
        return values.of(Timing.DEREGISTRATION_DELAY);
    }

    /** The time between two health checks of the load balancer. */
    public Duration healthInterval() {
        return values.of(Timing.HEALTH_INTERVAL);
    }

    /** When a health check of the load balancer counts as failed. */
    public Duration healthTimeout() {
        return values.of(Timing.HEALTH_TIMEOUT);
    }

    /** Failed health checks in a row after which a target gets no more requests; 2 to 10. */
    public int unhealthyThreshold() {
        return values.unhealthyThreshold();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeshTimings another && values.equals(another.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return toEnvironment().toString();
    }
}
