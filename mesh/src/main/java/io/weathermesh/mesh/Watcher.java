package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Failed;
import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the tasks of one service for all channels of a process: polls its source, keeps the last good set, and notifies
 * subscribers after each answer.
 *
 * <p>It polls when the last answer has expired, after a failure with backoff, and at a hint; never two polls at a time,
 * and never more than one a second. A failure changes nothing that is known.
 *
 * <p>All state belongs to the one thread of the scheduler; every method may be called from any thread and returns at
 * once. Subscribers are called on the scheduler's thread.
 */
final class Watcher {
    /** Receives the tasks. Its methods must not block or throw. */
    interface Subscriber {
        /** The tasks, ordered by address. Called after each answer, whether it changed anything or not. */
        void tasks(List<TaskAddress> tasks);

        /** No answer has come yet; the latest poll failed. */
        void unknown(Failed failure);

        /** An answer came after failures: connections may be retried without backoff. */
        void recovered();

        /** Whether a task is connected. */
        boolean isConnected();
    }

    private static final long MIN_INTERVAL_NANOS = PollDelays.MIN_DELAY.toNanos();

    private final AddressSource source;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoClock;
    private final PollDelays delays;
    private final DiscoveryLog log;

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final KnownTasks known = new KnownTasks();
    private final AnswerFreshness freshness = new AnswerFreshness();
    private volatile List<TaskAddress> tasks = List.of(); // read by other threads
    private Duration ttl = PollDelays.MIN_DELAY;
    private int failures;
    private @Nullable Failed lastFailure;
    private @Nullable ScheduledFuture<?> next;
    private long nextNanos;
    private long lastPollNanos;
    private boolean everPolled;
    private boolean polling;

    /**
     * @param nanoClock the time of the scheduler, in the form of {@link System#nanoTime()}
     */
    Watcher(
            AddressSource source,
            ScheduledExecutorService scheduler,
            LongSupplier nanoClock,
            PollDelays delays,
            DiscoveryLog log) {
        this.source = source;
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.delays = delays;
        this.log = log;
    }

    /** Adds a subscriber, which gets the known tasks or the last failure at once. The first one starts the polls. */
    void subscribe(Subscriber subscriber) {
        scheduler.execute(() -> {
            subscribers.add(subscriber);
            if (!tasks.isEmpty()) {
                subscriber.tasks(tasks);
            } else if (lastFailure != null) {
                subscriber.unknown(lastFailure);
            }
            if (next == null && !polling) {
                pollWithin(Duration.ZERO);
            }
        });
    }

    /** Removes a subscriber. The last one to go stops the polls. */
    void unsubscribe(Subscriber subscriber) {
        scheduler.execute(() -> {
            if (subscribers.remove(subscriber) && subscribers.isEmpty()) {
                log.ended();
                if (next != null) {
                    next.cancel(false);
                    next = null;
                }
            }
        });
    }

    /** The tasks may have changed: polls as soon as allowed, unless a poll is in flight. */
    void hint() {
        scheduler.execute(() -> {
            log.hinted();
            if (!polling && !subscribers.isEmpty()) {
                pollWithin(Duration.ZERO);
            }
        });
    }

    /** The tasks known now. */
    List<TaskAddress> tasks() {
        return tasks;
    }

    /** Schedules the next poll, but never delays one that is already scheduled. */
    private void pollWithin(Duration delay) {
        long now = nanoClock.getAsLong();
        long at = now + delay.toNanos();
        if (everPolled && at - (lastPollNanos + MIN_INTERVAL_NANOS) < 0) {
            at = lastPollNanos + MIN_INTERVAL_NANOS;
        }
        if (next != null) {
            if (nextNanos - at <= 0) {
                return;
            }
            next.cancel(false);
        }
        nextNanos = at;
        next = scheduler.schedule(this::poll, Math.max(0, at - now), TimeUnit.NANOSECONDS);
    }

    private void poll() {
        next = null;
        polling = true;
        everPolled = true;
        lastPollNanos = nanoClock.getAsLong();
        polled().whenComplete((lookup, failure) -> scheduler.execute(() -> complete(orFailed(lookup, failure))));
    }

    /** A source that breaks its contract and throws must not end the polls. */
    private CompletionStage<Lookup> polled() {
        try {
            return source.poll();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Lookup orFailed(@Nullable Lookup lookup, @Nullable Throwable failure) {
        return lookup != null ? lookup : new Failed(Lookup.Reason.ERROR, String.valueOf(failure));
    }

    private void complete(Lookup lookup) {
        polling = false;
        if (subscribers.isEmpty()) {
            return;
        }
        if (lookup instanceof Found found) {
            answered(found);
        } else if (lookup instanceof Failed failed) {
            failed(failed);
        }
    }

    private void answered(Found found) {
        long now = nanoClock.getAsLong();
        boolean recovered = failures > 0;
        failures = 0;
        lastFailure = null;
        ttl = found.ttl();
        known.add(found, freshness.isFresh(found, now));
        List<TaskAddress> before = tasks;
        tasks = known.tasks();
        log.answered(found, before, tasks, recovered);
        pollWithin(delays.afterAnswer(ttl));
        for (Subscriber subscriber : new ArrayList<>(subscribers)) {
            subscriber.tasks(tasks);
            if (recovered) {
                subscriber.recovered();
            }
        }
    }

    private void failed(Failed failed) {
        failures++;
        lastFailure = failed;
        log.failed(failed, tasks);
        if (tasks.isEmpty()) {
            pollWithin(delays.beforeFirstAnswer());
            new ArrayList<>(subscribers).forEach(subscriber -> subscriber.unknown(failed));
        } else {
            boolean connected = subscribers.stream().allMatch(Subscriber::isConnected);
            pollWithin(delays.afterFailure(failures, ttl, connected));
        }
    }
}
