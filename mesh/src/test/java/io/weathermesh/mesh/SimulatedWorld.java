package io.weathermesh.mesh;

import io.weathermesh.mesh.SimulatedRoute53.Weather;
import java.time.Duration;
import java.util.Random;

/** A fleet, its DNS and one client of it, on a clock of their own. The same seed gives the same world. */
final class SimulatedWorld {
    /** How a client keeps its tasks up to date. */
    enum Way {
        MESH,
        NAIVE,
        STOCK
    }

    final HandMovedTime time = new HandMovedTime();
    final SimulationTally tally = new SimulationTally();
    final SimulatedRoute53 dns;
    final SimulatedFleet fleet;
    final SimulatedClient client;

    SimulatedWorld(Way way, int tasks, Weather weather, long seed) {
        // A random source for each part: the queries of a client do not change what happens to the fleet.
        SimulatedChannel channel = new SimulatedChannel(time, new Random(seed + 1), tally);
        dns = new SimulatedRoute53(time, new Random(seed + 2), weather);
        fleet = new SimulatedFleet(time, new Random(seed + 3), tasks, channel, dns);
        Random random = new Random(seed + 4);
        client = switch (way) {
            case MESH -> new SimulatedMesh(time, random, dns, channel);
            case NAIVE -> new SimulatedNaive(time, dns, channel);
            case STOCK -> new SimulatedStock(time, random, dns, channel);
        };
        channel.connect(fleet, dns, client);
    }

    /** Lets eventful days pass. */
    SimulatedWorld live(int days) {
        for (int day = 0; day < days; day++) {
            fleet.planDay();
            time.move(Duration.ofDays(1));
        }
        return this;
    }
}
