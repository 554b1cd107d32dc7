package io.weathermesh.mesh;

import io.grpc.Server;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shuts a task down without dropping a call. Each step leaves less work to the next.
 *
 * <ol>
 *   <li>Lame duck: serve as usual until every client has seen the successors in DNS. ECS may stop all old tasks the
 *       moment the new ones are healthy; leaving at once would be an outage.
 *   <li>NOT_SERVING: our clients move within 20 ms (measured).
 *   <li>GOAWAY: all other clients move at their next call; calls in flight continue.
 *   <li>End streams, which may last for ever, with UNAVAILABLE.
 *   <li>Wait for calls in flight, but no longer than the drain.
 * </ol>
 */
final class GracefulShutdown {
    private static final Logger LOG = LoggerFactory.getLogger(GracefulShutdown.class);

    /** The drain when the stop must be at once: longer than an ordinary call, short for a person who waits. */
    private static final Duration HURRIED_DRAIN = Duration.ofSeconds(1);

    /** How soon after a second signal the waiting ends. */
    private static final long SLICE_MILLIS = 50;

    private static final ThreadFactory DRAIN_THREADS = new DefaultThreadFactory("mesh-drain", true);

    /** Waits; shorter when the process must stop at once. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final String serviceName;
    private final MeshTimings timings;
    private final StopSignal signal;
    private final Pause pause;
    private final HealthStatusManager health;
    private final Server server;
    private final OpenStreams streams;
    private final List<DrainParticipant> participants;

    GracefulShutdown(
            String serviceName,
            MeshTimings timings,
            StopSignal signal,
            Pause pause,
            HealthStatusManager health,
            Server server,
            OpenStreams streams,
            List<DrainParticipant> participants) {
        this.serviceName = serviceName;
        this.timings = timings;
        this.signal = signal;
        this.pause = pause;
        this.health = health;
        this.server = server;
        this.streams = streams;
        this.participants = List.copyOf(participants);
    }

    /** Returns when the shutdown is complete. */
    void run() throws InterruptedException {
        LOG.info(
                "{}: lame duck for {}, then drain for at most {}",
                serviceName,
                Environment.format(signal.isAtOnce() ? Duration.ZERO : timings.lameDuck()),
                Environment.format(timings.drain()));
        for (DrainParticipant participant : participants) {
            guarded(participant, participant::lameDuckStarted);
        }
        pause.of(timings.lameDuck());
        health.enterTerminalState();
        pause.of(timings.notServing());
        long start = System.nanoTime();
        server.shutdown();
        streams.endAll();
        boolean drained = true;
        for (DrainParticipant participant : participants) {
            drained &= drain(participant, start);
        }
        drained &= endsInTime(start, millis -> server.awaitTermination(millis, TimeUnit.MILLISECONDS));
        server.shutdownNow();
        LOG.info(
                "{}: shutdown complete, {}",
                serviceName,
                drained ? "no call in flight" : "calls in flight were cancelled");
    }

    /** On a thread of its own: a participant gets its limit once, and a second signal may shorten it. */
    private boolean drain(DrainParticipant participant, long startNanos) throws InterruptedException {
        Duration limit = remaining(startNanos);
        Thread drain = DRAIN_THREADS.newThread(() -> guarded(participant, () -> participant.drain(limit)));
        drain.start();
        boolean drained = endsInTime(startNanos, millis -> {
            drain.join(millis);
            return !drain.isAlive();
        });
        if (!drained) {
            drain.interrupt();
        }
        return drained;
    }

    private interface Wait {
        /** Whether the work ended within this time, which is above 0. */
        boolean of(long millis) throws InterruptedException;
    }

    private boolean endsInTime(long startNanos, Wait wait) throws InterruptedException {
        long left = remaining(startNanos).toMillis();
        while (!wait.of(Math.max(1, Math.min(left, SLICE_MILLIS)))) {
            left = remaining(startNanos).toMillis();
            if (left <= 0) {
                return false;
            }
        }
        return true;
    }

    private Duration remaining(long startNanos) {
        Duration limit = signal.isAtOnce() ? HURRIED_DRAIN : timings.drain();
        Duration left = limit.minusNanos(System.nanoTime() - startNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private interface Step {
        void take() throws InterruptedException;
    }

    private static void guarded(DrainParticipant participant, Step step) {
        try {
            step.take();
        } catch (InterruptedException e) {
            LOG.warn(
                    "{} did not finish its drain in time",
                    participant.getClass().getName());
        } catch (RuntimeException e) {
            LOG.warn("{} failed to shut down gracefully", participant.getClass().getName(), e);
        }
    }
}
