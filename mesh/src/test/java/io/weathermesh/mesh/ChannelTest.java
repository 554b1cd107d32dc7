package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Promises of a channel that have no numbers. Real servers on loopback addresses, one registry in the test's hand. */
final class ChannelTest {
    private static final Duration A_WHILE = Duration.ofSeconds(3);

    /** A machine that stalls makes healthy tasks look sick, too, which puts off the choice. */
    private static final int LOADS_UNTIL_LEFT_OUT = 10;

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aTaskThatKeepsReturningNotFoundIsNotEjected() throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.NOT_FOUND;

            Load load = Load.of(channel, A_WHILE);

            assertThat(load.failed()).isBetween(load.calls() / 4, load.calls() / 2);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aMethodWithSideEffectsIsRetriedOnAnotherTask() throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.UNAVAILABLE;

            Load load = Load.of(channel, Echo.CHANGE, A_WHILE);

            assertThat(load.failed()).as("%s", load).isZero();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void theMeshAddsNoLoadWhenEveryTaskFails() throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            int before = attempts(fleet);
            for (int i = 1; i <= 3; i++) {
                fleet.task(i).mood = Fleet.Mood.UNAVAILABLE;
            }

            // One after the other: a stalled machine then adds one hedge, and not one for each call that
            // waits.
            int calls = 2_000;
            for (int i = 0; i < calls; i++) {
                assertThatThrownBy(() -> Echo.lookup(channel, "who?")).isInstanceOf(StatusRuntimeException.class);
            }

            assertThat((attempts(fleet) - before) / (double) calls).isLessThan(1.2);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void hedgesThatLoseDoNotLookLikeAnAttackWhenEveryTaskIsSlow() throws Exception {
        try (Fleet fleet = Fleet.of(2)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.SLOW;
            fleet.task(2).mood = Fleet.Mood.SLOW;

            Load load = Load.of(channel, Duration.ofSeconds(8));

            assertThat(load.failed()).as("%s", load).isZero();
        }
    }

    private static int attempts(Fleet fleet) {
        return fleet.task(1).calls.get()
                + fleet.task(2).calls.get()
                + fleet.task(3).calls.get();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void callsInFlightOutliveTheRemovalOfTheirTask() throws Exception {
        try (Fleet fleet = Fleet.of(1)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.HUNG;
            ListenableFuture<String> call = ClientCalls.futureUnaryCall(
                    channel.newCall(Echo.CHANGE, CallOptions.DEFAULT.withDeadlineAfter(5, TimeUnit.MINUTES)), "slow");
            StreamObserver<String> answer = fleet.task(1).takeHeld();
            fleet.task(1).mood = Fleet.Mood.WELL;

            Fleet.Task successor = fleet.start("127.0.9.2");
            fleet.register(successor.ip);
            fleet.deregister("127.0.9.1");
            for (int inARow = 0; inARow < 20; inARow++) {
                // Until calls go to the successor only.
                inARow = Echo.patiently(channel, "who?").equals(successor.ip) ? inARow : 0;
            }
            answer.onNext("late");
            answer.onCompleted();

            assertThat(call.get()).isEqualTo("late");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void anAddressOutsideTheAllowedRangeGetsNoConnection() throws Exception {
        try (Fleet fleet = Fleet.of(2).allowing("127.0.9.2/32")) {
            ManagedChannel channel = fleet.channel();

            Load load = Load.of(channel, A_WHILE);

            assertThat(load.answersOf(fleet.task(1))).isZero();
            assertThat(load.answersOf(fleet.task(2))).isPositive();
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void callsFailAtOnceWhileNoTaskIsKnownAndSucceedOnceOneIs() throws Exception {
        try (Fleet fleet = Fleet.of(0)) {
            ManagedChannel channel = fleet.channel();
            assertThatThrownBy(() -> Echo.lookup(channel, "who?"))
                    .isInstanceOfSatisfying(StatusRuntimeException.class, failure -> {
                        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                        assertThat(failure.getStatus().getDescription()).contains("echo.test is not known yet");
                    });

            fleet.start("127.0.9.1");
            fleet.register("127.0.9.1");

            assertThat(Echo.patiently(channel, "who?")).isEqualTo("127.0.9.1");
            assertThat(fleet.channels().knownTasks()).isEqualTo(Map.of("echo.test", List.of("127.0.9.1")));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aUnaryCallWithoutADeadlineGetsOne() throws Exception {
        try (Fleet fleet = Fleet.of(1).withTheUsualDeadline()) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.HUNG;

            long start = System.nanoTime();
            assertThatThrownBy(() -> Echo.lookup(channel, "who?"))
                    .hasMessageStartingWith(Status.Code.DEADLINE_EXCEEDED.name());
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(MeshTimings.defaults().callDeadline());
        }
    }

    /** Its usual deadline is 15 s here, so that no busy machine can take the one for the other. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aCallersOwnDeadlineIsKeptAndSoIsThatOfItsContext() throws Exception {
        try (Fleet fleet = Fleet.of(1)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.HUNG;

            long start = System.nanoTime();
            CallOptions hasty = CallOptions.DEFAULT.withDeadlineAfter(50, TimeUnit.MILLISECONDS);
            ListenableFuture<String> call = ClientCalls.futureUnaryCall(channel.newCall(Echo.CHANGE, hasty), "who?");
            assertThatThrownBy(call::get).hasMessageContaining(Status.Code.DEADLINE_EXCEEDED.name());
            ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
            Context.current()
                    .withDeadlineAfter(50, TimeUnit.MILLISECONDS, clock)
                    .run(() -> assertThatThrownBy(() -> Echo.lookup(channel, "who?"))
                            .hasMessageStartingWith(Status.Code.DEADLINE_EXCEEDED.name()));
            clock.shutdownNow();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    /** No hedge can show that the task hangs: the call is over before one is sent. */
    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aHungTaskIsEjectedEvenIfDeadlinesAreShorterThanTheHedgingDelay() throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.HUNG;
            Duration hasty = ChannelPolicy.HEDGING_DELAY.dividedBy(2);

            Load settling = Load.of(Hasty.calls(channel, hasty), A_WHILE);
            assertThat(settling.failed()).isPositive();
            int calls = 1;
            for (int load = 0; load < LOADS_UNTIL_LEFT_OUT && calls > 0; load++) {
                int before = fleet.task(1).calls.get();
                Load ignored = Load.of(Hasty.calls(channel, hasty), Duration.ofSeconds(1));
                calls = fleet.task(1).calls.get() - before;
            }

            assertThat(calls).isZero();
        }
    }

    /** Gives every call so much time. */
    private record Hasty(Duration deadline) implements ClientInterceptor {
        static Channel calls(Channel channel, Duration deadline) {
            return ClientInterceptors.intercept(channel, new Hasty(deadline));
        }

        @Override
        public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
            return next.newCall(method, options.withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
        }
    }
}
