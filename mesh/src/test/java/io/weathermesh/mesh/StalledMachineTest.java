package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** After a stall of its own machine a channel must not take its tasks for sick. */
@Tag("jdk")
final class StalledMachineTest {
    private static final Duration STALL = Duration.ofMillis(2_500);
    private static final Duration AFTER = Duration.ofMillis(1_500);

    /** What a load of 500 calls a second sends at once when its machine has stood still for half a second. */
    private static final int BURST = 250;

    @Test
    void noTaskIsEjectedAfterAStallOfAllTasks() throws Exception {
        try (Fleet fleet = Fleet.of(3).withTheUsualDeadline()) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            allBecome(fleet, Fleet.Mood.HUNG);
            Load stalled = Load.of(channel, STALL);
            assertThat(stalled.failed()).isEqualTo(stalled.calls());

            allBecome(fleet, Fleet.Mood.WELL);
            Load after = Load.of(channel, AFTER);

            assertThat(after.failed()).as("%s", after).isZero();
            assertThat(IntStream.rangeClosed(1, 3).map(number -> after.answersOf(fleet.task(number))))
                    .as("%s", after)
                    .allMatch(answers -> answers > after.calls() / 4);
        }
    }

    @Test
    void aTaskThatFailsFastFailsNoCallOfABurst() throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            fleet.task(1).mood = Fleet.Mood.INTERNAL;

            List<Future<String>> burst = new ArrayList<>();
            for (int call = 0; call < BURST; call++) {
                burst.add(ClientCalls.futureUnaryCall(channel.newCall(Echo.LOOKUP, CallOptions.DEFAULT), "who?"));
            }

            assertThat(burst).noneMatch(StalledMachineTest::failed);
        }
    }

    private static void allBecome(Fleet fleet, Fleet.Mood mood) {
        IntStream.rangeClosed(1, 3).forEach(number -> fleet.task(number).mood = mood);
    }

    private static boolean failed(Future<String> call) {
        try {
            call.get();
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
