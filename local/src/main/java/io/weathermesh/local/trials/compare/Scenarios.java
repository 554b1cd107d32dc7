package io.weathermesh.local.trials.compare;

import static io.weathermesh.local.trials.compare.ClientType.MESH;
import static io.weathermesh.local.trials.compare.ClientType.NAIVE;
import static io.weathermesh.local.trials.compare.ClientType.STOCK;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What is compared, as data. */
final class Scenarios {
    static final String BLACK_HOLE = "black-hole";

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration SHORT_TTL = Duration.ofSeconds(1);
    private static final Duration WARM = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final List<ClientType> TWO = List.of(MESH, STOCK);

    /** TTL and a second: what is promised of a change in DNS. */
    private static final double NOTICED = 6;

    /** Longer than a provider goes on serving after SIGTERM at this TTL, and finishes. */
    private static final Duration LEAVING = Duration.ofSeconds(24);

    /** Eight of twenty an answer, one answer a TTL of 5 s: all twenty have been seen after ten answers in 99 of 100. */
    private static final Duration ALL_FOUND = Duration.ofSeconds(60);

    private static final Predicate<ClientStatistics> NONE_FAILED = client -> client.failed() == 0;

    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                scaleOutAndIn(),
                deploy("deploy-removals-late", Scenarios::deployWithLateRemovals),
                deploy("deploy-additions-late", Scenarios::deployWithLateAdditions),
                kill(),
                freeze(),
                blackHole(),
                sick(StubProviders.Behavior.UNAVAILABLE),
                sick(StubProviders.Behavior.INTERNAL),
                dns("silent"),
                dns("nxdomain"),
                dns("empty"),
                dns("servfail"),
                dns("garbage"),
                twentyTasks("twenty-tasks", SHORT_TTL, Duration.ofSeconds(20)),
                twentyTasks("twenty-tasks-ttl-5", TTL, ALL_FOUND),
                allFail());
    }

    private static Scenario scaleOutAndIn() {
        return new Scenario(
                "scale-out-and-in",
                TTL,
                TWO,
                run -> {
                    run.standIns(IntStream.rangeClosed(1, 15).toArray());
                    run.add(1, 2, 3, 4, 5);
                    run.callers(TWO, WARM);
                    run.begin();
                    for (int step = 1; step <= 10; step++) {
                        run.add(5 + step);
                        run.remove(step);
                        run.pass(Duration.ofMillis(3_700));
                    }
                    run.watch(Duration.ofSeconds(7));
                },
                "ten new tasks called and ten deregistered ones left alone within 6 s; 0 failed",
                NONE_FAILED.and(client -> client.noticed() <= NOTICED && client.left() <= NOTICED));
    }

    private static Scenario deploy(String name, Scenario.Script script) {
        return new Scenario(name, TTL, TWO, script, "0 failed", NONE_FAILED);
    }

    /** The old tasks get SIGTERM, and DNS goes on showing them. */
    private static void deployWithLateRemovals(ScenarioRun run) throws Exception {
        run.providers(1, 2, 3);
        run.add(1, 2, 3);
        run.callers(TWO, WARM);
        run.begin();
        run.providers(4, 5, 6);
        run.add(4, 5, 6);
        run.signal("TERM", 1, 2, 3);
        run.pass(LATE);
        run.remove(1, 2, 3);
        run.watch(LEAVING);
    }

    /** The old tasks get SIGTERM at the moment the new ones serve, and DNS does not yet show these. */
    private static void deployWithLateAdditions(ScenarioRun run) throws Exception {
        run.providers(1, 2, 3);
        run.add(1, 2, 3);
        run.callers(TWO, WARM);
        run.begin();
        run.providers(4, 5, 6);
        run.signal("TERM", 1, 2, 3);
        run.pass(LATE);
        run.add(4, 5, 6);
        run.remove(1, 2, 3);
        run.watch(LEAVING);
    }

    private static Scenario kill() {
        return new Scenario(
                "kill-one-of-four",
                TTL,
                TWO,
                run -> {
                    run.providers(1, 2, 3, 4);
                    run.add(1, 2, 3, 4);
                    run.callers(TWO, WARM);
                    run.begin();
                    run.signal("KILL", 2);
                    run.pass(Duration.ofSeconds(10));
                    run.remove(2);
                    run.watch(Duration.ofSeconds(8));
                },
                "0 failed",
                NONE_FAILED);
    }

    private static Scenario freeze() {
        return new Scenario(
                "freeze-one-of-three",
                TTL,
                TWO,
                run -> {
                    run.providers(1, 2, 3);
                    run.add(1, 2, 3);
                    run.callers(TWO, WARM);
                    run.begin();
                    run.signal("STOP", 2);
                    run.watch(Duration.ofSeconds(30));
                },
                "at most 0.1 % failed, all within 3 s",
                client -> client.failedPercent() <= 0.1 && client.lastFailure() <= 3);
    }

    private static Scenario blackHole() {
        return new Scenario(
                BLACK_HOLE,
                TTL,
                TWO,
                run -> {
                    run.providers(1, 2);
                    IsolatedProvider host = run.cutOffHost();
                    run.add(1, 2);
                    run.callers(TWO, WARM);
                    run.begin();
                    host.vanish();
                    run.watch(Duration.ofSeconds(60));
                },
                "at most 0.1 % failed in a minute",
                client -> client.failedPercent() <= 0.1);
    }

    private static Scenario sick(StubProviders.Behavior behavior) {
        return new Scenario(
                "one-of-three-says-" + behavior.name().toLowerCase(java.util.Locale.ROOT),
                TTL,
                TWO,
                run -> {
                    run.standIns(1, 2, 3);
                    run.add(1, 2, 3);
                    run.callers(TWO, WARM);
                    run.begin();
                    run.behavior(behavior, 2);
                    run.watch(Duration.ofSeconds(30));
                },
                "at most 1 % failed, 0 after 5 s",
                client -> client.failedPercent() <= 1 && client.failedLate() == 0);
    }

    private static Scenario dns(String fault) {
        return new Scenario(
                "dns-" + fault,
                TTL,
                TWO,
                run -> {
                    run.standIns(1, 2, 3, 4);
                    run.add(1, 2, 3);
                    run.callers(TWO, WARM);
                    run.begin();
                    run.dnsFault(fault);
                    run.watch(Duration.ofSeconds(20));
                    run.dnsFault("ok");
                    run.add(4);
                    run.pass(Duration.ofSeconds(11));
                },
                "0 failed; a new task called within TTL + 5 s of the recovery",
                NONE_FAILED.and(client -> client.noticed() <= TTL.toSeconds() + 5));
    }

    private static Scenario twentyTasks(String name, Duration ttl, Duration discovery) {
        List<ClientType> three = List.of(MESH, STOCK, NAIVE);
        return new Scenario(
                name,
                ttl,
                three,
                run -> {
                    run.standIns(IntStream.rangeClosed(1, 20).toArray());
                    run.add(IntStream.rangeClosed(1, 20).toArray());
                    run.callers(three, discovery);
                    run.begin();
                    run.watch(Duration.ofSeconds(60));
                },
                "all 20 called, skew at most 0.1, at most 2 connections opened in 60 s; 0 failed",
                NONE_FAILED.and(client -> client.tasks() == 20 && client.skew() <= 0.1 && client.connections() <= 2));
    }

    private static Scenario allFail() {
        return new Scenario(
                "all-tasks-fail",
                TTL,
                TWO,
                run -> {
                    run.standIns(1, 2, 3);
                    run.add(1, 2, 3);
                    run.callers(TWO, WARM);
                    run.begin();
                    run.behavior(StubProviders.Behavior.UNAVAILABLE, 1, 2, 3);
                    run.watch(Duration.ofSeconds(20));
                },
                "at most 1.2 attempts a call",
                client -> client.attempts() <= 1.2);
    }
}
