package io.weathermesh.local;

import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.fleet.TaskView;
import io.weathermesh.local.twin.Twin;
import io.weathermesh.local.twin.TwinSettings;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts the twin, one gateway and one provider once after a build, on ports of their own, and ends them as JVMs end that write down
 * which classes they had: see {@code ClassArchive}. Called by the {@code weather} script, which goes on without the
 * archives if this fails.
 */
public final class Rehearsal {
    /** Far from the subnets that people use. */
    private static final int SUBNET = 240;

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int ANSWER_MILLIS = 2_000;

    private Rehearsal() {}

    public static void main(String[] args) throws Exception {
        Weather.quieten();
        Path home = Path.of(System.getProperty("weather.home", "."))
                .toAbsolutePath()
                .normalize();
        Clock clock = Clock.systemUTC();
        Weather.commandLine(home, clock).parseArgs("up");
        int port = freePort();
        // With a provider, since without one it is not ready, and loads less.
        Map<String, Integer> tasks =
                Map.of(ServiceDefinition.AGGREGATOR.name(), 1, ServiceDefinition.TEMPERATURE.name(), 1);
        TwinSettings settings =
                new TwinSettings(home, tasks, SHORT, Duration.ZERO, LONG, SUBNET, port, freePort(), freePort());
        try (Twin twin = Twin.start(settings, (who, what) -> {}, clock)) {
            Instant end = clock.instant().plus(LONGEST);
            while (!answers(port) && clock.instant().isBefore(end)) {
                twin.awaitWantedDown(POLL);
            }
            for (TaskView task : twin.tasks()) {
                if (task.admin() != 0) {
                    leave(ProcessHandle.of(task.pid()).orElseThrow());
                }
            }
        }
        // Some libraries' threads would go on.
        System.exit(0);
    }

    /** Whether there is an answer from behind the load balancer, whatever it says. */
    private static boolean answers(int port) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/v1/weather/vienna")
                            .toURL()
                            .openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            connection.getResponseCode();
            return connection.getHeaderField("X-Request-Id") != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** The second signal says not to wait for anybody. */
    private static void leave(ProcessHandle process) throws Exception {
        process.destroy();
        process.destroy();
        process.onExit().get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
