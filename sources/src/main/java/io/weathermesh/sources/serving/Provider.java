package io.weathermesh.sources.serving;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.Futures;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.Timers;
import io.weathermesh.sources.climatology.Climate;
import io.weathermesh.sources.live.SourceChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the providers share: reads within the deadline of a call, and completes calls with responses or statuses. Safe for
 * use by many threads; never blocks.
 */
public final class Provider {
    /** Left of the caller's deadline for the way back. */
    private static final Duration DEADLINE_MARGIN = Duration.ofMillis(100);

    private final SourceChain sources;
    private final ReadingStreams streams;

    /**
     * @param sources the sources of the readings
     * @param timers run the steps of the streams
     */
    public Provider(SourceChain sources, Timers timers) {
        this.sources = sources;
        this.streams = new ReadingStreams(sources.clock(), timers);
    }

    /** Reads at a point, within the deadline of the call that this thread serves. */
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        Deadline deadline = Context.current().getDeadline();
        return deadline == null
                ? sources.read(point, instant)
                : sources.read(
                        point,
                        instant,
                        Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS))
                                .minus(DEADLINE_MARGIN));
    }

    /** The present by the clock of the readings. */
    public Instant now() {
        return sources.clock().instant();
    }

    /** The twelve monthly means at a point. */
    public Climate climate(GeoPoint point) {
        return sources.climate(point);
    }

    /** The sources in the order in which they are read. */
    public List<Source> sources() {
        return sources.sources().stream().map(Messages::source).toList();
    }

    /** Completes a unary call with a response, or with the status of its failure. */
    public static <A> void respond(StreamObserver<A> call, Supplier<CompletionStage<A>> response) {
        Futures.call(response).whenComplete((message, failure) -> {
            if (failure == null) {
                call.onNext(message);
                call.onCompleted();
            } else {
                call.onError(CallErrors.statusOf(failure));
            }
        });
    }

    /** Opens a stream of readings, as {@link ReadingStreams#open} does. */
    public <E> void watch(
            StreamObserver<E> responses, Supplier<WatchRequest> request, StreamEvents<Reading, E> events) {
        streams.open(responses, request, point -> sources.read(point, now()), events);
    }

    /** Reads every request of a batch and keeps the order. A failed request becomes a result with its status. */
    public static <Q, R> CompletionStage<List<R>> batch(
            List<Q> requests, Function<Q, CompletionStage<R>> read, Function<com.google.rpc.Status, R> failed) {
        RequestFields.batchSize(requests.size());
        List<CompletableFuture<R>> results = requests.stream()
                .map(request -> Futures.call(() -> read.apply(request))
                        .exceptionally(failure -> failed.apply(StatusProto.fromThrowable(CallErrors.statusOf(failure))))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(all -> results.stream().map(CompletableFuture::join).toList());
    }
}
