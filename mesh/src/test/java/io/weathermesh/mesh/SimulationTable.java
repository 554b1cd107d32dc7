package io.weathermesh.mesh;

import io.weathermesh.mesh.DiscoverySimulation.Life;
import io.weathermesh.mesh.SimulatedWorld.Way;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes what a simulation found as Markdown. */
final class SimulationTable {
    private static final String INTRODUCTION = """
            # Discovery, simulated

            The production resolver (`CloudMapNameResolver` and everything behind it but the socket) and models of two
            rivals run the same %d days in fleets of 1 to 500 tasks: four deploys a day that replace every task,
            six times a tenth fewer tasks for ten minutes, six crashes, one failure of the name server for 2 to 20
            minutes; one query in a hundred is lost. DNS gives eight records at random, from a cache that neighbours
            fill too. Time and chance are simulated, so the figures are the same in every run:
            `mvn -pl mesh test -Dtest=DiscoverySimulation` writes this page and its chart.

            ![time to notice, connections, skew](simulation.svg)

            """;

    private static final String MESH = """
            ## This resolver, TTL 5 s

            | tasks | new task noticed: mean | median | 99 %% | longest | gone task dropped: mean | living tasks dropped per day | without a task, per day | queries per hour |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final String RIVALS = """

            ## Beside its rivals, TTL 5 s

            Naive: polls at the TTL and replaces its list by each answer. Stock: grpc-java's `dns:///` at its defaults.
            Skew: standard deviation over mean of the calls that a task gets in a minute. Unseen: new tasks that never got
            a call in their life. Without a task: time per day in which the client knew no living task although there was one.

            | tasks | connections opened per hour: mesh | naive | stock | skew: mesh | naive | stock | unseen: mesh | naive | stock | without a task, per day: mesh | naive | stock |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final String OTHER_TTLS = """

            ## Other TTLs

            | TTL | tasks | new task noticed: mean | median | 99 %% | longest | gone task dropped: mean | living tasks dropped per day | queries per hour |
            |--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """;

    private static final String NOTES = """

            New tasks are those of scaling and of replacing a crash; a notice that an outage of DNS delayed is left out. Up
            to eight tasks an answer is complete, and a task is noticed when the cache has expired. Above eight each answer
            is a sample: a new task is seen by chance, after `tasks / 8` fresh answers on average. A gone task is dropped
            when chance no longer explains its absence; until then health checks and closed connections keep calls away
            from it, which is why removal may be slow. A deploy doubles the fleet for a while.
            """;

    private SimulationTable() {}

    static String of(List<Life> lives, List<Life> otherTtls) {
        StringBuilder page = new StringBuilder(INTRODUCTION.formatted(DiscoverySimulation.DAYS));
        page.append(MESH.formatted());
        lives.stream().filter(life -> life.way() == Way.MESH).forEach(life -> page.append(row(life, true)));
        page.append(RIVALS);
        DiscoverySimulation.SIZES.forEach(tasks -> page.append(
                compared(lives.stream().filter(life -> life.tasks() == tasks).toList())));
        page.append(OTHER_TTLS.formatted());
        otherTtls.forEach(life ->
                page.append("| ").append(life.ttl().toSeconds()).append(" s ").append(row(life, false)));
        return page.append(NOTES).toString();
    }

    private static String row(Life life, boolean withCutOff) {
        SimulationTimes notice = life.tally().timeToNotice();
        String cutOff =
                withCutOff ? " " + seconds(life.tally().cutOff().dividedBy(DiscoverySimulation.DAYS)) + " |" : "";
        return "| %d | %s | %s | %s | %s | %s | %s |%s %s |\n"
                .formatted(
                        life.tasks(),
                        seconds(notice.mean()),
                        seconds(notice.median()),
                        seconds(notice.p99()),
                        seconds(notice.longest()),
                        seconds(life.tally().timeToDrop().mean()),
                        number(life.aDay(life.tally().falseDrops())),
                        cutOff,
                        number(life.anHour(life.queries())));
    }

    /** One size; the ways in their order. */
    private static String compared(List<Life> ways) {
        StringBuilder row = new StringBuilder("| ").append(ways.get(0).tasks());
        ways.forEach(life -> cell(row, number(life.anHour(life.tally().connections()))));
        ways.forEach(life -> cell(row, "%.2f".formatted(life.tally().skew())));
        ways.forEach(life -> cell(row, "%.0f %%".formatted(100 * life.tally().unseen())));
        ways.forEach(life -> cell(row, seconds(life.tally().cutOff().dividedBy(DiscoverySimulation.DAYS))));
        return row.append(" |\n").toString();
    }

    private static void cell(StringBuilder row, String text) {
        row.append(" | ").append(text);
    }

    private static String number(double value) {
        return value == 0 || value >= 10 ? "%,.0f".formatted(value) : String.format(Locale.ROOT, "%.1f", value);
    }

    private static String seconds(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        if (seconds >= 600) {
            return "%.0f min".formatted(seconds / 60);
        }
        return (seconds == 0 || seconds >= 100 ? "%.0f s" : "%.1f s").formatted(seconds);
    }
}
