package io.weathermesh.mesh;

import io.grpc.Server;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a task leaves without dropping a call. Each step gives the next ones less to do.
 *
 * <ol>
 *   <li>Lame duck: serve as usual until every client has seen the successors in DNS. ECS may stop all old tasks the
 *       moment the new ones are healthy; leaving at once would be an outage.
 *   <li>NOT_SERVING: our clients move within 20 ms (measured).
 *   <li>GOAWAY: all others move at the next call; calls in flight go on.
 *   <li>Streams, which may last for ever, are ended with UNAVAILABLE.
 *   <li>Calls in flight are waited for, but no longer than the drain.
 * </ol>
 */
final class Leaving {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);

    /** What calls in flight get when it must be at once: longer than an ordinary call, shorter than patience. */
    private static final Duration HURRIED_DRAIN = Duration.ofSeconds(1);

    /** How soon after a second signal nobody waits any longer. */
    private static final long SLICE_MILLIS = 50;

    /** Lets time pass; shorter when the process must stop at once. */
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
    private final List<Departing> departing;

    Leaving(
            String serviceName,
            MeshTimings timings,
            StopSignal signal,
            Pause pause,
            HealthStatusManager health,
            Server server,
            OpenStreams streams,
            List<Departing> departing) {
        this.serviceName = serviceName;
        this.timings = timings;
        this.signal = signal;
        this.pause = pause;
        this.health = health;
        this.server = server;
        this.streams = streams;
        this.departing = List.copyOf(departing);
    }

    /** Leaves, and returns when it is done. */
    void run() throws InterruptedException {
        LOG.info(
                "{} leaves: serves on for {}, then drains for at most {}",
                serviceName,
                Environment.format(signal.isAtOnce() ? Duration.ZERO : timings.lameDuck()),
                Environment.format(timings.drain()));
        for (Departing part : departing) {
            guarded(part, part::leavingBegins);
        }
        pause.of(timings.lameDuck());
        health.enterTerminalState();
        pause.of(timings.notServing());
        long start = System.nanoTime();
        server.shutdown();
        streams.endAll();
        boolean drained = true;
        for (Departing part : departing) {
            drained &= drain(part, start);
        }
        drained &= endsInTime(start, millis -> server.awaitTermination(millis, TimeUnit.MILLISECONDS));
        server.shutdownNow();
        LOG.info("{} has left: {}", serviceName, drained ? "nothing is in flight" : "calls in flight were cut off");
    }

    /** On a thread of its own: a part is told once how long it has, and a second signal may shorten that. */
    private boolean drain(Departing part, long startNanos) throws InterruptedException {
        Duration limit = remaining(startNanos);
        Thread drain = new Thread(() -> guarded(part, () -> part.drain(limit)), "mesh-drain");
        drain.setDaemon(true);
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
        /** Whether what is waited for has ended within so long, which is above 0. */
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

    private static void guarded(Departing part, Step step) {
        try {
            step.take();
        } catch (InterruptedException e) {
            LOG.warn("{} had no time to leave in order", part.getClass().getName());
        } catch (RuntimeException e) {
            LOG.warn("{} failed to leave in order", part.getClass().getName(), e);
        }
    }
}
