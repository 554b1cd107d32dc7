package io.weathermesh.local.dns;

import io.weathermesh.mesh.Environment;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.Map;

/**
 * Reads changes of the registry and faults, one a line:
 *
 * <pre>
 * register SERVICE ID ADDRESS PORT
 * deregister SERVICE ID
 * healthy SERVICE ID
 * unhealthy SERVICE ID
 * lag MILLISECONDS
 * fault NAME
 * </pre>
 */
final class RegistryFeed {
    private static final Duration MAX_LAG = Duration.ofMinutes(10);

    private final Registry registry;
    private final Responder responder;

    RegistryFeed(Registry registry, Responder responder) {
        this.registry = registry;
        this.responder = responder;
    }

    /** Applies every line until the input ends. */
    void run(BufferedReader lines) throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            apply(line);
        }
    }

    void apply(String line) {
        String[] words = line.strip().split(" ", -1);
        switch (words[0]) {
            case "register" ->
                registry.register(
                        new Instance(words[1], words[2], address(words[3]), Integer.parseInt(words[4]), true));
            case "deregister" -> registry.deregister(words[1], words[2]);
            case "healthy" -> registry.health(words[1], words[2], true);
            case "unhealthy" -> registry.health(words[1], words[2], false);
            case "lag" -> registry.lag(lag(words[1]));
            case "fault" -> responder.fault(DnsFault.of(words[1]));
            default -> throw new IllegalArgumentException("unknown line: " + line);
        }
    }

    private static Inet4Address address(String text) {
        return (Inet4Address) new Environment(Map.of("address", text)).address("address", "");
    }

    private static Duration lag(String millis) {
        return new Environment(Map.of("lag", millis + "ms")).duration("lag", Duration.ZERO, Duration.ZERO, MAX_LAG);
    }
}
