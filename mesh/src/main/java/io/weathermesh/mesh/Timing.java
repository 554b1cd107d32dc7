package io.weathermesh.mesh;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * One length of time of {@link MeshTimings}, declared once: its environment variable, which is {@code MESH_} and the name of
 * the constant, its default as it follows from the TTL and the propagation slack, and its bounds. The method of the same
 * name in {@code MeshTimings} documents its meaning.
 */
@SuppressWarnings("ImmutableEnumChecker") // Its functions have no state and its list is unmodifiable.
enum Timing {
    DNS_TTL(
            (ttl, slack) -> ttl,
            Bound.atLeast("the shortest TTL that a resolver polls at", values -> Values.MIN_TTL),
            Bound.atMost("the longest TTL that a deploy can wait for", values -> Values.MAX_TTL)),
    /** A name that comes back must not stay unknown for longer than 5 s. */
    NEGATIVE_TTL(
            (ttl, slack) -> shorter(ttl, Duration.ofSeconds(5)),
            Bound.positive(),
            Bound.atMost("MESH_DNS_TTL", values -> values.of(DNS_TTL))),
    PROPAGATION_SLACK((ttl, slack) -> slack, Bound.atLeast("a time before the change is impossible", Duration.ZERO)),
    LAME_DUCK(
            (ttl, slack) -> longer(noticedInDns(ttl, slack), usuallyNoticedByLoadBalancer(ttl, slack)),
            Bound.atLeast(
                    "MESH_DNS_TTL + poll jitter + query time + MESH_PROPAGATION_SLACK",
                    values -> noticedInDns(values.of(DNS_TTL), values.of(PROPAGATION_SLACK))),
            Bound.atLeast(
                    "MESH_HEALTH_INTERVAL x MESH_UNHEALTHY_THRESHOLD + MESH_HEALTH_TIMEOUT",
                    Values::noticedByLoadBalancer)),
    /** Our clients move within 20 ms (measured); the rest is for slower ones. */
    NOT_SERVING(always(Duration.ofSeconds(1)), Bound.positive()),
    /** Far above any ordinary call; what lasts longer is a stream, which is ended. */
    DRAIN(always(Duration.ofSeconds(20)), Bound.atLeast("MESH_REQUEST_DEADLINE", Values::requestDeadline)),
    /** Room for the phases of the shutdown at TTLs up to half a minute, or all that Fargate allows. */
    STOP_TIMEOUT(
            Timing::usualStopTimeout,
            Bound.atLeast(
                    "MESH_LAME_DUCK + MESH_NOT_SERVING + MESH_DRAIN + exit margin",
                    values -> shutdown(values.of(LAME_DUCK), values.of(NOT_SERVING), values.of(DRAIN))),
            Bound.atMost("the longest that Fargate waits", values -> Values.MAX_STOP_TIMEOUT)),
    CALL_DEADLINE(always(Duration.ofMillis(1000)), Bound.positive()),
    /** A call of the longest kind, and time to report that it failed. */
    REQUEST_DEADLINE(
            always(Duration.ofMillis(1400)), Bound.atLeast("MESH_CALL_DEADLINE", values -> values.of(CALL_DEADLINE))),
    /** The default of an ALB. */
    LOAD_BALANCER_IDLE(always(Duration.ofSeconds(60)), Bound.positive()),
    /** Well above that of the load balancer, which must be the one that closes. */
    SERVER_IDLE(
            always(Duration.ofSeconds(75)),
            Bound.atLeast("MESH_LOAD_BALANCER_IDLE + 1 s", Values::afterLoadBalancerIdle)),
    DEREGISTRATION_DELAY(
            always(Duration.ofSeconds(30)), Bound.atLeast("MESH_REQUEST_DEADLINE", Values::requestDeadline)),
    /** The shortest that an ALB offers. */
    HEALTH_INTERVAL(always(Duration.ofSeconds(5)), Bound.atLeast("MESH_HEALTH_TIMEOUT", Values::healthTimeout)),
    /** The shortest that an ALB offers. */
    HEALTH_TIMEOUT(always(Duration.ofSeconds(2)), Bound.positive());

    /** The most that a name resolver adds to the TTL before its next query, as a fraction of it: clients spread out. */
    static final double POLL_JITTER = 0.1;

    /** The longest that one look-up takes: two tries of one second. */
    static final Duration QUERY_TIME = Duration.ofSeconds(2);

    /** The time between the end of the drain and the exit of the JVM. */
    static final Duration EXIT_MARGIN = Duration.ofSeconds(2);

    private final BinaryOperator<Duration> usual;
    private final List<Bound> bounds;

    Timing(BinaryOperator<Duration> usual, Bound... bounds) {
        this.usual = usual;
        this.bounds = List.of(bounds);
    }

    /** A value for each timing, and the threshold that goes with them. */
    record Values(Map<Timing, Duration> durations, int unhealthyThreshold) {
        static final Duration MIN_TTL = Duration.ofSeconds(1);
        static final Duration MAX_TTL = Duration.ofSeconds(60);

        /** The range that an ALB offers. */
        static final int MIN_UNHEALTHY_THRESHOLD = 2;

        static final int MAX_UNHEALTHY_THRESHOLD = 10;
        static final Duration MAX_STOP_TIMEOUT = Duration.ofSeconds(120);

        Duration of(Timing timing) {
            return durations.getOrDefault(timing, Duration.ZERO);
        }

        private Duration requestDeadline() {
            return of(REQUEST_DEADLINE);
        }

        private Duration healthTimeout() {
            return of(HEALTH_TIMEOUT);
        }

        private Duration afterLoadBalancerIdle() {
            return of(LOAD_BALANCER_IDLE).plusSeconds(1);
        }

        private Duration noticedByLoadBalancer() {
            return Timing.noticedByLoadBalancer(of(HEALTH_INTERVAL), unhealthyThreshold, of(HEALTH_TIMEOUT));
        }

        /** @throws InvalidSettingException if a value is out of its bounds */
        void check() {
            durations.keySet().forEach(timing -> timing.bounds.forEach(bound -> bound.check(timing, this)));
        }
    }

    /** A bound of a timing, which may follow from others. */
    private record Bound(boolean upper, String reason, Function<Values, Duration> value) {
        static Bound atLeast(String reason, Function<Values, Duration> value) {
            return new Bound(false, reason, value);
        }

        static Bound atLeast(String reason, Duration value) {
            return atLeast(reason, values -> value);
        }

        static Bound atMost(String reason, Function<Values, Duration> value) {
            return new Bound(true, reason, value);
        }

        static Bound positive() {
            return atLeast("the shortest time that can be set", Duration.ofMillis(1));
        }

        void check(Timing timing, Values values) {
            Duration bound = value.apply(values);
            int order = values.of(timing).compareTo(bound);
            if (upper ? order > 0 : order < 0) {
                throw new InvalidSettingException(timing.variable() + " is " + Environment.format(values.of(timing))
                        + ", but must be at " + (upper ? "most " : "least ") + Environment.format(bound) + " (" + reason
                        + ")");
            }
        }
    }

    String variable() {
        return "MESH_" + name();
    }

    /** The default for this TTL and propagation slack. */
    Duration usual(Duration dnsTtl, Duration propagationSlack) {
        return usual.apply(dnsTtl, propagationSlack);
    }

    private static BinaryOperator<Duration> always(Duration usual) {
        return (ttl, slack) -> usual;
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

    private static Duration usuallyNoticedByLoadBalancer(Duration dnsTtl, Duration propagationSlack) {
        return noticedByLoadBalancer(
                HEALTH_INTERVAL.usual(dnsTtl, propagationSlack),
                Values.MIN_UNHEALTHY_THRESHOLD,
                HEALTH_TIMEOUT.usual(dnsTtl, propagationSlack));
    }

    private static Duration usualStopTimeout(Duration dnsTtl, Duration propagationSlack) {
        Duration shutdown = shutdown(
                LAME_DUCK.usual(dnsTtl, propagationSlack),
                NOT_SERVING.usual(dnsTtl, propagationSlack),
                DRAIN.usual(dnsTtl, propagationSlack));
        Duration usual = Duration.ofSeconds(60);
        return shutdown.compareTo(usual) > 0 ? Values.MAX_STOP_TIMEOUT : usual;
    }

    private static Duration shutdown(Duration lameDuck, Duration notServing, Duration drain) {
        return lameDuck.plus(notServing).plus(drain).plus(EXIT_MARGIN);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
