package io.weathermesh.local;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.weathermesh.local.twin.CommandResult;
import io.weathermesh.local.twin.TwinFile;
import java.io.IOException;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Requests the weather from the gateway through the load balancer, and prints it. */
@Command(name = "get", mixinStandardHelpOptions = true, description = "Prints the weather at a place.")
final class Get implements Callable<Integer> {
    /** Longer than the timeout of the load balancer. */
    private static final Duration TIMEOUT = Duration.ofSeconds(75);

    private final Path home;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "PLACE",
            arity = "1..*",
            description = "A city (Vienna, \"Paris, TX, US\"), an airport (LOWW), or coordinates (48.21,16.37).")
    private String[] words = {};

    @Option(names = "--json", description = "Prints the gateway's JSON.")
    private boolean json;

    Get(Path home) {
        this.home = home;
    }

    /** The command; {@code -33.9,18.4} is a place and no option. */
    static CommandLine commandLine(Path home) {
        return new CommandLine(new Get(home)).setUnmatchedOptionsArePositionalParams(true);
    }

    @Override
    public Integer call() throws IOException {
        Optional<TwinFile> running = TwinFile.ofRunning(home);
        if (running.isEmpty()) {
            CommandLine line = Objects.requireNonNull(spec).commandLine();
            return CommandResult.notRunning().print(line.getOut(), line.getErr());
        }
        String place = URLEncoder.encode(String.join(" ", words), StandardCharsets.UTF_8)
                .replace("+", "%20");
        GatewayResponse response = GatewayResponse.get(running.get().port(), "/v1/weather/" + place, TIMEOUT);
        boolean found = response.status() == HttpURLConnection.HTTP_OK;
        PrintStream out = found ? System.out : System.err;
        if (json) {
            out.println(response.body().stripTrailing());
        } else {
            out.print(found ? WeatherText.of(parse(response.body())) : WeatherText.ofProblem(parse(response.body())));
        }
        return switch (response.status()) {
            case HttpURLConnection.HTTP_OK -> CommandResult.DONE;
            case HttpURLConnection.HTTP_NOT_FOUND -> CommandResult.UNKNOWN_NAME;
            case HttpURLConnection.HTTP_BAD_REQUEST -> CommandResult.USAGE;
            default -> CommandResult.FAILED;
        };
    }

    /** The JSON object of a body; empty for what is none. */
    private static JsonObject parse(String body) {
        try {
            return JsonParser.parseString(body).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            return new JsonObject();
        }
    }
}
