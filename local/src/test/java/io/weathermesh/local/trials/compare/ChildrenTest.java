package io.weathermesh.local.trials.compare;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a JVM that has a child, and which can be killed. */
class ChildrenTest {
    @TempDir
    private Path logs;

    /** Starts a child that does nothing, tells its pid, and waits. */
    static final class Parent {
        public static void main(String[] args) throws IOException {
            Children children = new Children(Path.of("."), Path.of(args[0]));
            System.out.println(children.start("child", List.of("sleep", "60"), Map.of(), Children.Output.TO_LOG)
                    .pid());
            while (System.in.read() >= 0) {
                // Whoever started this process ends it.
            }
        }
    }

    @Test
    void noChildOutlivesAParentThatIsKilled() throws IOException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        logs.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(said.readLine())).orElseThrow();
            parent.destroyForcibly();
            await().until(() -> !child.isAlive() || child.info().command().isEmpty());
        } finally {
            parent.destroyForcibly();
        }
    }
}
