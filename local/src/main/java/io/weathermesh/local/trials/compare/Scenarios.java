package io.weathermesh.local.trials.compare;

import static io.weathermesh.local.trials.compare.ClientType.MESH;
import static io.weathermesh.local.trials.compare.ClientType.NAIVE;
import static io.weathermesh.local.trials.compare.ClientType.STOCK;

import io.weathermesh.local.dns.DnsFault;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The scenarios, as data. */
final class Scenarios {
    static final String BLACK_HOLE = "black-hole";

    private static final Duration TTL = Duration.ofSeconds(5);
    private static final Duration SHORT_TTL = Duration.ofSeconds(1);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final Duration DNS_LATE = Duration.ofSeconds(3);
    private static final List<ClientType> TWO = List.of(MESH, STOCK);

    /** TTL + 1 s: the promise for a change in DNS. */
    private static final double MAX_NOTICE_SECONDS = 6;

    /** Longer than a provider serves and drains after SIGTERM at this TTL. */
    private static final Duration DRAIN = Duration.ofSeconds(24);

    /** An answer has eight of twenty, every 5 s: ten answers have all twenty in 99 of 100 cases. */
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
                failing(StubProviders.Behavior.UNAVAILABLE),
                failing(StubProviders.Behavior.INTERNAL),
                dns(DnsFault.SILENT),
                dns(DnsFault.NXDOMAIN),
                dns(DnsFault.EMPTY),
                dns(DnsFault.SERVFAIL),
                dns(DnsFault.GARBAGE),
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
                    run.stubs(IntStream.rangeClosed(1, 15).toArray());
                    run.register(1, 2, 3, 4, 5);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    for (int step = 1; step <= 10; step++) {
                        run.register(5 + step);
                        run.deregister(step);
                        run.pass(Duration.ofMillis(3_700));
                    }
                    run.observe(Duration.ofSeconds(7));
                },
                "ten new tasks called, ten deregistered tasks no longer called, within 6 s; 0 failed",
                NONE_FAILED.and(
                        client -> client.noticed() <= MAX_NOTICE_SECONDS && client.left() <= MAX_NOTICE_SECONDS));
    }

    private static Scenario deploy(String name, Scenario.Script script) {
        return new Scenario(name, TTL, TWO, script, "0 failed", NONE_FAILED);
    }

    /** The old tasks get SIGTERM, and stay in DNS for a while. */
    private static void deployWithLateRemovals(ScenarioRun run) throws Exception {
        run.providers(1, 2, 3);
        run.register(1, 2, 3);
        run.startClients(TWO, WARM_UP);
        run.startMeasurement();
        run.providers(4, 5, 6);
        run.register(4, 5, 6);
        run.terminate(1, 2, 3);
        run.pass(DNS_LATE);
        run.deregister(1, 2, 3);
        run.observe(DRAIN);
    }

    /** The old tasks get SIGTERM when the new ones serve, which are not in DNS for a while. */
    private static void deployWithLateAdditions(ScenarioRun run) throws Exception {
        run.providers(1, 2, 3);
        run.register(1, 2, 3);
        run.startClients(TWO, WARM_UP);
        run.startMeasurement();
        run.providers(4, 5, 6);
        run.terminate(1, 2, 3);
        run.pass(DNS_LATE);
        run.register(4, 5, 6);
        run.deregister(1, 2, 3);
        run.observe(DRAIN);
    }

    private static Scenario kill() {
        return new Scenario(
                "kill-one-of-four",
                TTL,
                TWO,
                run -> {
                    run.providers(1, 2, 3, 4);
                    run.register(1, 2, 3, 4);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    run.kill(2);
                    run.pass(Duration.ofSeconds(10));
                    run.deregister(2);
                    run.observe(Duration.ofSeconds(8));
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
                    run.register(1, 2, 3);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    run.freeze(2);
                    run.observe(Duration.ofSeconds(30));
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
                    IsolatedProvider isolated = run.isolatedProvider();
                    run.register(1, 2);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    isolated.becomeBlackHole();
                    run.observe(Duration.ofSeconds(60));
                },
                "at most 0.1 % failed in 60 s",
                client -> client.failedPercent() <= 0.1);
    }

    private static Scenario failing(StubProviders.Behavior behavior) {
        return new Scenario(
                "one-of-three-says-" + behavior.name().toLowerCase(java.util.Locale.ROOT),
                TTL,
                TWO,
                run -> {
                    run.stubs(1, 2, 3);
                    run.register(1, 2, 3);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    run.stubBehavior(behavior, 2);
                    run.observe(Duration.ofSeconds(30));
                },
                "at most 1 % failed, 0 after 5 s",
                client -> client.failedPercent() <= 1 && client.failedLate() == 0);
    }

    private static Scenario dns(DnsFault fault) {
        return new Scenario(
                "dns-" + fault.word(),
                TTL,
                TWO,
                run -> {
                    run.stubs(1, 2, 3, 4);
                    run.register(1, 2, 3);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    run.dnsFault(fault);
                    run.observe(Duration.ofSeconds(20));
                    run.dnsFault(DnsFault.OK);
                    run.register(4);
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
                    run.stubs(IntStream.rangeClosed(1, 20).toArray());
                    run.register(IntStream.rangeClosed(1, 20).toArray());
                    run.startClients(three, discovery);
                    run.startMeasurement();
                    run.observe(Duration.ofSeconds(60));
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
                    run.stubs(1, 2, 3);
                    run.register(1, 2, 3);
                    run.startClients(TWO, WARM_UP);
                    run.startMeasurement();
                    run.stubBehavior(StubProviders.Behavior.UNAVAILABLE, 1, 2, 3);
                    run.observe(Duration.ofSeconds(20));
                },
                "at most 1.2 attempts a call",
                client -> client.attempts() <= 1.2);
    }
}
