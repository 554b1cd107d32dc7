package io.weathermesh.sources;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicInteger;

/** The streams of one task, as many as it can bear. Safe for use by many threads. */
final class Watches {
    /** Each stream costs about 2 kB and a read in ten minutes; beyond this a caller goes to another task. */
    static final int MAX_STREAMS = 1_000;

    private final Sources sources;
    private final Timers timers;
    private final AtomicInteger open = new AtomicInteger();

    Watches(Sources sources, Timers timers) {
        this.sources = sources;
        this.timers = timers;
    }

    <A> void open(StreamObserver<A> caller, WatchQuestion question, WatchView<A> view) {
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
            throw Failures.retry(
                    Status.RESOURCE_EXHAUSTED, "this task has " + MAX_STREAMS + " streams, and may not have more");
        }
        new Watch<>(
                        question,
                        view,
                        (ServerCallStreamObserver<A>) caller,
                        () -> sources.read(question.point(), sources.now(), Sources.LONGEST),
                        sources.clock(),
                        timers,
                        open::decrementAndGet)
                .start();
    }

    int count() {
        return open.get();
    }
}
