package io.weathermesh.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs the command line as the weather script does: as a process, from the jars that the build left. */
record CommandLineRun(int exitCode, String output, String errors) {
    /** A guard: a command takes a second. */
    private static final long LIMIT_SECONDS = 180;

    /** Where the jars are. */
    static Path checkout() {
        return Path.of(System.getProperty("weather.home", ".."))
                .toAbsolutePath()
                .normalize();
    }

    /** Runs a command to its end, of the twin that runs in this folder. */
    static CommandLineRun of(Path home, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("weather", ".out");
        Path errors = Files.createTempFile("weather", ".err");
        try {
            Process process = process(home, arguments)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", arguments) + " has not ended");
            }
            return new CommandLineRun(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    static ProcessBuilder process(Path home, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dweather.home=" + home,
                "-Dfile.encoding=" + StandardCharsets.UTF_8,
                "-cp",
                classPath(),
                Weather.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    private static String classPath() throws IOException {
        Path target = checkout().resolve("local/target");
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(
                            file -> file.getFileName().toString().matches("weather-local-[^-]+(-SNAPSHOT)?\\.jar"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no weather-local jar in " + target));
            return jar + ":" + target.resolve("lib") + "/*";
        }
    }
}
