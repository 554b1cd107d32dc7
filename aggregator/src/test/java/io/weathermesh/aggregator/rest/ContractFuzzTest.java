package io.weathermesh.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sends random requests, valid and invalid by {@code /openapi.json}, and compares every response with it. A failure names
 * the seed and the case; {@code -Dweather.fuzz.seed=} repeats it, and another seed sends other requests.
 */
final class ContractFuzzTest {
    /** As many as a build can wait for; {@code -Dthorough} waits longer. */
    private static final int CASES = Boolean.getBoolean("thorough") ? 20_000 : 1_200;

    private static final long SEED = Long.getLong("weather.fuzz.seed", 20261123);

    /** One client may not send all cases in a minute. */
    private static final RestSettings WITHOUT_QUOTA =
            new RestSettings(OptionalInt.empty(), 1, 100, AccessLogFormat.OFF);

    private static TestGateway whole;
    private static TestGateway partial;

    @BeforeAll
    static void start() throws Exception {
        whole = TestGateway.start(RequestLayers.create(WITHOUT_QUOTA, new SimpleMeterRegistry(), System.out));
        partial = TestGateway.start(RequestLayers.create(WITHOUT_QUOTA, new SimpleMeterRegistry(), System.out));
        partial.humidity().behave(FakeProvider.Behavior.FAILS);
    }

    @AfterAll
    static void stop() {
        whole.close();
        partial.close();
    }

    @Test
    void everyResponseIsDocumentedAndValid() throws Exception {
        ContractCheck check = new ContractCheck();
        RandomRequests requests = new RandomRequests(check, SEED);
        Map<String, Set<Integer>> statuses = new TreeMap<>();
        for (int number = 1; number <= CASES; number++) {
            RandomRequests.Case asked = requests.next();
            HttpResponse<String> response = asked.send(number % 3 == 0 ? partial : whole);
            List<String> faults = check.faults(asked.path(), asked.documentedAs(), response);
            if (!faults.isEmpty()) {
                fail(
                        "case %d of seed %d: %s was answered with %d %s%n%s",
                        number, SEED, asked, response.statusCode(), faults, response.body());
            }
            statuses.computeIfAbsent(asked.path(), path -> new TreeSet<>()).add(response.statusCode());
        }
        hasMetEnough(statuses);
    }

    /** Cases that are all refused, or never, would show nothing. */
    private static void hasMetEnough(Map<String, Set<Integer>> statuses) {
        assertThat(statuses)
                .allSatisfy((path, met) -> assertThat(met).as(path).contains(200, 405))
                .hasSizeGreaterThan(8);
        for (String path : List.of("/v1/weather/{location}", "/v1/weather", "/v1/climate/{location}", "/v1/climate")) {
            assertThat(statuses.get(path)).as(path).contains(304, 400, 404, 414);
        }
        assertThat(statuses.get("/v1/weather:batch")).contains(400, 413, 415);
    }
}
