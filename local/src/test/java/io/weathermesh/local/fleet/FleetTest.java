package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks without processes, and time moved by hand: a fake process records its signals, and ends when it should. */
final class FleetTest {
    private static final Duration REPLACE_AFTER = Duration.ofSeconds(30);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);
    private static final Duration START_PERIOD = Duration.ofSeconds(120);
    private static final Duration UNHEALTHY_LIMIT = Duration.ofSeconds(120);
    private static final Duration STEP = Duration.ofMillis(100);

    /** Whether the fleet responds is known at once: its thread is that of the test. */
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final List<String> story = new CopyOnWriteArrayList<>();
    private final AtomicBoolean healthy = new AtomicBoolean(true);
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicInteger mostAlive = new AtomicInteger();
    private final CompletableFuture<Void> requestsFinished = new CompletableFuture<>();
    private final AtomicBoolean ignoreSigterm = new AtomicBoolean();
    private final AtomicBoolean jarIsGone = new AtomicBoolean();
    private final AtomicBoolean noProbes = new AtomicBoolean();
    private final AtomicInteger checks = new AtomicInteger();
    private final Set<String> sick = ConcurrentHashMap.newKeySet();
    private final AtomicInteger lastAddress = new AtomicInteger(ServiceDefinition.LAST_NUMBER);
    private final HandMovedTime time = new HandMovedTime();
    private Fleet fleet;

    @BeforeEach
    void makeAFleet() {
        FleetRules rules = new FleetRules(REPLACE_AFTER, STOP_TIMEOUT, START_PERIOD, UNHEALTHY_LIMIT, 10);
        fleet = new Fleet(
                new FakeLauncher(),
                (service, address) -> probe(address.getHostAddress()),
                new FakeRegistrar(),
                new FakeTargets(),
                (subject, event) -> {},
                rules,
                time.clock(),
                time,
                time,
                AT_ONCE);
    }

    private HealthProbe probe(String address) {
        if (noProbes.get()) {
            throw new IllegalStateException("no client library");
        }
        return new FakeProbe(checks, () -> healthy.get() && !sick.contains(address));
    }

    @AfterEach
    void close() {
        fleet.close();
    }

    @Test
    void aTaskIsRegisteredOnlyWhenItIsHealthy() {
        healthy.set(false);
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        until(() -> checks.get() > 4);
        assertThat(fleet.tasks()).extracting(TaskView::status).containsOnly(TaskStatus.PENDING);
        assertThat(story).noneMatch(line -> line.startsWith("register"));
        healthy.set(true);
        untilSteady();
        assertThat(story).contains("register humidity-provider-1", "register humidity-provider-2");
    }

    @Test
    void aTaskThatDiedIsDeregisteredAtOnceAndReplacedLater() {
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        untilSteady();
        fleet.kill("humidity-1");
        until(() -> story.contains("deregister humidity-provider-1"));
        assertThat(fleet.tasks()).extracting(TaskView::task).doesNotContain("humidity-provider-1");
        time.advance(REPLACE_AFTER.minusMillis(1));
        assertThat(story).doesNotContain("start humidity-provider-3");
        until(() -> story.contains("start humidity-provider-3"));
        assertThat(story).containsSubsequence("deregister humidity-provider-1", "start humidity-provider-3");
        untilSteady();
        assertThat(fleet.tasks())
                .extracting(TaskView::task)
                .containsExactlyInAnyOrder("humidity-provider-2", "humidity-provider-3");
    }

    @Test
    void stoppingGoesThroughTheLoadBalancerThenDnsThenSigterm() {
        fleet.run(ServiceDefinition.AGGREGATOR, 1);
        untilSteady();
        fleet.stop("127.0.3.1", "by a test");
        until(() -> story.contains("deregister weather-aggregator-1"));
        assertThat(story).doesNotContain("SIGTERM weather-aggregator-1");
        requestsFinished.complete(null);
        until(() -> story.contains("SIGTERM weather-aggregator-1"));
        assertThat(story)
                .containsSubsequence(
                        "target removed", "deregister weather-aggregator-1", "SIGTERM weather-aggregator-1");
    }

    @Test
    void aTaskThatIgnoresSigtermIsKilledAfterTheStopTimeout() {
        fleet.run(ServiceDefinition.TEMPERATURE, 1);
        untilSteady();
        ignoreSigterm.set(true);
        fleet.stop("temperature-1", "by a test");
        time.advance(STOP_TIMEOUT.minusMillis(1));
        assertThat(story).doesNotContain("SIGKILL temperature-provider-1");
        time.advance(Duration.ofMillis(1));
        assertThat(story).contains("SIGKILL temperature-provider-1");
    }

    @Test
    void aDeploymentStartsNewTasksFirstAndNeverHasMoreThanTwice() {
        fleet.run(ServiceDefinition.HUMIDITY, 3);
        untilSteady();
        healthy.set(false);
        fleet.deploy("humidity-provider");
        until(() -> alive.get() == 6);
        assertThat(story).noneMatch(line -> line.startsWith("SIGTERM"));
        healthy.set(true);
        untilSteady();
        assertThat(fleet.tasks())
                .extracting(TaskView::task)
                .containsExactlyInAnyOrder("humidity-provider-4", "humidity-provider-5", "humidity-provider-6");
        assertThat(mostAlive.get()).isEqualTo(6);
    }

    @Test
    void scalingInStopsTheNewestTask() {
        fleet.run(ServiceDefinition.HUMIDITY, 3);
        untilSteady();
        assertThat(fleet.scale("humidity", 1)).isEqualTo(3);
        untilSteady();
        assertThat(fleet.tasks()).extracting(TaskView::task).containsExactly("humidity-provider-1");
    }

    @Test
    void anUnknownNameIsReportedWithTheKnownOnes() {
        fleet.run(ServiceDefinition.HUMIDITY, 1);
        assertThatThrownBy(() -> fleet.scale("pressure", 1))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("there is no service 'pressure', but humidity-provider");
        assertThatThrownBy(() -> fleet.kill("humidity-9"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("humidity-provider-1");
        assertThatThrownBy(() -> fleet.scale("humidity", 1000)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTaskWithFailedChecksIsUnhealthyThenReplaced() {
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        untilSteady();
        sick.add("127.0.2.2");
        until(() -> story.contains("SIGTERM humidity-provider-2"));
        untilSteady();
        assertThat(story)
                .containsSubsequence(
                        "unhealthy humidity-provider-2",
                        "deregister humidity-provider-2",
                        "SIGTERM humidity-provider-2",
                        "register humidity-provider-3");
        assertThat(story).doesNotContain("unhealthy humidity-provider-1");
    }

    @Test
    void aTaskThatRecoversIsHealthyAgainAndStays() {
        fleet.run(ServiceDefinition.HUMIDITY, 1);
        untilSteady();
        sick.add("127.0.2.1");
        until(() -> story.contains("unhealthy humidity-provider-1"));
        sick.clear();
        until(() -> story.contains("healthy humidity-provider-1"));
        assertThat(fleet.tasks()).extracting(TaskView::task).containsExactly("humidity-provider-1");
    }

    @Test
    void aTaskThatDoesNotBecomeHealthyInTheStartPeriodIsStopped() {
        sick.add("127.0.2.1");
        fleet.run(ServiceDefinition.HUMIDITY, 1);
        time.advance(START_PERIOD);
        assertThat(story).doesNotContain("SIGTERM humidity-provider-1");
        until(() -> story.contains("SIGTERM humidity-provider-1"));
        untilSteady();
        assertThat(story).doesNotContain("register humidity-provider-1");
        assertThat(fleet.tasks()).extracting(TaskView::task).containsExactly("humidity-provider-2");
    }

    @Test
    void aDeploymentStopsOneOldTaskForEachNewOneThatIsHealthy() {
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        untilSteady();
        sick.add("127.0.2.4");
        fleet.deploy("humidity");
        until(() -> story.contains("register humidity-provider-3"));
        until(() -> story.contains("SIGTERM humidity-provider-1"));
        assertThat(story).doesNotContain("SIGTERM humidity-provider-2");
        sick.clear();
        untilSteady();
        assertThat(story).containsSubsequence("register humidity-provider-4", "SIGTERM humidity-provider-2");
    }

    @Test
    void aTaskThatTheLoadBalancerFailsToDeregisterIsStopped() {
        fleet.run(ServiceDefinition.AGGREGATOR, 1);
        untilSteady();
        requestsFinished.completeExceptionally(new IllegalStateException("it has not started"));
        fleet.stop("aggregator-1", "by a test");
        until(() -> story.contains("SIGTERM weather-aggregator-1"));
    }

    @Test
    void addressesThatTheMachineDoesNotHaveAreLeftOut() {
        lastAddress.set(2);
        fleet.run(ServiceDefinition.HUMIDITY, 1);
        untilSteady();
        fleet.kill("humidity-1");
        until(() -> story.contains("register humidity-provider-2"));
        fleet.kill("humidity-2");
        until(() -> Collections.frequency(story, "register humidity-provider-1") == 2);
        assertThatThrownBy(() -> fleet.scale("humidity", 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the desired count is 3, but this machine has only 2 loopback addresses for the humidity-provider");
    }

    @Test
    void noTaskIsStartedWithAllNumbersInUseAndTheFleetResponds() {
        lastAddress.set(3);
        fleet.run(ServiceDefinition.HUMIDITY, 3);
        untilSteady();
        fleet.deploy("humidity");
        assertThat(fleet.tasks()).hasSize(3);
        assertThat(story).noneMatch(line -> line.startsWith("SIGTERM"));
    }

    @Test
    void aTaskThatCannotBeStartedIsRetriedLater() {
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        untilSteady();
        jarIsGone.set(true);
        fleet.stop("humidity-1", "by a test");
        until(() -> story.contains("no jar for humidity-provider-3"));
        jarIsGone.set(false);
        untilSteady();
        assertThat(fleet.tasks()).hasSize(2);
    }

    @Test
    void aFleetThatDoesNotRespondIsAnErrorThatNamesTheRemedy() {
        time.stall();
        assertThatThrownBy(fleet::tasks)
                .isInstanceOf(FleetBusyException.class)
                .hasMessageContaining("this machine is too busy")
                .hasMessageContaining("./weather down");
    }

    @Test
    void aCommandThatTimedOutIsNotCarriedOutLater() {
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        untilSteady();
        time.stall();
        assertThatThrownBy(() -> fleet.scale("humidity", 3)).isInstanceOf(FleetBusyException.class);
        time.goOn();
        assertThat(fleet.services()).extracting(ServiceView::desired).containsExactly(2);
    }

    @Test
    void aFleetThatDoesNotRespondIsClosedAllTheSame() {
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        untilSteady();
        time.stall();
        fleet.close();
        assertThat(story).contains("SIGKILL humidity-provider-1", "SIGKILL humidity-provider-2");
        assertThat(alive).hasValue(0);
    }

    @Test
    void aProbeThatCannotBeMadeIsAFailedCheck() {
        noProbes.set(true);
        fleet.run(ServiceDefinition.HUMIDITY, 1);
        time.advance(Duration.ofSeconds(10));
        assertThat(fleet.tasks()).extracting(TaskView::status).containsOnly(TaskStatus.PENDING);
        noProbes.set(false);
        untilSteady();
    }

    private void untilSteady() {
        until(fleet::isSteady);
    }

    /** Moves the time until this is so. */
    private void until(BooleanSupplier condition) {
        for (long left = Duration.ofMinutes(10).dividedBy(STEP); left > 0 && !condition.getAsBoolean(); left--) {
            time.advance(STEP);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    private final class FakeProcess implements TaskProcess {
        private final String task;
        private final CompletableFuture<Integer> exit = new CompletableFuture<>();

        FakeProcess(String task) {
            this.task = task;
            mostAlive.accumulateAndGet(alive.incrementAndGet(), Math::max);
        }

        private void end(int code) {
            if (!exit.isDone()) {
                alive.decrementAndGet();
                exit.complete(code);
            }
        }

        @Override
        public long pid() {
            return 1;
        }

        @Override
        public CompletableFuture<Integer> exit() {
            return exit;
        }

        @Override
        public void terminate() {
            story.add("SIGTERM " + task);
            if (!ignoreSigterm.get()) {
                end(143);
            }
        }

        @Override
        public void kill() {
            story.add("SIGKILL " + task);
            end(137);
        }

        @Override
        public void freeze() {}

        @Override
        public void slow(Duration pause) {}

        @Override
        public void thaw() {}
    }

    private final class FakeLauncher implements TaskLauncher {
        @Override
        public TaskProcess launch(ServiceDefinition service, String task, Inet4Address address) {
            if (jarIsGone.get()) {
                story.add("no jar for " + task);
                throw new IllegalStateException("there must be one jar, but found 0");
            }
            story.add("start " + task);
            return new FakeProcess(task);
        }

        @Override
        public boolean hasAddress(Inet4Address address) {
            return (address.getAddress()[3] & 0xFF) <= lastAddress.get();
        }
    }

    private record FakeProbe(AtomicInteger checks, BooleanSupplier healthy) implements HealthProbe {
        @Override
        public CompletableFuture<Boolean> check() {
            checks.incrementAndGet();
            return CompletableFuture.completedFuture(healthy.getAsBoolean());
        }

        @Override
        public void close() {}
    }

    private final class FakeRegistrar implements Registrar {
        @Override
        public void register(String service, String task, InetSocketAddress address) {
            story.add("register " + task);
        }

        @Override
        public void deregister(String service, String task) {
            story.add("deregister " + task);
        }

        @Override
        public void health(String service, String task, boolean isHealthy) {
            story.add((isHealthy ? "healthy " : "unhealthy ") + task);
        }
    }

    private final class FakeTargets implements Targets {
        @Override
        public void add(InetSocketAddress target) {
            story.add("target added");
        }

        @Override
        public CompletableFuture<Void> remove(InetSocketAddress target) {
            story.add("target removed");
            return requestsFinished;
        }
    }
}
