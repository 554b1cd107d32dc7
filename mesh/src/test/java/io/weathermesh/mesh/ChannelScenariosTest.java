package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers notice when something happens to one task of three. Real servers, real channels, faults as data. */
final class ChannelScenariosTest {
    private static final Duration BEFORE = Duration.ofMillis(500);
    private static final Duration SETTLING = Duration.ofMillis(2500);
    private static final Duration AFTER = Duration.ofMillis(1500);

    /** Something that happens to a task. */
    private interface Event {
        void happenTo(Fleet fleet, Fleet.Task task) throws Exception;
    }

    /**
     * An event and what may be seen of it.
     *
     * @param maxFailedPerMille of all calls while the mesh finds out
     * @param inUseAfterwards whether the task goes on getting calls when the mesh has found out
     */
    private record Scenario(String name, Event event, int maxFailedPerMille, boolean inUseAfterwards) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                new Scenario("nothing happens", (fleet, task) -> {}, 0, true),
                new Scenario("is killed", (fleet, task) -> task.kill(), 0, false),
                new Scenario("fails fast with UNAVAILABLE", becomes(Fleet.Mood.UNAVAILABLE), 0, false),
                new Scenario("fails fast with INTERNAL", becomes(Fleet.Mood.INTERNAL), 0, false),
                new Scenario("fails fast with UNKNOWN", becomes(Fleet.Mood.UNKNOWN), 0, false),
                new Scenario("hangs", becomes(Fleet.Mood.HUNG), 0, false),
                new Scenario(
                        "reports NOT_SERVING", (fleet, task) -> task.server().reportNotServing(), 0, false),
                new Scenario("reports NOT_SERVING, still registered", (fleet, task) -> task.leave(), 0, false),
                new Scenario("is deregistered and lives", (fleet, task) -> fleet.deregister(task.ip), 0, false),
                new Scenario(
                        "is replaced by a task of another service at its address",
                        (fleet, task) -> {
                            task.kill();
                            fleet.start(task.ip, "stranger.v1.StrangerService");
                        },
                        0,
                        false));
    }

    private static Event becomes(Fleet.Mood mood) {
        return (fleet, task) -> task.mood = mood;
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "one task of three {0}")
    @MethodSource("scenarios")
    void callersHardlyNoticeTheFaultOfOneTask(Scenario scenario) throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);
            Load before = Load.of(channel, BEFORE);
            assertThat(before.failed()).as("before: %s", before).isZero();

            Fleet.Task task = fleet.task(1);
            scenario.event().happenTo(fleet, task);
            Load settling = Load.of(channel, SETTLING);
            Load after = Load.of(channel, AFTER);

            assertThat(settling.failed())
                    .as("while the mesh finds out: %s", settling)
                    .isLessThanOrEqualTo(settling.calls() * scenario.maxFailedPerMille() / 1000);
            assertThat(after.failed()).as("afterwards: %s", after).isZero();
            int answersWhileInUse = settling.answersOf(task) + after.answersOf(task);
            assertThat(scenario.inUseAfterwards() ? answersWhileInUse : after.answersOf(task))
                    .as("afterwards: %s", after)
                    .matches(answers -> answers > 0 == scenario.inUseAfterwards());
        }
    }

    @Test
    void twoSickTasksOfFiveAreBothEjected() throws Exception {
        try (Fleet fleet = Fleet.of(5)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);

            fleet.task(1).mood = Fleet.Mood.HUNG;
            Load first = Load.of(channel, SETTLING);
            fleet.task(2).mood = Fleet.Mood.UNAVAILABLE;
            Load second = Load.of(channel, SETTLING);
            int before = fleet.task(1).calls.get() + fleet.task(2).calls.get();
            Load after = Load.of(channel, AFTER);
            int sickCalls = fleet.task(1).calls.get() + fleet.task(2).calls.get() - before;

            assertThat(first.failed() + second.failed() + after.failed()).isZero();
            assertThat(sickCalls).as("of %d calls afterwards", after.calls()).isLessThan(after.calls() / 5);
        }
    }

    @Test
    void twoSickTasksOfThreeAreBothEjectedAndTheThirdGoesOn() throws Exception {
        try (Fleet fleet = Fleet.of(3)) {
            ManagedChannel channel = fleet.channel();
            fleet.warm(channel);

            fleet.task(1).mood = Fleet.Mood.UNAVAILABLE;
            fleet.task(2).mood = Fleet.Mood.UNAVAILABLE;
            Load ignored = Load.of(channel, SETTLING);
            Load after = Load.of(channel, AFTER);

            assertThat(after.failed()).as("%s", after).isZero();
            assertThat(after.answersOf(fleet.task(3))).isEqualTo(after.calls());
        }
    }
}
