package io.weathermesh.local.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weathermesh.local.aws.FakeTasks;
import io.weathermesh.local.fleet.Fleet;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.Registrar;
import io.weathermesh.local.fleet.ServiceDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other terminals can have done to a fleet without processes. */
final class CommandHandlerTest {
    private final AtomicBoolean down = new AtomicBoolean();
    private final Fleet fleet = FakeTasks.fleet(new Nowhere());
    private OrphanReaper reaper;
    private CommandHandler commands;

    @BeforeEach
    void start(@TempDir Path home) throws IOException {
        reaper = OrphanReaper.start();
        NameServer nameServer = new NameServer(
                new JvmLauncher(home, home, Map.of(), reaper),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 5300),
                Duration.ZERO,
                (subject, event) -> {},
                Clock.systemUTC());
        commands = new CommandHandler(fleet, nameServer, () -> down.set(true));
        fleet.run(ServiceDefinition.HUMIDITY, 2);
        await().until(fleet::isSteady);
    }

    @AfterEach
    void stop() throws IOException {
        fleet.close();
        reaper.close();
    }

    @Test
    void everyCommandIsExecutedAndReported() {
        assertThat(run("scale", "humidity", "3"))
                .isEqualTo(new CommandResult(CommandResult.DONE, "humidity: desired count 2 -> 3"));
        assertThat(run("deploy", "humidity-provider").exitCode()).isEqualTo(CommandResult.DONE);
        await().until(fleet::isSteady);
        String task = fleet.tasks().get(0).task();
        for (String command : List.of("freeze", "thaw", "stop")) {
            assertThat(run(command, task).output()).contains(task, "127.0.2.");
        }
        await().until(fleet::isSteady);
        String next = fleet.tasks().get(0).address();
        assertThat(run("slow", next, "50").output()).contains("is slow by up to 50 ms");
        assertThat(run("kill", next).output()).contains("is killed");
        assertThat(run("ps").output()).contains("humidity-provider");
        run("down");
        assertThat(down).isTrue();
    }

    @Test
    void unknownNamesHaveAnExitCodeOfTheirOwn() {
        assertThat(run("scale", "pressure", "3").exitCode()).isEqualTo(CommandResult.UNKNOWN_NAME);
        assertThat(run("stop", "humidity-9").exitCode()).isEqualTo(CommandResult.UNKNOWN_NAME);
    }

    @Test
    void invalidArgumentsAreNamedWithTheirRange() {
        assertThat(run("scale", "humidity", "x"))
                .isEqualTo(usage("N is 'x', but must be a whole number between 0 and 120"));
        assertThat(run("scale", "humidity", "121")).isEqualTo(usage("N is 121, but must be between 0 and 120"));
        assertThat(run("scale", "humidity")).isEqualTo(usage("scale: N is missing"));
        assertThat(run("slow", "humidity-1", "0")).isEqualTo(usage("MS is 0, but must be between 1 and 10000"));
        assertThat(run("dns", "late")).isEqualTo(usage("dns: SECONDS is missing"));
        assertThat(run("dns", "late", "soon"))
                .isEqualTo(usage("SECONDS is 'soon', but must be a whole number between 0 and 600"));
        assertThat(run("dns", "broken"))
                .isEqualTo(usage("MODE is 'broken', but must be one of ok, slow, servfail, nxdomain, empty, silent,"
                        + " garbage, late SECONDS"));
        assertThat(run("dns", "slow", "3")).isEqualTo(usage("SECONDS is '3', but must be given with dns late only"));
        assertThat(run("dance")).isEqualTo(usage("unknown command: dance"));
    }

    @Test
    void dnsWithoutAModePrintsTheMode() {
        assertThat(run("dns")).isEqualTo(new CommandResult(CommandResult.DONE, "dns: killed"));
    }

    private static CommandResult usage(String message) {
        return new CommandResult(CommandResult.USAGE, message);
    }

    private CommandResult run(String name, String... arguments) {
        return commands.run(new CommandRequest(name, List.of(arguments)));
    }

    private record Nowhere() implements Registrar {
        @Override
        public void register(String service, String task, InetSocketAddress address) {}

        @Override
        public void deregister(String service, String task) {}

        @Override
        public void health(String service, String task, boolean healthy) {}
    }
}
