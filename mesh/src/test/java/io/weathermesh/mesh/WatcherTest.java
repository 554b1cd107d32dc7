package io.weathermesh.mesh;

import static io.weathermesh.mesh.ScriptedSource.all;
import static io.weathermesh.mesh.ScriptedSource.fails;
import static io.weathermesh.mesh.ScriptedSource.tasks;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weathermesh.mesh.Lookup.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Time stands still in these tests and is moved by hand; the source returns what the test sets. */
final class WatcherTest {
    private static final Duration A_BIT = Duration.ofMillis(1);

    private final HandMovedTime time = new HandMovedTime();
    private final ScriptedSource source = new ScriptedSource(time);
    private final RecordingSubscriber channel = new RecordingSubscriber();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Watcher watcher = new Watcher(
            source,
            time,
            time::nanos,
            new PollDelays(new Random(1)),
            new DiscoveryLog("echo.test", new DiscoveryMeters("echo.test", registry, time::nanos), time::nanos));

    @Test
    void aWatcherPollsAtOnceAndNotifiesInOrder() {
        source.returns(all(5, "10.0.0.9", "10.0.0.10"));

        watcher.subscribe(channel);
        time.move(A_BIT);

        assertThat(channel.received).containsExactly(tasks("10.0.0.9", "10.0.0.10"));
    }

    @Test
    void theNextPollIsWhenTheAnswerHasExpiredOrUpToATenthLater() {
        source.returns(all(5, "10.0.0.1"));
        watcher.subscribe(channel);

        time.move(Duration.ofMinutes(10));

        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(5), Duration.ofMillis(5500)));
        assertThat(gaps()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void pollsAreAtLeastASecondApartWhateverTheTtl() {
        source.returns(all(0, "10.0.0.1"));
        watcher.subscribe(channel);

        time.move(Duration.ofSeconds(60));

        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void pollsAreAtMostHalfAMinuteApartWhateverTheTtl() {
        source.returns(all(86_400, "10.0.0.1"));
        watcher.subscribe(channel);

        time.move(Duration.ofMinutes(10));

        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(Duration.ofSeconds(33)));
    }

    @Test
    void theLastGoodSetSurvivesAnyFailure() {
        source.returns(all(5, "10.0.0.1", "10.0.0.2"));
        watcher.subscribe(channel);
        time.move(A_BIT);

        for (Reason reason : Reason.values()) {
            source.returns(fails(reason));
            time.move(Duration.ofHours(1));
        }

        assertThat(channel.received).containsExactly(tasks("10.0.0.1", "10.0.0.2"));
        assertThat(channel.failures).isEmpty();
    }

    /** TTLs are whole seconds: a cache may repeat a wrong answer for up to one more. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 60})
    void anAnswerThatACacheRepeatsDoesNotConfirmThatMostTasksAreGone(int ttl) {
        source.returns(all(ttl, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"));
        watcher.subscribe(channel);
        time.move(Duration.ofMinutes(5));
        int wrong = source.polls().size();

        source.returns(all(ttl, "10.0.0.1"));
        while (watcher.tasks().size() > 1) {
            time.move(A_BIT);
        }

        Duration believedAfter = source.polls()
                .get(source.polls().size() - 1)
                .minus(source.polls().get(wrong));
        assertThat(believedAfter).isBetween(Duration.ofSeconds(ttl + 1), Duration.ofSeconds(3L * ttl));
    }

    /** A channel that is replaced: the next one begins before the thread of the watchers has heard of the first one's end. */
    @Test
    void theAgeOfTheLastAnswerIsMeasuredEvenIfWatchersChangeInOneMoment() {
        DiscoveryMeters meters = new DiscoveryMeters("next.test", registry, time::nanos);
        meters.begin();
        meters.end();

        meters.failed(Reason.TIMEOUT);
        assertThat(age("next.test")).isZero();
        meters.end();
        assertThat(age("next.test")).isNaN();
        meters.answered(1, 1);
        assertThat(age("next.test")).isZero();
    }

    private double age(String name) {
        return registry.get("mesh.discovery.last.answer.age")
                .tag("name", name)
                .timeGauge()
                .value();
    }

    @Test
    void pollsBackOffAfterFailures() {
        source.returns(all(5, "10.0.0.1"));
        watcher.subscribe(channel);
        time.move(A_BIT);
        source.returns(fails(Reason.SERVFAIL));

        time.move(Duration.ofMinutes(5));

        List<Duration> afterFailures = gaps().subList(1, gaps().size());
        assertThat(afterFailures.get(0)).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1200));
        assertThat(afterFailures.get(1)).isBetween(Duration.ofMillis(1280), Duration.ofMillis(1920));
        assertThat(afterFailures).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(Duration.ofSeconds(5)));
        assertThat(afterFailures.get(10)).isGreaterThanOrEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void pollsBackOffLessWhileNoTaskIsConnected() {
        channel.connected = false;
        source.returns(all(30, "10.0.0.1"));
        watcher.subscribe(channel);
        time.move(A_BIT);
        source.returns(fails(Reason.TIMEOUT));

        time.move(Duration.ofMinutes(5));

        List<Duration> afterFailures = gaps().subList(1, gaps().size());
        assertThat(afterFailures).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(Duration.ofSeconds(3)));
    }

    @Test
    void subscribersGetTheFailureWhileNoTaskIsKnownAndPollsAreASecondApart() {
        source.returns(fails(Reason.NXDOMAIN));
        watcher.subscribe(channel);

        time.move(Duration.ofSeconds(10));

        assertThat(channel.failures).extracting(Lookup.Failed::reason).containsOnly(Reason.NXDOMAIN);
        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isLessThanOrEqualTo(Duration.ofMillis(1200)));
    }

    @Test
    void subscribersAreNotifiedOfARecoveryOnce() {
        source.returns(all(5, "10.0.0.1"));
        watcher.subscribe(channel);
        time.move(A_BIT);
        source.returns(fails(Reason.TIMEOUT));
        time.move(Duration.ofSeconds(60));
        source.returns(all(5, "10.0.0.1"));

        time.move(Duration.ofSeconds(60));

        assertThat(channel.recoveries).isEqualTo(1);
    }

    @Test
    void aHintIsFollowedAtOnceIfTheLastPollIsASecondOld() {
        source.returns(all(30, "10.0.0.1"));
        watcher.subscribe(channel);
        time.move(Duration.ofSeconds(3));

        watcher.hint();
        time.move(A_BIT);

        assertThat(source.polls()).containsExactly(Duration.ZERO, Duration.ofSeconds(3));
    }

    @Test
    void aThousandHintsASecondCauseOnePoll() {
        source.returns(all(30, "10.0.0.1"));
        watcher.subscribe(channel);

        for (int i = 0; i < 10_000; i++) {
            watcher.hint();
            time.move(Duration.ofMillis(1));
        }

        assertThat(source.polls()).hasSizeBetween(10, 11);
        assertThat(gaps()).allSatisfy(gap -> assertThat(gap).isGreaterThanOrEqualTo(Duration.ofSeconds(1)));
    }

    @Test
    void aHintDuringAPollCausesNoOther() {
        CompletableFuture<Lookup> answer = source.waits();
        watcher.subscribe(channel);
        time.move(A_BIT);

        watcher.hint();
        time.move(Duration.ofSeconds(30));
        answer.complete(all(5, "10.0.0.1"));

        assertThat(source.polls()).hasSize(1);
        assertThat(channel.last()).isEqualTo(tasks("10.0.0.1"));
    }

    @Test
    void aLaterSubscriberGetsTheKnownTasksWithoutAPoll() {
        source.returns(all(30, "10.0.0.1"));
        watcher.subscribe(channel);
        time.move(Duration.ofSeconds(5));
        RecordingSubscriber another = new RecordingSubscriber();

        watcher.subscribe(another);

        assertThat(another.received).containsExactly(tasks("10.0.0.1"));
        assertThat(source.polls()).hasSize(1);
    }

    @Test
    void pollsStopWhenTheLastSubscriberIsGone() {
        source.returns(all(5, "10.0.0.1"));
        watcher.subscribe(channel);
        time.move(A_BIT);

        watcher.unsubscribe(channel);
        time.move(Duration.ofHours(1));

        assertThat(source.polls()).hasSize(1);
        assertThat(time.waiting()).isZero();
    }

    @Test
    void aSourceThatThrowsIsAFailure() {
        CompletableFuture<Lookup> answer = source.waits();
        watcher.subscribe(channel);
        time.move(A_BIT);

        answer.completeExceptionally(new IllegalStateException("broken"));

        assertThat(channel.failures).extracting(Lookup.Failed::reason).containsExactly(Reason.ERROR);
    }

    @Test
    void aCachedAnswerAfterAHintDoesNotCountAgainstATask() {
        source.returns(all(10, "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"));
        watcher.subscribe(channel);
        time.move(Duration.ofSeconds(11));
        source.returns(all(10, "10.0.0.1"));
        time.move(Duration.ofSeconds(11));

        watcher.hint();
        time.move(Duration.ofSeconds(2));
        assertThat(channel.last()).hasSize(4);

        time.move(Duration.ofSeconds(11));
        assertThat(channel.last()).isEqualTo(tasks("10.0.0.1"));
    }

    @Test
    void failuresAreCountedByReason() {
        source.returns(fails(Reason.REFUSED));

        watcher.subscribe(channel);
        time.move(A_BIT);

        assertThat(registry.counter("mesh.discovery.failures", "name", "echo.test", "reason", "REFUSED")
                        .count())
                .isEqualTo(1);
    }

    private List<Duration> gaps() {
        List<Duration> polls = source.polls();
        return java.util.stream.IntStream.range(1, polls.size())
                .mapToObj(i -> polls.get(i).minus(polls.get(i - 1)))
                .toList();
    }
}
