package io.weathermesh.sources.serving;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Timers;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** The open streams of one task, and their limit. Safe for use by many threads. */
public final class ReadingStreams {
    /** A stream takes about 2 kB and a read in ten minutes. Beyond this, clients use another task. */
    static final int MAX_STREAMS = 1_000;

    private final Clock clock;
    private final Timers timers;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * @param clock clock of the readings
     * @param timers run the steps of the streams
     */
    public ReadingStreams(Clock clock, Timers timers) {
        this.clock = clock;
        this.timers = timers;
    }

    /**
     * Opens a stream of readings, which lives until the client cancels it, the task stops, or an hour has passed. An
     * invalid request, or a stream beyond the limit, ends the call with its status.
     *
     * @param request parses the request; throws the status of an invalid one
     * @param read reads at a point now; never blocks
     */
    public <R, E> void open(
            StreamObserver<E> responses,
            Supplier<WatchRequest> request,
            Function<GeoPoint, CompletionStage<R>> read,
            StreamEvents<R, E> events) {
        try {
            open((ServerCallStreamObserver<E>) responses, request.get(), read, events);
        } catch (RuntimeException e) {
            responses.onError(CallErrors.statusOf(e));
        }
    }

    private <R, E> void open(
            ServerCallStreamObserver<E> responses,
            WatchRequest request,
            Function<GeoPoint, CompletionStage<R>> read,
            StreamEvents<R, E> events) {
        if (open.incrementAndGet() > MAX_STREAMS) {
            open.decrementAndGet();
            throw CallErrors.retryable(
                    Status.RESOURCE_EXHAUSTED, "this task has " + MAX_STREAMS + " streams, the most that it serves");
        }
        new ReadingStream<>(
                        request,
                        events,
                        responses,
                        () -> read.apply(request.point()),
                        clock,
                        timers,
                        open::decrementAndGet)
                .start();
    }

    int count() {
        return open.get();
    }
}
