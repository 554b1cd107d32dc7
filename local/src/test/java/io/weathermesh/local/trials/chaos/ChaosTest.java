package io.weathermesh.local.trials.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.Server;
import io.weathermesh.local.fleet.HandMovedTime;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Schedules, checks and verdicts without a running system: its commands are recorded. */
final class ChaosTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");

    private final HandMovedTime time = new HandMovedTime();
    private final ResponseChecker checker = new ResponseChecker(Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<String> commands = new ArrayList<>();
    private final Map<String, String> humidityTasks = new LinkedHashMap<>();

    @Test
    void theSameSeedGivesTheSameSchedule() {
        assertThat(FaultSchedule.of(1, LENGTH))
                .isEqualTo(FaultSchedule.of(1, LENGTH))
                .hasSizeGreaterThan(20);
        assertThat(FaultSchedule.of(1, LENGTH)).isNotEqualTo(FaultSchedule.of(2, LENGTH));
    }

    @Test
    void fiveSeedsHaveEveryKindOfFaultAndLeaveTheEndQuiet() {
        List<ScheduledFault> faults = LongStream.range(0, 5)
                .boxed()
                .flatMap(seed -> FaultSchedule.of(seed, LENGTH).stream())
                .toList();
        assertThat(faults).extracting(ScheduledFault::kind).contains(ScheduledFault.Kind.values());
        assertThat(faults).allSatisfy(fault -> assertThat(fault.at()).isLessThan(LENGTH.minusSeconds(5)));
    }

    @Test
    void onlyOneTaskOfAServiceHasAFaultAtATime() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        FaultInjector injector = new FaultInjector(this::run, time, line -> {});
        injector.start(List.of(
                new ScheduledFault(
                        Duration.ZERO, ScheduledFault.Kind.FREEZE, "humidity-provider", 1, "", Duration.ofHours(1)),
                new ScheduledFault(
                        Duration.ofMillis(1), ScheduledFault.Kind.KILL, "humidity-provider", 0, "", Duration.ZERO)));
        afterAllFaults();
        assertThat(commands).containsExactly("freeze humidity-provider-2");
        injector.undoAll();
        assertThat(commands).containsSubsequence("dns ok", "thaw humidity-provider-2", "scale humidity-provider 2");
    }

    @Test
    void aServiceWithAnUnhealthyTaskHasNotRecovered() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        FaultInjector injector = new FaultInjector(this::run, time, line -> {});
        injector.start(List.of());
        assertThat(injector.notRecovered()).isEmpty();
        humidityTasks.put("humidity-provider-2", "UNHEALTHY");
        assertThat(injector.notRecovered()).singleElement().asString().contains("humidity-provider has 1 healthy");
    }

    @Test
    void theCheckerFindsAWrongTemperatureAndAWrongPlace() {
        JsonObject right = answer(48.21, 16.37, 22.1);
        double usual = trueTemperature(right);
        JsonObject answer = answer(48.21, 16.37, usual);
        assertThat(checker.errorIn(answer, 48.21, 16.37).filter(what -> what.contains("temperature")))
                .isEmpty();
        assertThat(checker.errorIn(answer(48.21, 16.37, usual + 0.2), 48.21, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("temperature"));
        assertThat(checker.errorIn(answer, 48.22, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("place"));
        assertThat(checker.errorIn(new JsonObject(), 48.21, 16.37)).isPresent();
    }

    @Test
    void theVerdictNamesEveryBrokenPromise() {
        ResponseTally tally = new ResponseTally();
        for (int i = 0; i < 1_000; i++) {
            tally.sent();
            if (i < 2) {
                tally.failed("503");
            } else {
                tally.good(i * 2_000_000L + (i > 500 ? 1_500_000_000L : 0), 1_000_000);
            }
        }
        tally.sent();
        tally.wrong("at 1, 2");
        Verdict verdict = new Verdict(tally.result(0, 3_600_000_000L), 3, 1, List.of("humidity-provider has 1"));
        assertThat(verdict.broken()).hasSize(4);
        assertThat(verdict.text())
                .contains(
                        "faults: 3 injected, 1 skipped", "requests: 1001 sent, 2 failed", "1 wrong", "1.50 s", "503=2");
    }

    @Test
    void gapsIncludeTheStartAndTheEndAndTimesHaveTenthsOfAMillisecond() {
        assertThat(new ResponseTally().result(-5_000_000_000L, -2_000_000_000L).gapSeconds())
                .isEqualTo(3);
        ResponseTally tally = new ResponseTally();
        for (int millis = 1; millis <= 100; millis++) {
            tally.good(-4_000_000_000L + millis, millis * 1_000_000L + 40_000);
        }
        tally.good(-3_500_000_000L, 60_000_000_000L);
        ResponseTally.Result result = tally.result(-5_000_000_000L, -3_000_000_000L);
        assertThat(result.good()).isEqualTo(101);
        assertThat(result.gapSeconds()).isCloseTo(1, within(1e-6));
        assertThat(result.medianMillis()).isEqualTo(51);
        assertThat(result.p99Millis()).isEqualTo(100);
        assertThat(tally.result(-4_000_000_000L, -1_000_000_000L).gapSeconds()).isEqualTo(2.5);
        assertThat(tally.result(-4_000_000_000L, -3_400_000_000L).gapSeconds()).isCloseTo(0.5, within(1e-6));
    }

    @Test
    void theVerdictIsPositiveIfNoPromiseIsBroken() {
        ResponseTally tally = new ResponseTally();
        tally.sent();
        tally.good(500_000_000, 2_000_000);
        assertThat(new Verdict(tally.result(0, 1_000_000_000), 1, 0, List.of()).text())
                .contains("All promises were kept");
    }

    @Test
    void theVerdictIsNegativeIfMostFaultsWereSkipped() {
        ResponseTally tally = new ResponseTally();
        tally.sent();
        tally.good(500_000_000, 2_000_000);
        assertThat(new Verdict(tally.result(0, 1_000_000_000), 2, 3, List.of()).broken())
                .singleElement()
                .asString()
                .contains("skipped");
    }

    @Test
    void anAbsentReadingIsWrongAndNotZero() {
        JsonObject answer = answer(48.21, 16.37, 22.1);
        answer.getAsJsonObject("temperature").remove("temperatureCelsius");
        assertThat(checker.errorIn(answer, 48.21, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("not a response of the contract"));
    }

    @Test
    void aResponseWithOtherTypesThanTheContractIsWrongAndEndsItsRequest() {
        List<String> bodies =
                List.of("{\"status\": null}", "{\"status\": \"STATUS_COMPLETE\", \"temperature\": 5}", "[]", "");
        AtomicInteger next = new AtomicInteger();
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        try (Server server = Server.builder()
                .http(0)
                .service(
                        "/v1/weather",
                        (ctx, request) -> HttpResponse.of(
                                HttpStatus.OK, MediaType.JSON, bodies.get(next.getAndIncrement() % bodies.size())))
                .build()) {
            server.start().join();
            ResponseTally tally = new ResponseTally();
            RequestLoad requests = new RequestLoad(server.activeLocalPort(), checker, tally);
            ScheduledFuture<?> load = requests.start(thread, 100);
            await().until(() -> tally.result(0, 1).wrong() >= bodies.size());
            load.cancel(false);
            await().until(() -> requests.inFlight() == 0);
            ResponseTally.Result result = tally.result(0, 1);
            assertThat(result.wrong()).isEqualTo(result.sent());
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void undoAllUndoesEachFaultOnceAndNoFaultFollows() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        FaultInjector injector = new FaultInjector(this::run, time, line -> {});
        injector.start(List.of(
                new ScheduledFault(
                        Duration.ZERO, ScheduledFault.Kind.SLOW, "humidity-provider", 0, "50", Duration.ofMillis(60)),
                new ScheduledFault(
                        Duration.ofMillis(1), ScheduledFault.Kind.DNS, "", 0, "late 3", Duration.ofMillis(60)),
                new ScheduledFault(
                        Duration.ofMillis(120), ScheduledFault.Kind.STOP, "humidity-provider", 0, "", Duration.ZERO)));
        time.advance(Duration.ofMillis(20));
        injector.undoAll();
        injector.undoAll();
        afterAllFaults();
        assertThat(commands)
                .startsWith("slow humidity-provider-1 50", "dns late 3", "dns ok", "thaw humidity-provider-1")
                .doesNotHaveDuplicates()
                .noneMatch(line -> line.startsWith("stop"));
        assertThat(injector.injected()).isEqualTo(2);
    }

    @Test
    void aSecondFaultOfDnsIsSkippedAndDoesNotEndTheFirst() throws IOException {
        FaultInjector injector = new FaultInjector(this::run, time, line -> {});
        injector.start(List.of(
                new ScheduledFault(Duration.ZERO, ScheduledFault.Kind.KILL_DNS, "", 0, "", Duration.ofMillis(100)),
                new ScheduledFault(
                        Duration.ofMillis(20), ScheduledFault.Kind.DNS, "", 0, "empty", Duration.ofMillis(10))));
        afterAllFaults();
        assertThat(commands).containsExactly("kill dns", "dns ok");
        assertThat(injector.skipped()).isEqualTo(1);
    }

    @Test
    void theGatewayIsStoppedAndDeployedOnly() {
        assertThat(LongStream.range(0, 20)
                        .boxed()
                        .flatMap(seed -> FaultSchedule.of(seed, LENGTH).stream())
                        .filter(fault -> fault.service().equals("weather-aggregator")))
                .extracting(ScheduledFault::kind)
                .containsOnly(ScheduledFault.Kind.STOP, ScheduledFault.Kind.DEPLOY);
    }

    private double trueTemperature(JsonObject answer) {
        String error = checker.errorIn(answer, 48.21, 16.37).orElse("");
        assertThat(error).contains("temperature");
        double low = -60;
        double high = 60;
        // The right value is the one that is not called wrong.
        for (double value = low; value < high; value += 0.1) {
            double tenth = Math.rint(value * 10) / 10;
            if (checker.errorIn(answer(48.21, 16.37, tenth), 48.21, 16.37)
                    .filter(what -> what.contains("the temperature"))
                    .isEmpty()) {
                return tenth;
            }
        }
        throw new AssertionError("no temperature is right");
    }

    private static JsonObject answer(double latitude, double longitude, double celsius) {
        return ResponseChecker.parse(String.format(Locale.ROOT, """
                        {"location": {"coordinates": {"latitude": %s, "longitude": %s}},
                         "temperature": {"temperatureCelsius": %s, "provenance": {"observeTime": "%s"}},
                         "relativeHumidity": {"relativeHumidityPercent": 200, "provenance": {"observeTime": "%s"}}}
                        """, latitude, longitude, celsius, NOON, NOON))
                .orElseThrow();
    }

    private String run(String command, String... arguments) {
        if (command.equals("ps")) {
            List<String> rows = humidityTasks.entrySet().stream()
                    .map(task -> "{\"service\": \"humidity-provider\", \"task\": \"" + task.getKey()
                            + "\", \"status\": \"RUNNING\", \"health\": \"" + task.getValue() + "\"}")
                    .toList();
            return "[" + String.join(",", rows) + "]";
        }
        commands.add(command + " " + String.join(" ", arguments));
        return "";
    }

    private void afterAllFaults() {
        time.advance(Duration.ofMillis(200));
    }
}
