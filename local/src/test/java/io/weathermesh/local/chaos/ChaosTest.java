package io.weathermesh.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Schedules, judgements and verdicts, without a system that runs: what it would be told is written down. */
final class ChaosTest {
    private static final Duration LENGTH = Duration.ofMinutes(5);
    private static final Instant NOON = Instant.parse("2026-06-21T12:00:00Z");

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final Oracle oracle = new Oracle(Clock.fixed(NOON, ZoneOffset.UTC));
    private final List<String> told = new ArrayList<>();
    private final Map<String, String> humidityTasks = new LinkedHashMap<>();

    @AfterEach
    void stop() {
        thread.shutdownNow();
    }

    @Test
    void theSameSeedIsTheSameSchedule() {
        assertThat(Schedule.of(1, LENGTH)).isEqualTo(Schedule.of(1, LENGTH)).hasSizeGreaterThan(20);
        assertThat(Schedule.of(1, LENGTH)).isNotEqualTo(Schedule.of(2, LENGTH));
    }

    @Test
    void aFewSeedsHaveEveryKindOfFaultAndAllEndBeforeTheEnd() {
        List<Strike> strikes = LongStream.range(0, 5)
                .boxed()
                .flatMap(seed -> Schedule.of(seed, LENGTH).stream())
                .toList();
        assertThat(strikes).extracting(Strike::kind).contains(Strike.Kind.values());
        assertThat(strikes).allSatisfy(strike -> assertThat(strike.at()).isLessThan(LENGTH.minusSeconds(5)));
    }

    @Test
    void oneTaskOfAServiceIsHurtAtATime() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        Striker striker = new Striker(this::tell, thread, line -> {});
        striker.begin(List.of(
                new Strike(Duration.ZERO, Strike.Kind.FREEZE, "humidity-provider", 1, "", Duration.ofHours(1)),
                new Strike(Duration.ofMillis(1), Strike.Kind.KILL, "humidity-provider", 0, "", Duration.ZERO)));
        afterAllStrikes();
        assertThat(told).containsExactly("freeze humidity-provider-2");
        striker.calm();
        assertThat(told).containsSubsequence("dns ok", "thaw humidity-provider-2", "scale humidity-provider 2");
    }

    @Test
    void whatIsNotAsItWasIsMissing() throws IOException {
        humidityTasks.put("humidity-provider-1", "HEALTHY");
        humidityTasks.put("humidity-provider-2", "HEALTHY");
        Striker striker = new Striker(this::tell, thread, line -> {});
        striker.begin(List.of());
        assertThat(striker.missing()).isEmpty();
        humidityTasks.put("humidity-provider-2", "UNHEALTHY");
        assertThat(striker.missing()).singleElement().asString().contains("humidity-provider has 1 healthy");
    }

    @Test
    void theOracleKnowsRightFromWrong() {
        JsonObject right = answer(48.21, 16.37, 22.1);
        double usual = trueTemperature(right);
        JsonObject answer = answer(48.21, 16.37, usual);
        assertThat(oracle.wrongIn(answer, 48.21, 16.37).filter(what -> what.contains("temperature")))
                .isEmpty();
        assertThat(oracle.wrongIn(answer(48.21, 16.37, usual + 0.2), 48.21, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("temperature"));
        assertThat(oracle.wrongIn(answer, 48.22, 16.37))
                .hasValueSatisfying(what -> assertThat(what).contains("place"));
        assertThat(oracle.wrongIn(new JsonObject(), 48.21, 16.37)).isPresent();
    }

    @Test
    void theVerdictNamesEveryBrokenPromise() {
        Tally tally = new Tally();
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
        Verdict verdict = new Verdict(tally.result(0, 3_600_000_000L), List.of("humidity-provider has 1"));
        assertThat(verdict.broken()).hasSize(4);
        assertThat(verdict.text()).contains("asked 1001, failed 2", "wrong 1", "1.50 s", "503=2");
    }

    @Test
    void aVerdictWithoutBrokenPromisesSaysSo() {
        Tally tally = new Tally();
        tally.asked();
        tally.good(500_000_000, 2_000_000);
        assertThat(new Verdict(tally.result(0, 1_000_000_000), List.of()).text())
                .contains("All promises were kept");
    }

    private double trueTemperature(JsonObject answer) {
        String said = oracle.wrongIn(answer, 48.21, 16.37).orElse("");
        assertThat(said).contains("temperature");
        double low = -60;
        double high = 60;
        // The right value is the one that is not called wrong.
        for (double value = low; value < high; value += 0.1) {
            double tenth = Math.rint(value * 10) / 10;
            if (oracle.wrongIn(answer(48.21, 16.37, tenth), 48.21, 16.37)
                    .filter(what -> what.contains("the temperature"))
                    .isEmpty()) {
                return tenth;
            }
        }
        throw new AssertionError("no temperature is right");
    }

    private static JsonObject answer(double latitude, double longitude, double celsius) {
        return Oracle.parse(String.format(Locale.ROOT, """
                        {"location": {"coordinates": {"latitude": %s, "longitude": %s}},
                         "temperature": {"temperatureCelsius": %s, "provenance": {"observeTime": "%s"}},
                         "relativeHumidity": {"relativeHumidityPercent": 200, "provenance": {"observeTime": "%s"}}}
                        """, latitude, longitude, celsius, NOON, NOON))
                .orElseThrow();
    }

    private synchronized String tell(String command, String... arguments) {
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

    /** The thread takes them in the order of their times. */
    private void afterAllStrikes() {
        try {
            thread.schedule(() -> {}, 200, TimeUnit.MILLISECONDS).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
