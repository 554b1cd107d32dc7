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

/** Schedules, judgements and verdicts, without a system that runs: what it would be told is written down. */
final class ChaosTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");

    private final HandMovedTime time = new HandMovedTime();
    private final ResponseChecker checker = new ResponseChecker(Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<String> told = new ArrayList<>();
    private final Map<String, String> humidityTasks = new LinkedHashMap<>();

    @Test
    void theSameSeedIsTheSameSchedule() {
        assertThat(FaultSchedule.of(1, LENGTH))
                .isEqualTo(FaultSchedule.of(1, LENGTH))
                .hasSizeGreaterThan(20);
        assertThat(FaultSchedule.of(1, LENGTH)).isNotEqualTo(FaultSchedule.of(2, LENGTH));
    }

    @Test
    void aFewSeedsHaveEveryKindOfFaultAndAllEndBeforeTheEnd() {
        List<ScheduledFault> strikes = LongStream.range(0, 5)
                .boxed()
                .flatMap(seed -> FaultSchedule.of(seed, LENGTH).stream())
                .toList();
        assertThat(strikes).extracting(ScheduledFault::kind).contains(ScheduledFault.Kind.values());
        assertThat(strikes).allSatisfy(fault -> assertThat(fault.at()).isLessThan(LENGTH.minusSeconds(5)));
    }

    @Test
    void oneTaskOfAServiceIsHurtAtATime() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        FaultInjector injector = new FaultInjector(this::tell, time, line -> {});
        injector.begin(List.of(
                new ScheduledFault(
                        Duration.ZERO, ScheduledFault.Kind.FREEZE, "humidity-provider", 1, "", Duration.ofHours(1)),
                new ScheduledFault(
                        Duration.ofMillis(1), ScheduledFault.Kind.KILL, "humidity-provider", 0, "", Duration.ZERO)));
        afterAllStrikes();
        assertThat(told).containsExactly("freeze humidity-provider-2");
        injector.calm();
        assertThat(told).containsSubsequence("dns ok", "thaw humidity-provider-2", "scale humidity-provider 2");
    }

    @Test
    void whatIsNotAsItWasIsMissing() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        FaultInjector injector = new FaultInjector(this::tell, time, line -> {});
        injector.begin(List.of());
        assertThat(injector.missing()).isEmpty();
        humidityTasks.put("humidity-provider-2", "UNHEALTHY");
        assertThat(injector.missing()).singleElement().asString().contains("humidity-provider has 1 healthy");
    }

    @Test
    void theOracleKnowsRightFromWrong() {
        JsonObject right = answer(48.21, 16.37, 22.1);
        double usual = trueTemperature(right);
        JsonObject answer = answer(48.21, 16.37, usual);
        assertThat(checker.wrongIn(answer, 48.21, 16.37).filter(what -> what.contains("temperature")))
                .isEmpty();
        assertThat(checker.wrongIn(answer(48.21, 16.37, usual + 0.2), 48.21, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("temperature"));
        assertThat(checker.wrongIn(answer, 48.22, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("place"));
        assertThat(checker.wrongIn(new JsonObject(), 48.21, 16.37)).isPresent();
    }

    @Test
    void theVerdictNamesEveryBrokenPromise() {
        ResponseTally tally = new ResponseTally();
        for (int i = 0; i < 1_000; i++) {
            tally.asked();
            if (i < 2) {
                tally.failed("503");
            } else {
                tally.good(i * 2_000_000L + (i > 500 ? 1_500_000_000L : 0), 1_000_000);
            }
        }
        tally.asked();
        tally.wrong("at 1, 2");
        Verdict verdict = new Verdict(tally.result(0, 3_600_000_000L), 3, 1, List.of("humidity-provider has 1"));
        assertThat(verdict.broken()).hasSize(4);
        assertThat(verdict.text())
                .contains("struck 3 times, left out 1", "asked 1001, failed 2", "wrong 1", "1.50 s", "503=2");
    }

    @Test
    void gapsCountFromTheBeginningToTheEndAndTimesToTheTenthOfAMillisecond() {
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
    void aVerdictWithoutBrokenPromisesSaysSo() {
        ResponseTally tally = new ResponseTally();
        tally.asked();
        tally.good(500_000_000, 2_000_000);
        assertThat(new Verdict(tally.result(0, 1_000_000_000), 1, 0, List.of()).text())
                .contains("All promises were kept");
    }

    @Test
    void promisesThatWereHardlyTriedWereNotKept() {
        ResponseTally tally = new ResponseTally();
        tally.asked();
        tally.good(500_000_000, 2_000_000);
        assertThat(new Verdict(tally.result(0, 1_000_000_000), 2, 3, List.of()).broken())
                .singleElement()
                .asString()
                .contains("left out");
    }

    @Test
    void aReadingThatIsAbsentIsWrongAndNotZero() {
        JsonObject answer = answer(48.21, 16.37, 22.1);
        answer.getAsJsonObject("temperature").remove("temperatureCelsius");
        assertThat(checker.wrongIn(answer, 48.21, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("not the contract's answer"));
    }

    @Test
    void anAnswerOfOtherTypesThanTheContractsIsWrongAndIsNotWaitedForAgain() {
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
            RequestLoad questions = new RequestLoad(server.activeLocalPort(), checker, tally);
            ScheduledFuture<?> load = questions.begin(thread, 100);
            await().until(() -> tally.result(0, 1).wrong() >= bodies.size());
            load.cancel(false);
            await().until(() -> questions.open() == 0);
            ResponseTally.Result result = tally.result(0, 1);
            assertThat(result.wrong()).isEqualTo(result.asked());
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void whatLastsIsUndoneOnceAndNoStrikeComesAfterIt() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        FaultInjector injector = new FaultInjector(this::tell, time, line -> {});
        injector.begin(List.of(
                new ScheduledFault(
                        Duration.ZERO, ScheduledFault.Kind.SLOW, "humidity-provider", 0, "50", Duration.ofMillis(60)),
                new ScheduledFault(
                        Duration.ofMillis(1), ScheduledFault.Kind.DNS, "", 0, "late 3", Duration.ofMillis(60)),
                new ScheduledFault(
                        Duration.ofMillis(120), ScheduledFault.Kind.STOP, "humidity-provider", 0, "", Duration.ZERO)));
        time.advance(Duration.ofMillis(20));
        injector.calm();
        injector.calm();
        afterAllStrikes();
        assertThat(told)
                .startsWith("slow humidity-provider-1 50", "dns late 3", "dns ok", "thaw humidity-provider-1")
                .doesNotHaveDuplicates()
                .noneMatch(line -> line.startsWith("stop"));
        assertThat(injector.struck()).isEqualTo(2);
    }

    @Test
    void oneFaultOfDnsDoesNotEndAnother() throws IOException {
        FaultInjector injector = new FaultInjector(this::tell, time, line -> {});
        injector.begin(List.of(
                new ScheduledFault(Duration.ZERO, ScheduledFault.Kind.KILL_DNS, "", 0, "", Duration.ofMillis(100)),
                new ScheduledFault(
                        Duration.ofMillis(20), ScheduledFault.Kind.DNS, "", 0, "empty", Duration.ofMillis(10))));
        afterAllStrikes();
        assertThat(told).containsExactly("kill dns", "dns ok");
        assertThat(injector.leftOut()).isEqualTo(1);
    }

    @Test
    void theGatewayIsOnlyStoppedAndDeployed() {
        assertThat(LongStream.range(0, 20)
                        .boxed()
                        .flatMap(seed -> FaultSchedule.of(seed, LENGTH).stream())
                        .filter(fault -> fault.service().equals("weather-aggregator")))
                .extracting(ScheduledFault::kind)
                .containsOnly(ScheduledFault.Kind.STOP, ScheduledFault.Kind.DEPLOY);
    }

    private double trueTemperature(JsonObject answer) {
        String said = checker.wrongIn(answer, 48.21, 16.37).orElse("");
        assertThat(said).contains("temperature");
        double low = -60;
        double high = 60;
        // The right value is the one that is not called wrong.
        for (double value = low; value < high; value += 0.1) {
            double tenth = Math.rint(value * 10) / 10;
            if (checker.wrongIn(answer(48.21, 16.37, tenth), 48.21, 16.37)
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

    private String tell(String command, String... arguments) {
        if (command.equals("ps")) {
            List<String> rows = humidityTasks.entrySet().stream()
                    .map(task -> "{\"service\": \"humidity-provider\", \"task\": \"" + task.getKey()
                            + "\", \"status\": \"RUNNING\", \"health\": \"" + task.getValue() + "\"}")
                    .toList();
            return "[" + String.join(",", rows) + "]";
        }
        told.add(command + " " + String.join(" ", arguments));
        return "";
    }

    private void afterAllStrikes() {
        time.advance(Duration.ofMillis(200));
    }
}
