package io.weathermesh.aggregator.providers;

import com.google.protobuf.Duration;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The events of a provider's stream: its readings are passed on, its heartbeats are not.
 *
 * @param <E> the provider's event
 */
final class ReadingEvents<E> implements StreamObserver<E> {
    /** A minute of silence: a connection that died is found by its transport in seconds, heartbeats only confirm. */
    static final Duration HEARTBEAT = Duration.newBuilder().setSeconds(60).build();

    private final Predicate<E> isReading;
    private final Function<E, Reading> reading;
    private final Consumer<Reading> onReading;
    private final Consumer<Status> onEnd;

    ReadingEvents(
            Predicate<E> isReading, Function<E, Reading> reading, Consumer<Reading> onReading, Consumer<Status> onEnd) {
        this.isReading = isReading;
        this.reading = reading;
        this.onReading = onReading;
        this.onEnd = onEnd;
    }

    @Override
    public void onNext(E event) {
        if (isReading.test(event)) {
            onReading.accept(reading.apply(event));
        }
    }

    @Override
    public void onError(Throwable failure) {
        onEnd.accept(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        onEnd.accept(Status.UNAVAILABLE);
    }
}
