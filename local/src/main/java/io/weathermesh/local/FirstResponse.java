package io.weathermesh.local;

import io.weathermesh.local.fleet.EventLog;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.fleet.TaskHealth;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.local.twin.StartingTwin;
import io.weathermesh.local.twin.TwinSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Waits for the first response of a twin, and logs what it waits for if that takes long. The time starts with the
 * construction.
 */
final class FirstResponse {
    private static final Duration POLL = Duration.ofMillis(100);

    /** The first response of an idle machine takes less; each later message comes after twice the time. */
    private static final Duration FIRST_MESSAGE = Duration.ofSeconds(15);

    /** Many tasks on a machine with nothing else to do need less than a minute. */
    private static final Duration USUAL_LIMIT = Duration.ofMinutes(3);

    /** A guard: the gateway has a deadline of its own. A short one would start the first request again and again. */
    private static final Duration RESPONSE_LIMIT = Duration.ofSeconds(30);

    private final TwinSettings settings;
    private final EventLog events;
    private final Clock clock;
    private final Instant start;
    private final Duration limit;
    private Duration nextMessage = FIRST_MESSAGE;

    FirstResponse(TwinSettings settings, Slowness slowness, EventLog events, Clock clock) {
        this.settings = settings;
        this.events = events;
        this.clock = clock;
        start = clock.instant();
        limit = slowness.stretch(USUAL_LIMIT);
    }

    /**
     * Returns after the first response, or after the limit; logs either.
     *
     * @param draw runs at every poll
     * @return false if the twin was asked to stop
     */
    boolean await(StartingTwin twin, Runnable draw) throws InterruptedException {
        while (waited().compareTo(limit) < 0) {
            if (twin.awaitStopRequest(POLL)) {
                return false;
            }
            draw.run();
            if (twin.listens() && responds(twin)) {
                events.log(
                        "weather", String.format(Locale.ROOT, "responds after %.1f s", waited().toMillis() / 1000.0));
                return true;
            }
            logProgress(twin.tasks());
        }
        events.log(
                "weather",
                "has not responded within " + limit.toMinutes() + " min: see './weather ps' and './weather logs TASK'");
        return true;
    }

    private Duration waited() {
        return Duration.between(start, clock.instant());
    }

    /** Without a gateway, healthy tasks count as the response. */
    private boolean responds(StartingTwin twin) {
        if (settings.tasks().getOrDefault(ServiceDefinition.AGGREGATOR.name(), 0) == 0) {
            return twin.isSteady();
        }
        return twin.tasks().stream()
                        .anyMatch(task -> task.service().equals(ServiceDefinition.AGGREGATOR.name()) && isHealthy(task))
                && gatewayResponds();
    }

    /** A response of which nothing is missing, unless the twin has been started without a provider. */
    private boolean gatewayResponds() {
        boolean completeIsPossible = ServiceDefinition.PROVIDERS.stream()
                .allMatch(provider -> settings.tasks().getOrDefault(provider.name(), 0) > 0);
        try {
            GatewayResponse response = GatewayResponse.get(settings.port(), "/v1/weather/vienna", RESPONSE_LIMIT);
            return response.status() == HttpURLConnection.HTTP_OK
                    && (!completeIsPossible || response.body().contains("\"STATUS_COMPLETE\""));
        } catch (IOException e) {
            return false;
        }
    }

    private void logProgress(List<TaskView> tasks) {
        Duration waited = waited();
        if (waited.compareTo(nextMessage) >= 0) {
            nextMessage = nextMessage.multipliedBy(2);
            OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
            events.log(
                    "weather",
                    String.format(
                            Locale.ROOT,
                            "still starting after %d s: %d of %d processes are healthy; load average %.1f on %d processors",
                            waited.toSeconds(),
                            tasks.stream().filter(FirstResponse::isHealthy).count(),
                            tasks.size(),
                            machine.getSystemLoadAverage(),
                            machine.getAvailableProcessors()));
        }
    }

    private static boolean isHealthy(TaskView task) {
        return task.health() == TaskHealth.HEALTHY;
    }
}
