package io.weathermesh.mesh;

import io.weathermesh.mesh.SimulatedRoute53.Weather;
import io.weathermesh.mesh.SimulatedWorld.Way;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Lets the production resolver and models of its rivals live through the same simulated days, in fleets of 1 to 500
 * tasks, and writes {@code mesh/simulation.md} and {@code mesh/simulation.svg}. Run by hand, since a build runs only
 * what is named Test:
 *
 * <pre>mvn -pl mesh test -Dtest=DiscoverySimulation</pre>
 *
 * The same seed gives the same files.
 */
final class DiscoverySimulation {
    static final List<Integer> SIZES = List.of(1, 2, 5, 8, 9, 12, 16, 20, 40, 100, 200, 500);
    static final int DAYS = 4;

    private static final double LOST = 0.01;
    private static final long SEED = 53;
    private static final List<Integer> OTHER_TTLS = List.of(1, 10);
    private static final List<Integer> SIZES_OF_OTHER_TTLS = List.of(5, 20, 100);

    /** A line for every fourth simulated minute would fill the console. */
    private static final Logger JOURNAL = Logger.getLogger("io.weathermesh.mesh.discovery");

    /** What one client lived through. */
    record Life(Way way, int tasks, Duration ttl, SimulationTally tally, long queries) {
        double aDay(double count) {
            return count / DAYS;
        }

        double anHour(double count) {
            return count / DAYS / 24;
        }
    }

    @Test
    void writesTheResults() throws IOException {
        JOURNAL.setLevel(Level.OFF);
        List<Life> lives = new ArrayList<>();
        for (int tasks : SIZES) {
            for (Way way : Way.values()) {
                lives.add(live(way, tasks, Duration.ofSeconds(5)));
            }
        }
        List<Life> otherTtls = new ArrayList<>();
        for (int ttl : OTHER_TTLS) {
            for (int tasks : SIZES_OF_OTHER_TTLS) {
                otherTtls.add(live(Way.MESH, tasks, Duration.ofSeconds(ttl)));
            }
        }
        Files.writeString(Path.of("simulation.md"), SimulationTable.of(lives, otherTtls));
        Files.writeString(Path.of("simulation.svg"), SimulationChart.of(lives));
    }

    private static Life live(Way way, int tasks, Duration ttl) {
        SimulatedWorld world = new SimulatedWorld(way, tasks, new Weather(ttl, LOST), SEED).live(DAYS);
        return new Life(way, tasks, ttl, world.tally, world.dns.queries());
    }
}
