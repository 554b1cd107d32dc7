package io.weathermesh.aggregator.providers;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import com.google.type.LatLng;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.proto.common.v1.Provenance;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that never land by themselves, and contexts that end when the test says so. */
final class SingleFlightTest {
    private static final Point VIENNA = point(48.2);
    private static final ProviderResult<Reading> TOLD = new ProviderResult.Present<>(
            new Reading(Weather.getDefaultInstance(), VIENNA, Provenance.getDefaultInstance()));

    private static final Duration CALL_DEADLINE = Duration.ofHours(1);

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final Source source = new Source();
    private final CacheMeters.OfProvider meters = new CacheMeters(new SimpleMeterRegistry()).of("temperature-provider");
    private final SingleFlight<Reading> questions = new SingleFlight<>("temperature-provider", CALL_DEADLINE, meters);
    private final SharedReadings shared = new SharedReadings(source, questions);

    @AfterEach
    void stop() {
        timers.shutdownNow();
    }

    @Test
    void whoAsksWhileACallIsInFlightWaitsForIt() throws Exception {
        var first = ask(VIENNA, Context.ROOT);
        var second = ask(VIENNA, Context.ROOT);
        assertThat(source.calls).hasSize(1);
        source.calls.get(0).land(TOLD);
        assertThat(first.get()).isEqualTo(TOLD);
        assertThat(second.get()).isEqualTo(TOLD);
        assertThat(questions.inFlight()).isZero();
    }

    @Test
    void anotherPointAndAnotherHeightAreOtherQuestions() {
        ask(VIENNA, Context.ROOT);
        ask(VIENNA.toBuilder().setElevationMeters(171).build(), Context.ROOT);
        ask(point(48.2000001), Context.ROOT);
        assertThat(source.calls).hasSize(3);
    }

    @Test
    void whenItHasLandedTheNextOneAsksAnew() {
        ask(VIENNA, Context.ROOT);
        source.calls.get(0).land(TOLD);
        ask(VIENNA, Context.ROOT);
        assertThat(source.calls).hasSize(2);
    }

    @Test
    void oneWhoGoesAwayDoesNotEndTheCallOfTheOthersButTheLastDoes() throws Exception {
        Context.CancellableContext impatient = Context.ROOT.withCancellation();
        Context.CancellableContext patient = Context.ROOT.withCancellation();
        var first = ask(VIENNA, impatient);
        var second = ask(VIENNA, patient);
        impatient.cancel(new TimeoutException());
        assertThat(first.get().problem().orElseThrow().getCode()).isEqualTo(Code.DEADLINE_EXCEEDED);
        assertThat(second).isNotDone();
        assertThat(source.calls.get(0).context.isCancelled()).isFalse();
        patient.cancel(null);
        assertThat(second.get().problem().orElseThrow().getCode()).isEqualTo(Code.CANCELLED);
        assertThat(source.calls.get(0).context.isCancelled()).isTrue();
        assertThat(questions.inFlight()).isZero();
    }

    @Test
    void whoComesAfterTheLastHasGoneGetsACallOfItsOwn() throws Exception {
        Context.CancellableContext impatient = Context.ROOT.withCancellation();
        ask(VIENNA, impatient);
        impatient.cancel(null);
        var later = ask(VIENNA, Context.ROOT);
        assertThat(source.calls).hasSize(2);
        source.calls.get(1).land(TOLD);
        assertThat(later.get()).isEqualTo(TOLD);
    }

    @Test
    void whoJoinedACallThatRanOutOfTimeAsksAgainWithItsOwn() throws Exception {
        var first = ask(VIENNA, Context.ROOT);
        var joined = ask(VIENNA, Context.ROOT);
        source.calls
                .get(0)
                .land(new ProviderResult.Missing<>(
                        ProviderCall.problem("temperature-provider", Status.DEADLINE_EXCEEDED)));
        assertThat(first.get().answer()).isEmpty();
        assertThat(joined).isNotDone();
        source.calls.get(1).land(TOLD);
        assertThat(joined.get()).isEqualTo(TOLD);
    }

    @Test
    void aCallEndsAtTheCallDeadlineThoughWhoAsksWouldWaitLonger() {
        ask(VIENNA, within(Duration.ofHours(2)));
        assertThat(source.calls.get(0).left()).isBetween(CALL_DEADLINE.minusMinutes(10), CALL_DEADLINE);
        ask(point(47), Context.ROOT);
        assertThat(source.calls.get(1).left()).isBetween(CALL_DEADLINE.minusMinutes(10), CALL_DEADLINE);
    }

    @Test
    void aCallEndsSoonerWhereWhoAsksHasLessTime() {
        Duration patience = Duration.ofMinutes(30);
        ask(VIENNA, within(patience));
        assertThat(source.calls.get(0).left()).isBetween(patience.minusMinutes(10), patience);
    }

    @Test
    void whoHasGoneAlreadyIsToldSoAndLeavesNothingBehind() throws Exception {
        Context.CancellableContext gone = Context.ROOT.withCancellation();
        gone.cancel(null);
        assertThat(ask(VIENNA, gone).get().answer()).isEmpty();
        assertThat(questions.inFlight()).isZero();
    }

    @Test
    void aCallThatFailsAtOnceIsNobodysForEver() throws Exception {
        source.failAtOnce = true;
        assertThat(ask(VIENNA, Context.ROOT).get().answer()).isEmpty();
        assertThat(questions.inFlight()).isZero();
    }

    private Context within(Duration patience) {
        return Context.ROOT.withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS, timers);
    }

    private CompletableFuture<ProviderResult<Reading>> ask(Point point, Context context) {
        Context before = context.attach();
        try {
            return shared.at(point, Timestamp.getDefaultInstance());
        } finally {
            context.detach(before);
        }
    }

    private static Point point(double latitude) {
        return Point.newBuilder()
                .setCoordinates(LatLng.newBuilder().setLatitude(latitude))
                .build();
    }

    private record Call(Context context, Deadline deadline, CompletableFuture<ProviderResult<Reading>> answer) {
        Duration left() {
            return Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
        }

        void land(ProviderResult<Reading> reading) {
            answer.complete(reading);
        }
    }

    private static final class Source implements Readings {
        private final List<Call> calls = new ArrayList<>();
        private boolean failAtOnce;

        @Override
        public CompletableFuture<ProviderResult<Reading>> at(Point point, Timestamp instant) {
            Call call = new Call(
                    Context.current(),
                    Objects.requireNonNull(CallDeadline.options().getDeadline()),
                    new CompletableFuture<>());
            calls.add(call);
            if (failAtOnce) {
                call.land(
                        new ProviderResult.Missing<>(ProviderCall.problem("temperature-provider", Status.UNAVAILABLE)));
            }
            return call.answer();
        }

        @Override
        public CompletableFuture<List<ProviderResult<Reading>>> atEach(List<Point> points, Timestamp instant) {
            throw new UnsupportedOperationException("no batch here");
        }
    }
}
