package io.weathermesh.mesh;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Every length of time that two parts of the system must agree on, and the inequalities between them that keep a call
 * from being dropped. A set of timings that breaks one cannot be made.
 *
 * <p>The deployment builds its numbers from a {@code MeshTimings} and hands them to the containers as environment, so
 * the two cannot disagree.
 *
 * @param dnsTtl how long a resolver may keep an A record; 1 s to 60 s
 * @param negativeTtl how long a resolver may keep the answer that a name does not exist; at most {@code dnsTtl}
 * @param propagationSlack how late a change of the registry may show in DNS answers
 * @param lameDuck how long a task goes on serving as usual after SIGTERM: until every client has seen in DNS that it
 *     leaves, and until the load balancer has seen that it is not ready
 * @param notServing how long the task then tells NOT_SERVING before it sends GOAWAY
 * @param drain how long the task then waits for calls in flight
 * @param stopTimeout when ECS kills a task that has not exited; at most 120 s on Fargate
 * @param callDeadline the longest that one call to a provider may take
 * @param requestDeadline the longest that one ordinary REST request may take; streams are excluded
 * @param loadBalancerIdle when the load balancer closes an idle connection to a client or to the gateway
 * @param serverIdle when the gateway closes an idle connection; later than the load balancer, or requests meet a closed
 *     connection and the client sees 502
 * @param deregistrationDelay how long the load balancer lets requests in flight finish on a leaving target
 * @param healthInterval time between two health checks of the load balancer
 * @param healthTimeout when a health check of the load balancer counts as failed
 * @param unhealthyThreshold failed health checks in a row that take a target out; 2 to 10
 */
public record MeshTimings(
        Duration dnsTtl,
        Duration negativeTtl,
        Duration propagationSlack,
        Duration lameDuck,
        Duration notServing,
        Duration drain,
        Duration stopTimeout,
        Duration callDeadline,
        Duration requestDeadline,
        Duration loadBalancerIdle,
        Duration serverIdle,
        Duration deregistrationDelay,
        Duration healthInterval,
        Duration healthTimeout,
        int unhealthyThreshold) {

    /** What a name resolver adds to the TTL before it asks again, at most: a tenth, against herds. */
    public static final double POLL_JITTER = 0.1;

    /** The longest that one look-up takes: two tries of one second. */
    public static final Duration QUERY_TIME = Duration.ofSeconds(2);

    /** What a JVM needs between the end of the drain and its exit. */
    public static final Duration EXIT_MARGIN = Duration.ofSeconds(2);

    /** The longest stop timeout that Fargate takes. */
    public static final Duration MAX_STOP_TIMEOUT = Duration.ofSeconds(120);

    private static final Duration DEFAULT_TTL = Duration.ofSeconds(10);

    /** Route 53 changes its servers within this, mostly. */
    private static final Duration DEFAULT_PROPAGATION_SLACK = Duration.ofSeconds(5);

    /** A name that comes back must not stay unknown for longer. */
    private static final Duration MOST_NEGATIVE_TTL = Duration.ofSeconds(5);

    /** Clients move within 20 ms (measured); the rest is for those that are slow. */
    private static final Duration DEFAULT_NOT_SERVING = Duration.ofSeconds(1);

    /** Far above any ordinary call; what lasts longer is a stream, which is ended. */
    private static final Duration DEFAULT_DRAIN = Duration.ofSeconds(20);

    /** Room for the phases of leaving at TTLs up to half a minute. */
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration DEFAULT_CALL_DEADLINE = Duration.ofMillis(1000);

    /** A call of the longest kind, and time to say that it failed. */
    private static final Duration DEFAULT_REQUEST_DEADLINE = Duration.ofMillis(1400);

    /** What an ALB does by default. */
    private static final Duration DEFAULT_LOAD_BALANCER_IDLE = Duration.ofSeconds(60);

    /** Well above it: the balancer must be the one that closes. */
    private static final Duration DEFAULT_SERVER_IDLE = Duration.ofSeconds(75);

    private static final Duration DEFAULT_DEREGISTRATION_DELAY = Duration.ofSeconds(30);

    /** The shortest that an ALB offers. */
    private static final Duration DEFAULT_HEALTH_INTERVAL = Duration.ofSeconds(5);

    /** The shortest that an ALB offers. */
    private static final Duration DEFAULT_HEALTH_TIMEOUT = Duration.ofSeconds(2);

    private static final int LEAST_UNHEALTHY_THRESHOLD = 2;
    private static final int MOST_UNHEALTHY_THRESHOLD = 10;

    private static final Duration MIN_TTL = Duration.ofSeconds(1);
    private static final Duration MAX_TTL = Duration.ofSeconds(60);
    private static final Duration MAX_SETTING = Duration.ofHours(1);

    public MeshTimings {
        atLeast("dnsTtl", dnsTtl, "the least TTL that a resolver polls at", MIN_TTL);
        atMost("dnsTtl", dnsTtl, "the longest TTL that a deploy can wait for", MAX_TTL);
        positive("negativeTtl", negativeTtl);
        atMost("negativeTtl", negativeTtl, "dnsTtl", dnsTtl);
        notNegative("propagationSlack", propagationSlack);
        positive("notServing", notServing);
        positive("callDeadline", callDeadline);
        positive("healthTimeout", healthTimeout);
        atLeast("requestDeadline", requestDeadline, "callDeadline", callDeadline);
        atLeast("drain", drain, "requestDeadline", requestDeadline);
        atLeast(
                "lameDuck",
                lameDuck,
                "dnsTtl + poll jitter + query time + propagationSlack",
                noticed(dnsTtl, propagationSlack));
        if (unhealthyThreshold < LEAST_UNHEALTHY_THRESHOLD || unhealthyThreshold > MOST_UNHEALTHY_THRESHOLD) {
            throw new InvalidSettingException("unhealthyThreshold is " + unhealthyThreshold + ", but allowed is "
                    + LEAST_UNHEALTHY_THRESHOLD + " to " + MOST_UNHEALTHY_THRESHOLD);
        }
        atLeast("healthInterval", healthInterval, "healthTimeout", healthTimeout);
        atLeast(
                "lameDuck",
                lameDuck,
                "healthInterval x unhealthyThreshold + healthTimeout",
                healthInterval.multipliedBy(unhealthyThreshold).plus(healthTimeout));
        atLeast(
                "stopTimeout",
                stopTimeout,
                "lameDuck + notServing + drain + exit margin",
                lameDuck.plus(notServing).plus(drain).plus(EXIT_MARGIN));
        atMost("stopTimeout", stopTimeout, "the longest that Fargate waits", MAX_STOP_TIMEOUT);
        positive("loadBalancerIdle", loadBalancerIdle);
        atLeast("serverIdle", serverIdle, "loadBalancerIdle + 1 s", loadBalancerIdle.plusSeconds(1));
        atLeast("deregistrationDelay", deregistrationDelay, "requestDeadline", requestDeadline);
    }

    /** The timings of the deployed system: a TTL of 10 s. */
    public static MeshTimings defaults() {
        return forDnsTtl(DEFAULT_TTL, DEFAULT_PROPAGATION_SLACK);
    }

    /** Timings that hold for a TTL, everything else as in {@link #defaults()} or as short as the TTL allows. */
    public static MeshTimings forDnsTtl(Duration dnsTtl, Duration propagationSlack) {
        Duration noticedByBalancer =
                DEFAULT_HEALTH_INTERVAL.multipliedBy(LEAST_UNHEALTHY_THRESHOLD).plus(DEFAULT_HEALTH_TIMEOUT);
        Duration lameDuck = longer(noticed(dnsTtl, propagationSlack), noticedByBalancer);
        Duration leaving =
                lameDuck.plus(DEFAULT_NOT_SERVING).plus(DEFAULT_DRAIN).plus(EXIT_MARGIN);
        return new MeshTimings(
                dnsTtl,
                dnsTtl.compareTo(MOST_NEGATIVE_TTL) < 0 ? dnsTtl : MOST_NEGATIVE_TTL,
                propagationSlack,
                lameDuck,
                DEFAULT_NOT_SERVING,
                DEFAULT_DRAIN,
                leaving.compareTo(DEFAULT_STOP_TIMEOUT) > 0 ? MAX_STOP_TIMEOUT : DEFAULT_STOP_TIMEOUT,
                DEFAULT_CALL_DEADLINE,
                DEFAULT_REQUEST_DEADLINE,
                DEFAULT_LOAD_BALANCER_IDLE,
                DEFAULT_SERVER_IDLE,
                DEFAULT_DEREGISTRATION_DELAY,
                DEFAULT_HEALTH_INTERVAL,
                DEFAULT_HEALTH_TIMEOUT,
                LEAST_UNHEALTHY_THRESHOLD);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /**
     * Reads the timings that {@link #toEnvironment()} wrote; those that are absent follow from the TTL as in {@link
     * #forDnsTtl}.
     *
     * @throws InvalidSettingException where a value is not allowed or an inequality is broken
     */
    public static MeshTimings from(Environment environment) {
        MeshTimings base = forDnsTtl(
                environment.duration("MESH_DNS_TTL", defaults().dnsTtl(), MIN_TTL, MAX_TTL),
                read(environment, "MESH_PROPAGATION_SLACK", defaults().propagationSlack()));
        return new MeshTimings(
                base.dnsTtl,
                read(environment, "MESH_NEGATIVE_TTL", base.negativeTtl),
                base.propagationSlack,
                read(environment, "MESH_LAME_DUCK", base.lameDuck),
                read(environment, "MESH_NOT_SERVING", base.notServing),
                read(environment, "MESH_DRAIN", base.drain),
                read(environment, "MESH_STOP_TIMEOUT", base.stopTimeout),
                read(environment, "MESH_CALL_DEADLINE", base.callDeadline),
                read(environment, "MESH_REQUEST_DEADLINE", base.requestDeadline),
                read(environment, "MESH_LOAD_BALANCER_IDLE", base.loadBalancerIdle),
                read(environment, "MESH_SERVER_IDLE", base.serverIdle),
                read(environment, "MESH_DEREGISTRATION_DELAY", base.deregistrationDelay),
                read(environment, "MESH_HEALTH_INTERVAL", base.healthInterval),
                read(environment, "MESH_HEALTH_TIMEOUT", base.healthTimeout),
                environment.integer(
                        "MESH_UNHEALTHY_THRESHOLD",
                        base.unhealthyThreshold,
                        LEAST_UNHEALTHY_THRESHOLD,
                        MOST_UNHEALTHY_THRESHOLD));
    }

    /** The timings as environment variables, in the order of the components. */
    public Map<String, String> toEnvironment() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("MESH_DNS_TTL", Environment.format(dnsTtl));
        variables.put("MESH_NEGATIVE_TTL", Environment.format(negativeTtl));
        variables.put("MESH_PROPAGATION_SLACK", Environment.format(propagationSlack));
        variables.put("MESH_LAME_DUCK", Environment.format(lameDuck));
        variables.put("MESH_NOT_SERVING", Environment.format(notServing));
        variables.put("MESH_DRAIN", Environment.format(drain));
        variables.put("MESH_STOP_TIMEOUT", Environment.format(stopTimeout));
        variables.put("MESH_CALL_DEADLINE", Environment.format(callDeadline));
        variables.put("MESH_REQUEST_DEADLINE", Environment.format(requestDeadline));
        variables.put("MESH_LOAD_BALANCER_IDLE", Environment.format(loadBalancerIdle));
        variables.put("MESH_SERVER_IDLE", Environment.format(serverIdle));
        variables.put("MESH_DEREGISTRATION_DELAY", Environment.format(deregistrationDelay));
        variables.put("MESH_HEALTH_INTERVAL", Environment.format(healthInterval));
        variables.put("MESH_HEALTH_TIMEOUT", Environment.format(healthTimeout));
        variables.put("MESH_UNHEALTHY_THRESHOLD", Integer.toString(unhealthyThreshold));
        return variables;
    }

    /** How long after a change of the registry the last client has noticed it, at the latest. */
    private static Duration noticed(Duration dnsTtl, Duration propagationSlack) {
        Duration jitter = Duration.ofMillis((long) Math.ceil(dnsTtl.toMillis() * POLL_JITTER));
        return dnsTtl.plus(jitter).plus(QUERY_TIME).plus(propagationSlack);
    }

    private static Duration read(Environment environment, String name, Duration fallback) {
        return environment.duration(name, fallback, Duration.ZERO, MAX_SETTING);
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new InvalidSettingException(name + " is " + Environment.format(value) + ", but must be above 0");
        }
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new InvalidSettingException(name + " is " + Environment.format(value) + ", but must be 0 or more");
        }
    }

    private static void atLeast(String name, Duration value, String what, Duration bound) {
        if (value.compareTo(bound) < 0) {
            throw broken(name, value, "at least", what, bound);
        }
    }

    private static void atMost(String name, Duration value, String what, Duration bound) {
        if (value.compareTo(bound) > 0) {
            throw broken(name, value, "at most", what, bound);
        }
    }

    private static InvalidSettingException broken(
            String name, Duration value, String relation, String what, Duration bound) {
        return new InvalidSettingException(name + " is " + Environment.format(value) + ", but must be " + relation + " "
                + Environment.format(bound) + " (" + what + ")");
    }
}
