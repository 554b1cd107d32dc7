package io.weathermesh.local.trials.compare;

import io.weathermesh.local.dns.CloudMapDns;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.mesh.MeshNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * What DNS says, to both kinds of clients: the twin of Cloud Map for those with a DNS client of their own, and for the
 * JDK, whose name servers are those of the machine, a hosts file that always holds the same answer. The JDK reads it at
 * each look-up, so its caches count as they would with DNS. A fault is a file without the name: what the JDK makes of
 * each is the same, an unknown host.
 */
final class NameServers {
    private static final int MAX_RECORDS = 8;

    private final ChildProcess twin;
    private final Path hosts;
    private final Random random = new Random();
    private final Set<String> registered = new LinkedHashSet<>();
    private boolean well = true;

    private NameServers(ChildProcess twin, Path hosts) {
        this.twin = twin;
        this.hosts = hosts;
    }

    static NameServers start(Children children, String address, Map<String, String> timings, Path hosts)
            throws IOException {
        Map<String, String> settings = new java.util.HashMap<>(timings);
        settings.put(CloudMapDns.ADDRESS, address);
        ChildProcess twin = new ChildProcess(children.startOwn("dns", CloudMapDns.class, List.of(), settings));
        twin.await("ready");
        NameServers servers = new NameServers(twin, hosts);
        servers.draw();
        return servers;
    }

    synchronized void add(String task) {
        twin.say("register " + ServiceDefinition.TEMPERATURE.name() + " " + id(task) + " " + task + " "
                + MeshNames.GRPC_PORT);
        registered.add(task);
        draw();
    }

    synchronized void remove(String task) {
        twin.say("deregister " + ServiceDefinition.TEMPERATURE.name() + " " + id(task));
        registered.remove(task);
        draw();
    }

    private static String id(String task) {
        return "task-" + task.replace('.', '-');
    }

    /** Misbehaves as the twin's fault of that name; {@code ok} ends it. */
    synchronized void fault(String name) {
        twin.say("fault " + name);
        well = name.equals("ok");
        draw();
    }

    /** Chooses anew which eight of many the hosts file holds. */
    synchronized void draw() {
        List<String> answer = new ArrayList<>(well ? registered : List.of());
        Collections.shuffle(answer, random);
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        String name = MeshNames.hostOf(ServiceDefinition.TEMPERATURE.name());
        answer.stream().limit(MAX_RECORDS).forEach(task -> lines.add(task + " " + name));
        try {
            // Whole at any time: a client may read it now.
            Path written = Files.write(hosts.resolveSibling("hosts.new"), lines);
            Files.move(written, hosts, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
