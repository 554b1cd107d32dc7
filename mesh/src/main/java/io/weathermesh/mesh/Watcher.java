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
 * Watches the tasks of one service for all channels of a process: polls its source, keeps the last good set, and tells
 * subscribers after each answer.
 *
 * <p>An answer is asked for when the last one has expired, after a failure with growing patience, and at a hint; never
 * two at a time, and never more than one a second. A failure changes nothing that is known.
 *
 * <p>All state belongs to the one thread of the scheduler; every method may be called from any thread and returns at
 * once. Subscribers are called on the scheduler's thread.
 */
final class Watcher {
    /** Who wants to know. Nothing may block or throw. */
    interface Subscriber {
        /** These are the tasks, ordered by address. Told after each answer, changed or not. */
        void tasks(List<TaskAddress> tasks);

        /** No answer has come yet, and this is why the latest poll failed. */
        void unknown(Failed failure);

        /** An answer came after failures: connections may be tried again without patience. */
        void recovered();

        /** Whether calls have a task to go to. */
        boolean isConnected();
    }

    private static final long LEAST_INTERVAL_NANOS = PollDelays.LEAST.toNanos();

    private final AddressSource source;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoClock;
    private final PollDelays delays;
    private final WatchJournal journal;

    private final Set<Subscriber> subscribers = new LinkedHashSet<>();
    private final KnownTasks known = new KnownTasks();
    private final AnswerAge age = new AnswerAge();
    private volatile List<TaskAddress> tasks = List.of(); // read by pages
    private Duration ttl = PollDelays.LEAST;
    private int failures;
    private @Nullable Failed lastFailure;
    private @Nullable ScheduledFuture<?> next;
    private long nextNanos;
    private long lastPollNanos;
    private boolean everPolled;
    private boolean polling;

    /**
     * @param nanoClock the time of the scheduler, as {@link System#nanoTime()} tells it
     */
    Watcher(
            AddressSource source,
            ScheduledExecutorService scheduler,
            LongSupplier nanoClock,
            PollDelays delays,
            WatchJournal journal) {
        this.source = source;
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.delays = delays;
        this.journal = journal;
    }

    /** Tells the subscriber what is known, at once if anything is. The first subscriber starts the polls. */
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

    /** The last subscriber to go stops the polls. */
    void unsubscribe(Subscriber subscriber) {
        scheduler.execute(() -> {
            if (subscribers.remove(subscriber) && subscribers.isEmpty()) {
                journal.ended();
                if (next != null) {
                    next.cancel(false);
                    next = null;
                }
            }
        });
    }

    /** Somebody suspects that the tasks have changed: polls as soon as is allowed, unless a poll is on its way. */
    void hint() {
        scheduler.execute(() -> {
            journal.hinted();
            if (!polling && !subscribers.isEmpty()) {
                pollWithin(Duration.ZERO);
            }
        });
    }

    /** What is known at this moment. */
    List<TaskAddress> tasks() {
        return tasks;
    }

    /** Arranges the next poll, but never makes one later that is arranged already. */
    private void pollWithin(Duration delay) {
        long now = nanoClock.getAsLong();
        long at = now + delay.toNanos();
        if (everPolled && at - (lastPollNanos + LEAST_INTERVAL_NANOS) < 0) {
            at = lastPollNanos + LEAST_INTERVAL_NANOS;
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
        asked().whenComplete((lookup, failure) -> scheduler.execute(() -> take(orFailed(lookup, failure))));
    }

    /** A source that breaks its contract and throws must not end the polls. */
    private CompletionStage<Lookup> asked() {
        try {
            return source.poll();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static Lookup orFailed(@Nullable Lookup lookup, @Nullable Throwable failure) {
        return lookup != null ? lookup : new Failed(Lookup.Reason.ERROR, String.valueOf(failure));
    }

    private void take(Lookup lookup) {
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
        known.take(found, age.isFresh(found, now));
        List<TaskAddress> before = tasks;
        tasks = known.tasks();
        journal.answered(found, before, tasks, recovered);
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
        journal.failed(failed, tasks);
        if (tasks.isEmpty()) {
            pollWithin(delays.beforeFirstAnswer());
            new ArrayList<>(subscribers).forEach(subscriber -> subscriber.unknown(failed));
        } else {
            boolean connected = subscribers.stream().allMatch(Subscriber::isConnected);
            pollWithin(delays.afterFailure(failures, ttl, connected));
        }
    }
}
