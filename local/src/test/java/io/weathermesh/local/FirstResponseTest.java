package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.Server;
import io.weathermesh.local.fleet.HandMovedTime;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskStatus;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.local.twin.StartingTwin;
import io.weathermesh.local.twin.TwinSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A twin that takes as long as its test wants, by a clock that it moves itself, and a gateway that is there or not. */
final class FirstResponseTest {
    private static final Duration NEVER = Duration.ofDays(1);

    private final HandMovedTime time = new HandMovedTime();
    private final List<String> lines = new ArrayList<>();
    private Duration healthyAfter = NEVER;
    private Duration unwantedAfter = NEVER;

    @Test
    void aSlowStartSaysWhatItWaitsForAndThenThatItResponds() throws InterruptedException {
        healthyAfter = Duration.ofSeconds(70);
        try (Server gateway = Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .service("/v1/weather/vienna", (ctx, request) -> HttpResponse.of(HttpStatus.OK))
                .build()) {
            gateway.start().join();
            assertThat(await(gateway.activeLocalPort(), 1)).isTrue();
        }
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).startsWith("still starting after 15 s: 0 of 1 processes are healthy; load average");
        assertThat(lines.get(1)).startsWith("still starting after 30 s");
        assertThat(lines.get(2)).startsWith("still starting after 60 s");
        assertThat(lines.get(3)).isEqualTo("responds after 70.0 s");
    }

    @Test
    void aPartialResponseDoesNotCountWhileEveryProviderHasTasks() throws InterruptedException {
        healthyAfter = Duration.ZERO;
        AtomicInteger requests = new AtomicInteger();
        try (Server gateway = Server.builder()
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .service(
                        "/v1/weather/vienna",
                        (ctx, request) -> HttpResponse.ofJson(Map.of(
                                "status", requests.incrementAndGet() < 4 ? "STATUS_PARTIAL" : "STATUS_COMPLETE")))
                .build()) {
            gateway.start().join();
            assertThat(await(
                            gateway.activeLocalPort(),
                            1,
                            Map.of("weather-aggregator", 1, "temperature-provider", 1, "humidity-provider", 1)))
                    .isTrue();
        }
        assertThat(requests).hasValue(4);
        assertThat(lines).singleElement().asString().startsWith("responds after");
    }

    @Test
    void theTwinStaysWithoutAResponseAndTheLogSaysWhereToLook() throws InterruptedException {
        assertThat(await(1, 1)).isTrue();
        assertThat(lines.get(lines.size() - 1))
                .isEqualTo("has not responded within 3 min: see './weather ps' and './weather logs TASK'");
    }

    @Test
    void onASlowMachineItWaitsLonger() throws InterruptedException {
        assertThat(await(1, 4)).isTrue();
        assertThat(lines.get(lines.size() - 1)).startsWith("has not responded within 12 min");
    }

    @Test
    void aRequestToStopEndsTheWait() throws InterruptedException {
        unwantedAfter = Duration.ofSeconds(1);
        assertThat(await(1, 1)).isFalse();
        assertThat(lines).isEmpty();
    }

    private boolean await(int port, double slowness) throws InterruptedException {
        return await(port, slowness, Map.of(ServiceDefinition.AGGREGATOR.name(), 1));
    }

    private boolean await(int port, double slowness, Map<String, Integer> tasks) throws InterruptedException {
        TwinSettings settings = new TwinSettings(
                Path.of("."), tasks, Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO, 1, port, 65_534, 65_535);
        return new FirstResponse(settings, new Slowness(slowness), (who, what) -> lines.add(what), time.clock())
                .await(new Twin(), () -> {});
    }

    private final class Twin implements StartingTwin {
        private final Instant start = time.clock().instant();

        private boolean isPast(Duration age) {
            return !time.clock().instant().isBefore(start.plus(age));
        }

        @Override
        public boolean listens() {
            return true;
        }

        @Override
        public boolean isSteady() {
            return isPast(healthyAfter);
        }

        @Override
        public List<TaskView> tasks() {
            return List.of(new TaskView(
                    ServiceDefinition.AGGREGATOR.name(),
                    "weather-aggregator-1",
                    "127.0.3.1",
                    50051,
                    9090,
                    1,
                    isSteady() ? TaskStatus.RUNNING : TaskStatus.PENDING,
                    isSteady() ? TaskHealth.HEALTHY : TaskHealth.UNKNOWN,
                    start,
                    1,
                    null,
                    null));
        }

        @Override
        public boolean awaitStopRequest(Duration patience) {
            time.advance(patience);
            return isPast(unwantedAfter);
        }
    }
}
