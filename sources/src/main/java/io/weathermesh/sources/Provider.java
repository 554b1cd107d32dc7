package io.weathermesh.sources;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.weathermesh.proto.common.v1.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the providers of one quantity each have in common: ask the sources, answer the call, say what went wrong. Safe for
 * use by many threads; never blocks.
 */
public final class Provider {
    /** Kept of the caller's time for the way back. */
    private static final Duration MARGIN = Duration.ofMillis(100);

    private final Sources sources;
    private final Watches watches;

    /**
     * @param sources where readings come from
     * @param timers wake the streams
     */
    public Provider(Sources sources, Timers timers) {
        this.sources = sources;
        this.watches = new Watches(sources.clock(), timers);
    }

    /** Reads at a point, within the deadline of the call that this thread serves. */
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        Deadline deadline = Context.current().getDeadline();
        Duration patience = deadline == null
                ? Sources.LONGEST
                : Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS)).minus(MARGIN);
        return sources.read(point, instant, patience);
    }

    /** The clock of the readings. */
    public Instant now() {
        return sources.now();
    }

    /** The usual year at a point. */
    public ClimateYear climate(GeoPoint point) {
        return ClimateYear.of(sources.year(point), sources.now());
    }

    /** The sources, in the order in which they are asked. */
    public List<Source> sources() {
        return sources.ordered().stream().map(Messages::source).toList();
    }

    /** Answers a unary call with what the question comes to. */
    public static <A> void answer(StreamObserver<A> caller, Supplier<CompletionStage<A>> question) {
        Failures.caught(question).whenComplete((answer, failure) -> {
            if (failure == null) {
                caller.onNext(answer);
                caller.onCompleted();
            } else {
                caller.onError(Failures.statusOf(failure));
            }
        });
    }

    /** Opens a stream of readings, until the caller leaves, the task leaves, or an hour has passed. */
    public <A> void watch(StreamObserver<A> caller, Supplier<WatchQuestion> question, WatchView<Reading, A> view) {
        watches.open(caller, question, point -> sources.read(point, sources.now(), Sources.LONGEST), view);
    }

    /** Asks every question of a batch and keeps the order; one question's failure becomes its result. */
    public static <Q, R> CompletionStage<List<R>> each(
            List<Q> questions, Function<Q, CompletionStage<R>> ask, Function<com.google.rpc.Status, R> failed) {
        Questions.batch(questions.size());
        List<CompletableFuture<R>> results = questions.stream()
                .map(question -> Failures.caught(() -> ask.apply(question))
                        .exceptionally(failure -> failed.apply(StatusProto.fromThrowable(Failures.statusOf(failure))))
                        .toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(all -> results.stream().map(CompletableFuture::join).toList());
    }
}
