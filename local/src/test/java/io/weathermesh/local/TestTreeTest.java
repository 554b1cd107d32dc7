package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds what CONTRIBUTING says of tests, as far as sources show it: classes that run side by side share no port and declare
 * what else they share, and no limit of time depends on how fast the machine is. The one guard against hanging is JUnit's:
 * {@code longest-test} in the parent POM. The tests of this module run one after the other, by rules of their own.
 */
final class TestTreeTest {
    private static final Pattern DECLARED = Pattern.compile("@(Isolated|ResourceLock)\\b");

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            a sleep                    ; \\.sleep\\(
            a fixed port               ; (ServerSocket|DatagramSocket|ForPort)\\([1-9]
            a wait of so many seconds  ; \\.(get|await|poll|tryAcquire|waitFor)\\(\\d+, (TimeUnit\\.)?SECONDS\\)
            a guard of so many seconds ; @Timeout\\((value = )?\\d|assertTimeout
            """)
    void noTestHas(String what, Pattern pattern) {
        assertThat(testSources().flatMap(source -> linesWith(pattern, source)))
                .as(what)
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = ';', textBlock = """
            system properties  ; System\\.setProperty
            streams            ; System\\.set(Out|Err)
            the default locale ; (Locale|TimeZone)\\.setDefault
            the log            ; \\.(addHandler|setLevel)\\(
            allocations        ; getThreadAllocatedBytes
            """)
    void aClassThatReachesForWhatAllShareDeclaresIt(String what, Pattern pattern) {
        assertThat(testSources()
                        .filter(source -> source.getFileName().toString().endsWith("Test.java"))
                        .filter(source -> !DECLARED.matcher(text(source)).find())
                        .flatMap(source -> linesWith(pattern, source)))
                .as(what)
                .isEmpty();
    }

    /** Of every module that runs its classes side by side. */
    private static Stream<Path> testSources() {
        List<Path> sources = Stream.of("proto", "mesh", "sources", "temperature", "humidity", "aggregator", "cdk")
                .map(module -> Path.of("..", module, "src", "test", "java"))
                .filter(Files::isDirectory)
                .flatMap(TestTreeTest::walk)
                .filter(file -> file.getFileName().toString().endsWith(".java"))
                .toList();
        assertThat(sources).hasSizeGreaterThan(100);
        return sources.stream();
    }

    private static Stream<String> linesWith(Pattern pattern, Path source) {
        return text(source)
                .lines()
                .filter(line -> pattern.matcher(line).find())
                .map(line -> source.getFileName() + ": " + line.strip());
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
