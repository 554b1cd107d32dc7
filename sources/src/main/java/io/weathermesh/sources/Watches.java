package io.weathermesh.sources;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The streams of one task, as many as it can bear: for a provider that has readings of its own kind. Safe for use by many
 * threads.
 */
public final class Watches {
    /** Each stream costs about 2 kB and a read in ten minutes; beyond this a caller goes to another task. */
    static final int MAX_STREAMS = 1_000;

    private final Clock clock;
    private final Timers timers;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param clock of the readings
     * @param timers wake the streams
     */
    public Watches(Clock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * Opens a stream of readings, until the caller leaves, the task leaves, or an hour has passed. A question that cannot
     * be answered, and one stream too many, end the call with the reason.
     *
     * @param read reads at a point as it is now; never blocks
     */
    public <R, A> void open(
            StreamObserver<A> caller,
            Supplier<WatchQuestion> question,
            Function<GeoPoint, CompletionStage<R>> read,
            WatchView<R, A> view) {
        try {
            open((ServerCallStreamObserver<A>) caller, question.get(), read, view);
        } catch (RuntimeException e) {
            caller.onError(Failures.statusOf(e));
        }
    }

    private <R, A> void open(
            ServerCallStreamObserver<A> caller,
            WatchQuestion question,
            Function<GeoPoint, CompletionStage<R>> read,
            WatchView<R, A> view) {
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
            throw Failures.retry(
                    Status.RESOURCE_EXHAUSTED, "this task has " + MAX_STREAMS + " streams, and may not have more");
        }
        new Watch<>(question, view, caller, () -> read.apply(question.point()), clock, timers, open::decrementAndGet)
                .start();
    }

    int count() {
        return open.get();
    }
}
