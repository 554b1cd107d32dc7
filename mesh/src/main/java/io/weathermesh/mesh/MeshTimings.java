package io.weathermesh.mesh;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Every length of time that two parts of the system must agree on, and the inequalities between them that keep a call
 * from being dropped. An instance that breaks one cannot be made. Immutable.
 *
 * <p>The deployment builds its numbers from a {@code MeshTimings} and passes them to the containers as environment, so
 * the two cannot disagree.
 */
public final class MeshTimings {
    /** The most that a name resolver adds to the TTL before its next query, as a fraction of it: clients spread out. */
    static final double POLL_JITTER = 0.1;

    /** The longest that one look-up takes: two tries of one second. */
    static final Duration QUERY_TIME = Duration.ofSeconds(2);

    /** The time between the end of the drain and the exit of the JVM. */
    public static final Duration EXIT_MARGIN = Duration.ofSeconds(2);

    /** The longest stop timeout that Fargate accepts. */
    private static final Duration MAX_STOP_TIMEOUT = Duration.ofSeconds(120);

    private static final Duration DEFAULT_TTL = Duration.ofSeconds(10);
    private static final Duration MIN_TTL = Duration.ofSeconds(1);
    private static final Duration MAX_TTL = Duration.ofSeconds(60);

    /** A name that comes back must not stay unknown for longer. */
    private static final Duration MAX_NEGATIVE_TTL = Duration.ofSeconds(5);

    /** Route 53 usually updates its servers within this time. */
    private static final Duration DEFAULT_PROPAGATION_SLACK = Duration.ofSeconds(5);

    /** Room for the phases of leaving at TTLs up to half a minute. */
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(60);

    /** Far above any ordinary call; what lasts longer is a stream, which is ended. */
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(20);

    /** Our clients move within 20 ms (measured); the rest is for slower ones. */
    private static final Duration DEFAULT_NOT_SERVING = Duration.ofSeconds(1);

    /** The shortest that an ALB offers, as are the two below. */
    private static final Duration DEFAULT_HEALTH_INTERVAL = Duration.ofSeconds(5);

    private static final Duration DEFAULT_HEALTH_TIMEOUT = Duration.ofSeconds(2);
    private static final int MIN_UNHEALTHY_THRESHOLD = 2;

    private static final int MAX_UNHEALTHY_THRESHOLD = 10;
    private static final String UNHEALTHY_THRESHOLD = "MESH_UNHEALTHY_THRESHOLD";

    private static final Duration MAX_SETTING = Duration.ofHours(1);

    /** A bound of a timing, which may follow from other timings. */
    private record Bound(boolean upper, String reason, Function<MeshTimings, Duration> value) {
        static Bound atLeast(String reason, Function<MeshTimings, Duration> value) {
            return new Bound(false, reason, value);
        }

        static Bound atMost(String reason, Function<MeshTimings, Duration> value) {
            return new Bound(true, reason, value);
        }

        static Bound positive() {
            return atLeast("the shortest time that can be set", all -> Duration.ofMillis(1));
        }

        void check(Timing timing, MeshTimings all) {
            Duration bound = value.apply(all);
            int order = all.get(timing).compareTo(bound);
            if (upper ? order > 0 : order < 0) {
                throw new InvalidSettingException(timing.variable() + " is " + Environment.format(all.get(timing))
                        + ", but must be at " + (upper ? "most " : "least ") + Environment.format(bound) + " (" + reason
                        + ")");
            }
        }
    }

    /**
     * One timing: its environment variable, which is {@code MESH_} and the constant's name, its default as it follows
     * from the TTL and the propagation slack, and its bounds. What it means is at the method of the same name.
     */
    @SuppressWarnings("ImmutableEnumChecker") // Its functions have no state and its list is unmodifiable.
    private enum Timing {
        DNS_TTL(
                (ttl, slack) -> ttl,
                Bound.atLeast("the shortest TTL that a resolver polls at", all -> MIN_TTL),
                Bound.atMost("the longest TTL that a deploy can wait for", all -> MAX_TTL)),
        NEGATIVE_TTL(
                (ttl, slack) -> shorter(ttl, MAX_NEGATIVE_TTL),
                Bound.positive(),
                Bound.atMost("MESH_DNS_TTL", MeshTimings::dnsTtl)),
        PROPAGATION_SLACK(
                (ttl, slack) -> slack, Bound.atLeast("a time before the change is impossible", all -> Duration.ZERO)),
        LAME_DUCK(
                (ttl, slack) -> longer(
                        noticedInDns(ttl, slack),
                        noticedByLoadBalancer(
                                DEFAULT_HEALTH_INTERVAL, MIN_UNHEALTHY_THRESHOLD, DEFAULT_HEALTH_TIMEOUT)),
                Bound.atLeast(
                        "MESH_DNS_TTL + poll jitter + query time + MESH_PROPAGATION_SLACK",
                        all -> noticedInDns(all.dnsTtl(), all.propagationSlack())),
                Bound.atLeast(
                        "MESH_HEALTH_INTERVAL x MESH_UNHEALTHY_THRESHOLD + MESH_HEALTH_TIMEOUT",
                        all -> noticedByLoadBalancer(
                                all.healthInterval(), all.unhealthyThreshold(), all.healthTimeout()))),
        NOT_SERVING(always(DEFAULT_NOT_SERVING), Bound.positive()),
        DRAIN(always(DEFAULT_DRAIN), Bound.atLeast("MESH_REQUEST_DEADLINE", MeshTimings::requestDeadline)),
        STOP_TIMEOUT(
                (ttl, slack) -> left(LAME_DUCK.usual.apply(ttl, slack), DEFAULT_NOT_SERVING, DEFAULT_DRAIN)
                                        .compareTo(DEFAULT_STOP_TIMEOUT)
                                > 0
                        ? MAX_STOP_TIMEOUT
                        : DEFAULT_STOP_TIMEOUT,
                Bound.atLeast(
                        "MESH_LAME_DUCK + MESH_NOT_SERVING + MESH_DRAIN + exit margin",
                        all -> left(all.lameDuck(), all.notServing(), all.drain())),
                Bound.atMost("the longest that Fargate waits", all -> MAX_STOP_TIMEOUT)),
        CALL_DEADLINE(always(Duration.ofMillis(1000)), Bound.positive()),
        /** A call of the longest kind, and time to report that it failed. */
        REQUEST_DEADLINE(
                always(Duration.ofMillis(1400)), Bound.atLeast("MESH_CALL_DEADLINE", MeshTimings::callDeadline)),
        /** An ALB's default. */
        LOAD_BALANCER_IDLE(always(Duration.ofSeconds(60)), Bound.positive()),
        SERVER_IDLE(
                always(Duration.ofSeconds(75)),
                Bound.atLeast("MESH_LOAD_BALANCER_IDLE + 1 s", all -> all.loadBalancerIdle()
                        .plusSeconds(1))),
        DEREGISTRATION_DELAY(
                always(Duration.ofSeconds(30)), Bound.atLeast("MESH_REQUEST_DEADLINE", MeshTimings::requestDeadline)),
        HEALTH_INTERVAL(
                always(DEFAULT_HEALTH_INTERVAL), Bound.atLeast("MESH_HEALTH_TIMEOUT", MeshTimings::healthTimeout)),
        HEALTH_TIMEOUT(always(DEFAULT_HEALTH_TIMEOUT), Bound.positive());

        private final BinaryOperator<Duration> usual;
        private final List<Bound> bounds;

        Timing(BinaryOperator<Duration> usual, Bound... bounds) {
            this.usual = usual;
            this.bounds = List.of(bounds);
        }

        private static BinaryOperator<Duration> always(Duration usual) {
            return (ttl, slack) -> usual;
        }

        String variable() {
            return "MESH_" + name();
        }

        Duration read(Environment environment, Duration fallback) {
            return environment.duration(variable(), fallback, Duration.ZERO, MAX_SETTING);
        }
    }

    private final Map<Timing, Duration> values;
    private final int unhealthyThreshold;

    private MeshTimings(Function<Timing, Duration> values, int unhealthyThreshold) {
        this.values = new EnumMap<>(Timing.class);
        this.unhealthyThreshold = unhealthyThreshold;
        for (Timing timing : Timing.values()) {
            this.values.put(timing, values.apply(timing));
        }
        for (Timing timing : Timing.values()) {
            timing.bounds.forEach(bound -> bound.check(timing, this));
        }
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
        return new MeshTimings(timing -> timing.usual.apply(dnsTtl, propagationSlack), MIN_UNHEALTHY_THRESHOLD);
    }

    /**
     * Reads the timings that {@link #toEnvironment()} writes; absent ones follow from the TTL as in {@link #forDnsTtl}.
     *
     * @throws InvalidSettingException if a value is out of range or an inequality is broken
     */
    public static MeshTimings from(Environment environment) {
        MeshTimings usual = forDnsTtl(
                environment.duration(Timing.DNS_TTL.variable(), DEFAULT_TTL, MIN_TTL, MAX_TTL),
                Timing.PROPAGATION_SLACK.read(environment, DEFAULT_PROPAGATION_SLACK));
        return new MeshTimings(
                timing -> timing.read(environment, usual.get(timing)),
                environment.integer(
                        UNHEALTHY_THRESHOLD,
                        MIN_UNHEALTHY_THRESHOLD,
                        MIN_UNHEALTHY_THRESHOLD,
                        MAX_UNHEALTHY_THRESHOLD));
    }

    /** The timings as environment variables, in the order of declaration. */
    public Map<String, String> toEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>();
        values.forEach((timing, value) -> variables.put(timing.variable(), Environment.format(value)));
        variables.put(UNHEALTHY_THRESHOLD, Integer.toString(unhealthyThreshold));
        return variables;
    }

    private Duration get(Timing timing) {
        return values.getOrDefault(timing, Duration.ZERO);
    }

    /** How long a resolver may cache an A record; 1 s to 60 s. */
    public Duration dnsTtl() {
        return get(Timing.DNS_TTL);
    }

    /** How long a resolver may cache the answer that a name does not exist; at most {@link #dnsTtl()}. */
    public Duration negativeTtl() {
        return get(Timing.NEGATIVE_TTL);
    }

    /** How long a change in Cloud Map may take to show in DNS answers. */
    public Duration propagationSlack() {
        return get(Timing.PROPAGATION_SLACK);
    }

    /**
     * How long a task goes on serving as usual after SIGTERM: until every client has seen in DNS that it leaves, and
     * until the load balancer has seen that it is not ready.
     */
    public Duration lameDuck() {
        return get(Timing.LAME_DUCK);
    }

    /** How long the task then reports NOT_SERVING before it sends GOAWAY. */
    public Duration notServing() {
        return get(Timing.NOT_SERVING);
    }

    /** How long the task then waits for calls in flight. */
    public Duration drain() {
        return get(Timing.DRAIN);
    }

    /** When ECS kills a task that has not exited. */
    public Duration stopTimeout() {
        return get(Timing.STOP_TIMEOUT);
    }

    /** The longest that one call to a provider may take. */
    public Duration callDeadline() {
        return get(Timing.CALL_DEADLINE);
    }

    /** The longest that one ordinary REST request may take; streams are excluded. */
    public Duration requestDeadline() {
        return get(Timing.REQUEST_DEADLINE);
    }

    /** When the load balancer closes an idle connection to a client or to the gateway. */
    public Duration loadBalancerIdle() {
        return get(Timing.LOAD_BALANCER_IDLE);
    }

    /**
     * When the gateway closes an idle connection: later than the load balancer, or requests meet a closed connection and
     * the client sees 502.
     */
    public Duration serverIdle() {
        return get(Timing.SERVER_IDLE);
    }

    /** How long the load balancer lets requests in flight finish on a target that leaves. */
    public Duration deregistrationDelay() {
        return get(Timing.DEREGISTRATION_DELAY);
    }

    /** The time between two health checks of the load balancer. */
    public Duration healthInterval() {
        return get(Timing.HEALTH_INTERVAL);
    }

    /** When a health check of the load balancer counts as failed. */
    public Duration healthTimeout() {
        return get(Timing.HEALTH_TIMEOUT);
    }

    /** Failed health checks in a row after which a target gets no more requests; 2 to 10. */
    public int unhealthyThreshold() {
        return unhealthyThreshold;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeshTimings another
                && values.equals(another.values)
                && unhealthyThreshold == another.unhealthyThreshold;
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + unhealthyThreshold;
    }

    @Override
    public String toString() {
        return toEnvironment().toString();
    }

    /** When the last client notices a change in Cloud Map, at the latest. */
    private static Duration noticedInDns(Duration dnsTtl, Duration propagationSlack) {
        Duration jitter = Duration.ofMillis((long) Math.ceil(dnsTtl.toMillis() * POLL_JITTER));
        return dnsTtl.plus(jitter).plus(QUERY_TIME).plus(propagationSlack);
    }

    /** When the load balancer notices that a target is not ready, at the latest. */
    private static Duration noticedByLoadBalancer(Duration interval, int threshold, Duration timeout) {
        return interval.multipliedBy(threshold).plus(timeout);
    }

    private static Duration left(Duration lameDuck, Duration notServing, Duration drain) {
        return lameDuck.plus(notServing).plus(drain).plus(EXIT_MARGIN);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
