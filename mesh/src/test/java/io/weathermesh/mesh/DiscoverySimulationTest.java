package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.mesh.SimulatedRoute53.Weather;
import io.weathermesh.mesh.SimulatedWorld.Way;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The production resolver in a simulated world, for as long as a build can wait. {@link DiscoverySimulation} runs it for
 * simulated days in every size, beside its rivals, and writes what the README shows.
 */
@ResourceLock("io.weathermesh.mesh.discovery")
final class DiscoverySimulationTest {
    /** As many as a build can wait for; {@code -Dthorough} waits longer. */
    private static final int DAYS = Boolean.getBoolean("thorough") ? 7 : 1;

    private static final int CHANGES = 200 * DAYS;

    private static final Logger JOURNAL = Logger.getLogger("io.weathermesh.mesh.discovery");

    private static final Weather CALM = new Weather(Duration.ofSeconds(5), 0);
    private static final Weather LOSSY = new Weather(Duration.ofSeconds(5), 0.01);

    /** A day has more changes of state than a build's log has room for. */
    @BeforeAll
    static void muteTheJournal() {
        JOURNAL.setLevel(Level.OFF);
    }

    @AfterAll
    static void unmuteTheJournal() {
        JOURNAL.setLevel(null);
    }

    @Test
    void noLivingTaskOfFiveHundredIsDroppedInEightEventfulHours() {
        SimulatedWorld world = new SimulatedWorld(Way.MESH, 500, LOSSY, 1);
        world.fleet.planDay();
        world.time.move(Duration.ofHours(8));

        assertThat(world.tally.falseDrops()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 8, 9, 20, 100, 500})
    void noTaskIsDroppedWhileTheNameServerIsDeadForTwentyMinutes(int tasks) {
        SimulatedWorld world = new SimulatedWorld(Way.MESH, tasks, CALM, 2);
        world.time.move(Duration.ofHours(3));
        long connections = world.tally.connections();
        long falseDrops = world.tally.falseDrops();

        world.dns.fail(Duration.ofMinutes(20));
        world.time.move(Duration.ofMinutes(30));

        assertThat(world.tally.falseDrops()).isEqualTo(falseDrops);
        assertThat(world.tally.cutOff()).isZero();
        assertThat(world.tally.connections()).isEqualTo(connections);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 7})
    void aNewTaskOfAFewIsNoticedWithinTheTtl(int tasks) {
        SimulatedWorld world = new SimulatedWorld(Way.MESH, tasks - 1, CALM, 3);
        Duration longest = Duration.ofMillis(5500).plus(Timing.QUERY_TIME);

        for (int times = 0; times < CHANGES; times++) {
            world.time.move(Duration.ofMillis(61_234));
            SimulatedTask task = world.fleet.register(SimulatedFleet.Cause.SCALE_OUT);
            world.time.move(longest);
            assertThat(task.published).isTrue();
            world.fleet.deregister(task);
            world.time.move(longest);
            assertThat(task.published).isFalse();
            world.fleet.die(task);
        }
    }

    @Test
    void pollsAreAtLeastASecondApartHoweverManyConnectionsAreLost() {
        SimulatedWorld world = new SimulatedWorld(Way.MESH, 40, new Weather(Duration.ofSeconds(1), 0.1), 4).live(DAYS);

        assertThat(world.dns.leastGap()).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 8, 20, 100})
    void aDayOfDeploysAndCrashesNeverLeavesCallsWithoutATask(int tasks) {
        SimulatedWorld world = new SimulatedWorld(Way.MESH, tasks, LOSSY, 5).live(DAYS);

        assertThat(world.tally.cutOff()).isZero();
    }
}
