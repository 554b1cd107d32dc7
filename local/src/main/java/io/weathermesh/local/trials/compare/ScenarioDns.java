package io.weathermesh.local.trials.compare;

import io.weathermesh.local.dns.DnsFault;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.twin.NameServer;
import io.weathermesh.mesh.MeshNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * DNS as both kinds of client see it: the twin's name server for clients that have a DNS client of their own, and a hosts
 * file for the JDK, which otherwise uses the machine's name servers. The JDK reads the file at each lookup, so its caches
 * work as they do with DNS. During any fault the file has no task, since the JDK reports each of them as an unknown host.
 */
final class ScenarioDns implements AutoCloseable {
    /** As many as a multivalue answer of Route 53 has. */
    private static final int MAX_RECORDS = 8;

    private static final String SERVICE = ServiceDefinition.TEMPERATURE.name();

    private final NameServer nameServer;
    private final Path hosts;
    private final Random random = new Random();
    private final Set<String> registered = new LinkedHashSet<>();
    private boolean faulty;

    private ScenarioDns(NameServer nameServer, Path hosts) {
        this.nameServer = nameServer;
        this.hosts = hosts;
    }

    /** Returns when the name server answers and the hosts file exists. */
    static ScenarioDns start(JvmLauncher launcher, InetSocketAddress address, Path hosts, Clock clock)
            throws IOException {
        NameServer server = new NameServer(launcher, address, Duration.ZERO, (subject, event) -> {}, clock);
        server.start();
        server.awaitReady();
        ScenarioDns dns = new ScenarioDns(server, hosts);
        dns.shuffle();
        return dns;
    }

    synchronized void add(Inet4Address task) {
        nameServer.register(SERVICE, idOf(task), new InetSocketAddress(task, MeshNames.GRPC_PORT));
        registered.add(task.getHostAddress());
        shuffle();
    }

    synchronized void remove(Inet4Address task) {
        nameServer.deregister(SERVICE, idOf(task));
        registered.remove(task.getHostAddress());
        shuffle();
    }

    private static String idOf(Inet4Address task) {
        return "task-" + task.getHostAddress().replace('.', '-');
    }

    synchronized void fault(DnsFault fault) throws IOException {
        nameServer.fault(fault);
        faulty = fault != DnsFault.OK;
        shuffle();
    }

    /** Chooses at random which eight of many tasks the hosts file has. */
    synchronized void shuffle() {
        List<String> answer = new ArrayList<>(faulty ? List.of() : registered);
        Collections.shuffle(answer, random);
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        answer.stream().limit(MAX_RECORDS).forEach(task -> lines.add(task + " " + MeshNames.hostOf(SERVICE)));
        try {
            // Moved into place, so that a client never reads half of it.
            Path written = Files.write(hosts.resolveSibling("hosts.new"), lines);
            Files.move(written, hosts, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        nameServer.close();
    }
}
