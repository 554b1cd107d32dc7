package io.weathermesh.cdk;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.mesh.OneLineFormatter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Pages, scripts and image builds agree with each other and with the code. */
class DocumentsTest {
    @Test
    void theReadmeHasTheNumbersOfDecisionsAndMistakes() throws IOException {
        assertThat(text("README.md").replaceAll("\\s+", " "))
                .contains("each against " + WeatherStackTest.INVARIANTS.size() + " decisions")
                .contains("against " + SeededFault.all().size() + " seeded mistakes")
                .contains("and " + WeatherPropsTest.refusals().count() + " refused props and timings");
    }

    @Test
    void theReadmeListsAllSettings() throws IOException {
        Context context = new Context(Map.of("plainHttp", "true", "imageTag", "1", "protected", "false"));
        context.text("stack");
        WeatherApp.props(context, Optional.of("eu-central-1"));
        Set<String> listed = text("README.md")
                .lines()
                .dropWhile(line -> !line.startsWith("| setting "))
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> found("`([A-Za-z]+)`", line.split("\\|")[1]))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).isEqualTo(context.names());
    }

    @Test
    void theReadmeAndCiPinTheSameCommand() throws IOException {
        Set<String> pinned = Stream.concat(
                        found("aws-cdk@(\\d[\\d.]+\\d)", text("README.md")),
                        found("\"aws-cdk\": \"([\\d.]+)\"", text("../.ci/tools/package.json")))
                .collect(Collectors.toSet());
        assertThat(pinned).hasSize(1);
    }

    @Test
    void allImagesHaveTheSameBaseOfOneRelease() throws IOException {
        StringBuilder text = new StringBuilder(text("../compose.yaml"));
        for (String service : Set.of("temperature", "humidity", "aggregator")) {
            text.append(text("../" + service + "/Dockerfile"));
        }
        assertThat(found("(eclipse-temurin:[\\w.-]+)", text.toString()).collect(Collectors.toSet()))
                .hasSize(2)
                .allMatch(base -> base.matches("eclipse-temurin:25\\.\\d+\\.\\d+_\\d+-(jdk|jre)-noble"));
        assertThat(found("eclipse-temurin:([\\w.]+)", text.toString()).distinct())
                .hasSize(1);
    }

    @Test
    void imagesUseTheLogFormatterAndTheTimestampOfTheJars() throws IOException {
        String preparation = text("images/prepare.sh");
        assertThat(preparation).contains("formatter=" + OneLineFormatter.class.getName() + "\n");
        assertThat(found("timestamp=(\\S+)", preparation))
                .containsExactlyElementsOf(found("<project.build.outputTimestamp>(.*)</", text("../pom.xml"))
                        .toList());
    }

    private static String text(String file) throws IOException {
        return Files.readString(Path.of(file));
    }

    private static Stream<String> found(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).results().map(match -> match.group(1));
    }
}
