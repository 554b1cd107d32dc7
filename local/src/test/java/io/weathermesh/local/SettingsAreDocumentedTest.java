package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.mesh.MeshTimings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever runs a task finds each of its environment variables in the README of its module, or in that of the mesh. */
class SettingsAreDocumentedTest {
    private static final Path HOME = Path.of("..");
    private static final List<String> MODULES = List.of("mesh", "sources", "temperature", "humidity", "aggregator");
    private static final Pattern SETTING = Pattern.compile("\"((?:MESH|WEATHER)_[A-Z_]+|[A-Z]+_TARGET)\"");

    @Test
    void everySettingIsInAReadme() throws IOException {
        StringBuilder readmes = new StringBuilder();
        TreeSet<String> settings = new TreeSet<>();
        for (String module : MODULES) {
            Path readme = HOME.resolve(module).resolve("README.md");
            if (Files.exists(readme)) {
                readmes.append(Files.readString(readme));
            }
            settings.addAll(settingsOf(HOME.resolve(module).resolve("src/main/java")));
        }
        // Their names are composed of the names of the enum.
        settings.addAll(MeshTimings.forDnsTtl(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .toEnvironment()
                .keySet());
        assertThat(settings).hasSizeGreaterThan(30);
        assertThat(settings).allSatisfy(setting -> assertThat(readmes).contains("`" + setting + "`"));
    }

    private static List<String> settingsOf(Path sources) throws IOException {
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(Files::isRegularFile)
                    .flatMap(file -> SETTING.matcher(read(file)).results())
                    .map(found -> found.group(1))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
