package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static io.weathermesh.mesh.ScriptedSource.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KnownTasksTest {
    private final KnownTasks known = new KnownTasks();

    @Test
    void aCompleteAnswerReplacesWhatIsKnown() {
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);
        known.add(all(5, "10.0.0.2", "10.0.0.3", "10.0.0.4"), true);

        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.2", "10.0.0.3", "10.0.0.4"));
    }

    @Test
    void tasksAreOrderedByAddressNotByText() {
        known.add(all(5, "10.0.0.10", "192.168.0.1", "10.0.0.9"), true);

        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.9", "10.0.0.10", "192.168.0.1"));
    }

    @Test
    void moreThanHalfAreDroppedOnlyAfterASecondAnswerThatAgrees() {
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);

        known.add(all(5, "10.0.0.1"), true);
        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.1", "10.0.0.2", "10.0.0.3"));

        known.add(all(5, "10.0.0.1"), true);
        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.1"));
    }

    @Test
    void additionsDoNotWaitForTheSecondAnswer() {
        known.add(all(5, "10.0.0.1", "10.0.0.2"), true);
        known.add(all(5, "10.0.0.8", "10.0.0.9"), true);

        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.1", "10.0.0.2", "10.0.0.8", "10.0.0.9"));
    }

    @Test
    void anAnswerThatACacheRepeatsDoesNotConfirmItself() {
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);
        known.add(all(5, "10.0.0.1"), true);

        known.add(all(5, "10.0.0.1"), false);

        assertThat(known.tasks()).hasSize(3);
    }

    /** Strangers refuse connections, each failure is a hint, and the hint brings the wrong answer again. */
    @Test
    void aWrongAnswerThatACacheRepeatsDropsNoTask() {
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);
        known.add(all(5, "10.0.0.4", "10.0.0.5", "10.0.0.6"), true);

        known.add(all(4, "10.0.0.4", "10.0.0.5", "10.0.0.6"), false);
        assertThat(known.tasks()).hasSize(6);

        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);
        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.1", "10.0.0.2", "10.0.0.3"));
    }

    @Test
    void aNewAnswerThatAgreesReplacesAllTasks() {
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);
        known.add(all(5, "10.0.0.4", "10.0.0.5", "10.0.0.6"), true);
        known.add(all(4, "10.0.0.4", "10.0.0.5", "10.0.0.6"), false);

        known.add(all(5, "10.0.0.4", "10.0.0.5", "10.0.0.6"), true);

        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.4", "10.0.0.5", "10.0.0.6"));
    }

    @Test
    void aKnownZoneIsKeptWhenDnsReturnsNone() {
        TaskAddress zoned = new TaskAddress(TaskAddress.of("10.0.0.1").ip(), "eu-central-1b");
        known.add(new Found(List.of(zoned), true, Duration.ofSeconds(5)), true);

        known.add(all(5, "10.0.0.1"), true);

        assertThat(known.tasks()).extracting(TaskAddress::zone).containsExactly("eu-central-1b");
    }

    @Test
    void aSecondAnswerThatDisagreesStartsAgain() {
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);
        known.add(all(5, "10.0.0.1"), true);
        known.add(all(5, "10.0.0.1", "10.0.0.2", "10.0.0.3"), true);

        known.add(all(5, "10.0.0.3"), true);

        assertThat(known.tasks()).hasSize(3);
    }

    @Test
    void oneOfTwoIsDroppedAtOnce() {
        known.add(all(5, "10.0.0.1", "10.0.0.2"), true);
        known.add(all(5, "10.0.0.2"), true);

        assertThat(known.tasks()).isEqualTo(tasks("10.0.0.2"));
    }

    @ParameterizedTest
    @CsvSource({
        "8, 8, 1",
        "8, 9, 9",
        "8, 12, 17",
        "8, 20, 37",
        "8, 40, 83",
        "8, 56, 120",
        "8, 100, 221",
        "8, 1000, 2294",
        "2, 1000, 2400",
        "999, 1000, 3"
    })
    void aTaskMayMissAsManySamplesAsChanceExplains(int answerSize, int knownSize, int misses) {
        assertThat(KnownTasks.allowedMisses(answerSize, knownSize)).isEqualTo(misses);
    }

    @Test
    void aTaskThatIsGoneIsDroppedAfterTheAllowedMisses() {
        known.add(sample(1, 8), true);
        known.add(sample(2, 9), true);

        int samples = 0;
        while (known.tasks().contains(task(1))) {
            known.add(sample(2, 9), true);
            samples++;
        }

        // The sample that brought the ninth task was the first miss.
        assertThat(samples + 1).isEqualTo(KnownTasks.allowedMisses(8, 9));
    }

    @Test
    void aSampleThatACacheRepeatsAddsTasksButDropsNone() {
        known.add(sample(1, 8), true);

        for (int i = 0; i < 100; i++) {
            known.add(sample(2, 9), false);
        }

        assertThat(known.tasks()).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 20, 100, 500})
    void noLivingTaskIsDroppedInADayOfRandomSamples(int fleet) {
        Random route53 = new Random(fleet);
        List<TaskAddress> living = new ArrayList<>(
                IntStream.rangeClosed(1, fleet).mapToObj(KnownTasksTest::task).toList());
        int before = 0;
        for (int poll = 0; poll < 8_640; poll++) {
            Collections.shuffle(living, route53);
            known.add(new Found(living.subList(0, 8), false, Duration.ofSeconds(10)), true);

            assertThat(known.tasks()).hasSizeGreaterThanOrEqualTo(before);
            before = known.tasks().size();
        }
        assertThat(before).isEqualTo(fleet);
    }

    @Test
    void knownTasksNeverExceedTheQuotaOfCloudMap() {
        for (int first = 1; first <= 2_000; first += 8) {
            known.add(sample(first, first + 7), true);
        }

        assertThat(known.tasks()).hasSize(KnownTasks.MAX_TASKS).contains(task(2_000));
    }

    private static Found sample(int first, int last) {
        return new Found(
                IntStream.rangeClosed(first, last)
                        .mapToObj(KnownTasksTest::task)
                        .toList(),
                false,
                Duration.ofSeconds(5));
    }

    private static TaskAddress task(int number) {
        return TaskAddress.of("10.0." + number / 250 + "." + (1 + number % 250));
    }
}
