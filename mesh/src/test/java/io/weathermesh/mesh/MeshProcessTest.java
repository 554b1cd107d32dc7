package io.weathermesh.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("jdk")
final class MeshProcessTest {
    private static final String LAME_DUCK = "95s";

    /** Far above what a slow machine takes. */
    private static final long BEFORE_THE_LAME_DUCK_ENDS_SECONDS = 90;

    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void aMainThatReturnsIsASuccess() {
        assertThat(exitCodeOf(environment -> {})).isZero();
        assertThat(errors.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void anInvalidSettingIsOneLineAndExitCodeTwo() {
        assertThat(exitCodeOf(environment -> environment.port("MESH_GRPC_PORT", 1)))
                .isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("echo: MESH_GRPC_PORT is 'x', but must be a whole number between 1 and 65535"
                        + System.lineSeparator());
    }

    @Test
    void aPortThatIsTakenIsOneLineAndExitCodeOne() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50051);
        assertThat(exitCodeOf(environment -> {
                    throw new PortTakenException(address, "MESH_GRPC_PORT", new IOException("Address already in use"));
                }))
                .isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .isEqualTo("echo: cannot listen on 127.0.0.1 port 50051 (Address already in use): "
                        + "free the port, or change MESH_GRPC_PORT or MESH_BIND_ADDRESS" + System.lineSeparator());
    }

    @Test
    void timingsThatContradictEachOtherAreInvalidSettings() {
        assertThat(exitCodeOf(environment -> MeshTimings.from(new Environment(Map.of("MESH_LAME_DUCK", "1s")))))
                .isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .startsWith("echo: MESH_LAME_DUCK is 1s, but must be at least 18s");
    }

    @Test
    void aDefectOfTheProgramIsNotReportedAsAnInvalidSetting() {
        assertThat(exitCodeOf(environment -> Integer.parseInt("x"))).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("For input string: \"x\"")
                .contains("MeshProcessTest");
    }

    @Test
    void anErrorEndsTheProcessToo() {
        assertThat(exitCodeOf(environment -> {
                    throw new NoClassDefFoundError("software/amazon/awssdk/Missing");
                }))
                .isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("software/amazon/awssdk/Missing");
    }

    @Test
    void anyOtherFailureIsPrintedWithItsStackTrace() {
        assertThat(exitCodeOf(environment -> {
                    throw new IOException("disk full");
                }))
                .isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8))
                .contains("disk full")
                .contains("MeshProcessTest");
    }

    private int exitCodeOf(MeshProcess.Main main) {
        Environment environment = new Environment(Map.of("MESH_GRPC_PORT", "x"));
        PrintStream stream = new PrintStream(errors, true, StandardCharsets.UTF_8);
        return MeshProcess.exitCodeOf("echo", main, environment, stream, new StopSignal());
    }

    /** A process of its own, since signals are of a process. Its lame duck is longer than the test may take: it must hurry. */
    public static final class EchoTask {
        private EchoTask() {}

        /** Serves on free ports. */
        public static void main(String[] arguments) {
            MeshProcess.run("echo", environment -> {
                MeshServerConfig config = new MeshServerConfig(InetAddress.getLoopbackAddress(), 0, 0);
                try (MeshServer server = MeshServer.builder("echo", config, MeshTimings.from(environment))
                        .service(Echo.responding("here"))
                        .build()) {
                    server.start();
                    System.out.println("started");
                    server.awaitStopped();
                }
                System.out.println("ended in order");
            });
        }
    }

    @Test
    @Timeout(BEFORE_THE_LAME_DUCK_ENDS_SECONDS)
    void aTaskShutsDownAtSigtermAndAtOnceAtASecondOne() throws Exception {
        Process task = startTask();
        try (BufferedReader output = reader(task)) {
            readUntil(output, "started");
            task.toHandle().destroy(); // SIGTERM; Process.destroy() would close the output as well.
            readUntil(output, "lame duck for " + LAME_DUCK);
            task.toHandle().destroy();

            assertThat(readUntil(output, "ended in order")).anyMatch(line -> line.contains("shutdown complete"));
            assertThat(task.waitFor()).isEqualTo(143);
        } finally {
            task.destroyForcibly();
        }
    }

    private static Process startTask() throws IOException {
        ProcessBuilder task = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        EchoTask.class.getName())
                .redirectErrorStream(true);
        task.environment().putAll(Map.of("MESH_LAME_DUCK", LAME_DUCK, "MESH_STOP_TIMEOUT", "120s"));
        return task.start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static List<String> readUntil(BufferedReader output, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = "";
        while (!line.contains(text)) {
            line = output.readLine();
            assertThat(line).as("output before '%s': %s", text, lines).isNotNull();
            lines.add(line);
        }
        return lines;
    }
}
