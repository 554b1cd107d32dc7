package io.weathermesh.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.local.fleet.Slowness;
import io.weathermesh.local.twin.CommandResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line without a running twin. */
final class CommandLineTest {
    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();

    @TempDir
    private Path home;

    @Test
    void wrongUsageHasExitCodeTwoAndNamesTheError() {
        assertThat(run("scale", "humidity")).isEqualTo(CommandResult.USAGE);
        assertThat(run("up", "--humidity", "many")).isEqualTo(CommandResult.USAGE);
        assertThat(run("up", "--ttl", "61")).isEqualTo(CommandResult.USAGE);
        assertThat(errors.toString()).contains("--ttl is 61, but must be between 1 and 60");
        assertThat(run("up", "--ttl", "60", "--lag", "60")).isEqualTo(CommandResult.USAGE);
        assertThat(errors.toString()).contains("a TTL of 60 s and a lag of 60 s");
        assertThat(run("up", "--port", "5300")).isEqualTo(CommandResult.USAGE);
        assertThat(errors.toString()).contains("5300, 5300 and 4570, but must differ");
        assertThat(run("chaos", "--minutes", "0")).isEqualTo(CommandResult.USAGE);
        assertThat(run("dance")).isEqualTo(CommandResult.USAGE);
    }

    @Test
    void commandsThatNeedARunningTwinSayThatNoneRuns() {
        for (String command : new String[] {"scale humidity 3", "stop humidity-1", "dns ok", "get vienna", "chaos"}) {
            assertThat(run(command.split(" "))).as(command).isEqualTo(CommandResult.NOT_RUNNING);
        }
        assertThat(errors.toString().lines())
                .hasSize(5)
                .containsOnly("weather: nothing is running: './weather up' starts the system");
    }

    @Test
    void negativeCoordinatesAreAPlaceAndNoOption() {
        assertThat(run("get", "-33.9,18.4")).isEqualTo(CommandResult.NOT_RUNNING);
        assertThat(run("get", "--help")).isEqualTo(CommandResult.DONE);
    }

    @Test
    void logsTakesEveryNameOfATask() throws IOException {
        Path logs = Files.createDirectories(home.resolve(".weather/logs"));
        Files.writeString(logs.resolve("humidity-provider-2.log"), "");
        Files.writeString(logs.resolve("weather-aggregator-1.log"), "");
        for (String name : new String[] {"humidity-provider-2", "humidity-2", "aggregator-1", "weather-1"}) {
            assertThat(run("logs", name)).as(name).isEqualTo(CommandResult.DONE);
        }
        assertThat(run("logs", "humidity-3")).isEqualTo(CommandResult.UNKNOWN_NAME);
        assertThat(run("logs", "../logs/humidity-provider-2")).isEqualTo(CommandResult.UNKNOWN_NAME);
    }

    @Test
    void compareRefusesMoreCallsThanAClientCanKeep() {
        assertThat(run("compare", "--rate", "3000")).isEqualTo(CommandResult.USAGE);
        assertThat(errors.toString())
                .contains("--rate is 3000, but must be between 1 and 2333 for scenarios of up to 150 s");
        assertThat(run("compare", "--seconds", "600", "--rate", "508")).isEqualTo(CommandResult.USAGE);
        assertThat(errors.toString()).contains("must be between 1 and 507");
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        Matcher version = Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();
        assertThat(run("--version")).isEqualTo(CommandResult.DONE);
        assertThat(output.toString()).startsWith("weather-mesh " + version.group(1) + System.lineSeparator());
    }

    @Test
    void commandsOfOtherToolsAreMappedByTheirMeaning() {
        for (String[] pair :
                new String[][] {{"status", "ps"}, {"start", "up"}, {"restart", "deploy"}, {"resume", "thaw"}}) {
            assertThat(run(pair[0])).isEqualTo(CommandResult.USAGE);
            assertThat(errors.toString())
                    .endsWith("weather: there is no command '" + pair[0] + "'. Did you mean './weather " + pair[1]
                            + "'?" + System.lineSeparator());
        }
    }

    @Test
    void theHelpOfEveryCommandHasASentenceAndNoDialect() {
        CommandLine line = Weather.commandLine(home, Clock.systemUTC(), Slowness.NONE);
        assertThat(line.getSubcommands()).hasSizeGreaterThan(12);
        line.getSubcommands().forEach((name, command) -> assertThat(command.getUsageMessage())
                .as(name)
                .contains(".")
                .doesNotContain("Lets ", "so many", "tells", "told", "nobody", "whoever"));
    }

    private int run(String... words) {
        CommandLine line = Weather.commandLine(home, Clock.systemUTC(), Slowness.NONE);
        line.setErr(new PrintWriter(errors, true));
        line.setOut(new PrintWriter(output, true));
        return line.execute(words);
    }
}
