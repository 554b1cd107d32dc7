package io.weathermesh.aggregator.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.type.LatLng;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test completes the calls and cancels the contexts. */
final class SingleFlightTest {
    private static final Point VIENNA = point(48.2);
    private static final ProviderResult<String> READING = ProviderResult.present("reading");

    private static final Duration CALL_DEADLINE = Duration.ofHours(1);

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<Call> calls = new ArrayList<>();
    private final AtomicInteger joined = new AtomicInteger();
    private final SingleFlight<String> singleFlight =
            new SingleFlight<>("temperature-provider", CALL_DEADLINE, joined::incrementAndGet);
    private boolean failAtOnce;

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void aRequestJoinsTheCallInFlight() throws Exception {
        var first = get(VIENNA, Context.ROOT);
        var second = get(VIENNA, Context.ROOT);
        assertThat(calls).hasSize(1);
        calls.get(0).complete(READING);
        assertThat(first.get()).isEqualTo(READING);
        assertThat(second.get()).isEqualTo(READING);
        assertThat(joined).hasValue(1);
        assertThat(singleFlight.inFlight()).isZero();
    }

    @Test
    void anotherPointOrElevationStartsAnotherCall() {
        get(VIENNA, Context.ROOT);
        get(VIENNA.toBuilder().setElevationMeters(171).build(), Context.ROOT);
        get(point(48.2000001), Context.ROOT);
        assertThat(calls).hasSize(3);
    }

    @Test
    void aRequestAfterTheResponseStartsAnotherCall() {
        get(VIENNA, Context.ROOT);
        calls.get(0).complete(READING);
        get(VIENNA, Context.ROOT);
        assertThat(calls).hasSize(2);
    }

    @Test
    void onlyTheLastCancelledRequestCancelsTheCall() throws Exception {
        Context.CancellableContext impatient = Context.ROOT.withCancellation();
        Context.CancellableContext patient = Context.ROOT.withCancellation();
        var first = get(VIENNA, impatient);
        var second = get(VIENNA, patient);
        impatient.cancel(new TimeoutException());
        assertThat(first.get().problem().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(second).isNotDone();
        assertThat(calls.get(0).context.isCancelled()).isFalse();
        patient.cancel(null);
        assertThat(second.get().problem().getCode()).isEqualTo(Code.CANCELLED);
        assertThat(calls.get(0).context.isCancelled()).isTrue();
        assertThat(singleFlight.inFlight()).isZero();
    }

    @Test
    void aRequestAfterTheLastCancellationStartsAnotherCall() throws Exception {
        Context.CancellableContext impatient = Context.ROOT.withCancellation();
        get(VIENNA, impatient);
        impatient.cancel(null);
        var later = get(VIENNA, Context.ROOT);
        assertThat(calls).hasSize(2);
        calls.get(1).complete(READING);
        assertThat(later.get()).isEqualTo(READING);
    }

    @Test
    void aJoinedRequestWithTimeLeftStartsAnotherCallAfterATimeout() throws Exception {
        var first = get(VIENNA, Context.ROOT);
        var joined = get(VIENNA, Context.ROOT);
        calls.get(0).complete(ProviderResult.missing("temperature-provider", Status.DEADLINE_EXCEEDED));
        assertThat(first.get().value()).isNull();
        assertThat(joined).isNotDone();
        calls.get(1).complete(READING);
        assertThat(joined.get()).isEqualTo(READING);
    }

    @Test
    void aCallEndsAtTheCallDeadlineBeforeALaterDeadlineOfTheRequest() {
        get(VIENNA, within(Duration.ofHours(2)));
        assertThat(calls.get(0).timeLeft()).isBetween(CALL_DEADLINE.minusMinutes(10), CALL_DEADLINE);
        get(point(47), Context.ROOT);
        assertThat(calls.get(1).timeLeft()).isBetween(CALL_DEADLINE.minusMinutes(10), CALL_DEADLINE);
    }

    @Test
    void aCallEndsAtAnEarlierDeadlineOfTheRequest() {
        Duration patience = Duration.ofMinutes(30);
        get(VIENNA, within(patience));
        assertThat(calls.get(0).timeLeft()).isBetween(patience.minusMinutes(10), patience);
    }

    @Test
    void aCancelledRequestLeavesNoCallBehind() throws Exception {
        Context.CancellableContext gone = Context.ROOT.withCancellation();
        gone.cancel(null);
        assertThat(get(VIENNA, gone).get().value()).isNull();
        assertThat(singleFlight.inFlight()).isZero();
    }

    @Test
    void aCallThatFailsAtOnceDoesNotStayInFlight() throws Exception {
        failAtOnce = true;
        assertThat(get(VIENNA, Context.ROOT).get().value()).isNull();
        assertThat(singleFlight.inFlight()).isZero();
    }

    private Context within(Duration patience) {
        return Context.ROOT.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS, timers);
    }

    private CompletableFuture<ProviderResult<String>> get(Point point, Context context) {
        Context before = context.attach();
        try {
            return singleFlight.get(point, this::start);
        } finally {
            context.detach(before);
        }
    }

    private static Point point(double latitude) {
        return Point.newBuilder()
                .setCoordinates(LatLng.newBuilder().setLatitude(latitude))
                .build();
    }

    private CompletableFuture<ProviderResult<String>> start() {
        Call call = new Call(
                Context.current(),
                Objects.requireNonNull(SingleFlight.callOptions().getDeadline()),
                new CompletableFuture<>());
        calls.add(call);
        if (failAtOnce) {
            call.complete(ProviderResult.missing("temperature-provider", Status.UNAVAILABLE));
        }
        return call.result();
    }

    private record Call(Context context, Deadline deadline, CompletableFuture<ProviderResult<String>> result) {
        Duration timeLeft() {
            return Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
        }

        void complete(ProviderResult<String> value) {
            result.complete(value);
        }
    }
}
