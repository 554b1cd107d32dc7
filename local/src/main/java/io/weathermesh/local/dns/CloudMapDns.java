package io.weathermesh.local.dns;

import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.mesh.MeshTimings;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;

/**
 * The name server as a process of its own, so that it can fail independently of the tasks. Reads registrations from its
 * standard input (see {@link RegistryFeed}), writes {@code ready} when it listens, and exits at the end of its input.
 */
public final class CloudMapDns {
    /** The environment variable with the address and the port to listen on. */
    public static final String ADDRESS = "TWIN_DNS_ADDRESS";

    private CloudMapDns() {}

    public static void main(String[] args) {
        MeshProcess.run("cloud-map-dns", CloudMapDns::serve);
    }

    private static void serve(Environment environment) throws Exception {
        MeshTimings timings = MeshTimings.from(environment);
        InetSocketAddress address = environment.socketAddresses(ADDRESS, 53).get(0);
        Registry registry = new Registry(System::nanoTime, Duration.ZERO);
        Zone zone = new Zone(registry, new Random(), timings.dnsTtl(), timings.negativeTtl());
        Responder responder = new Responder(zone, new Random());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DnsServer server = DnsServer.start(address, responder)) {
            System.out.println("ready on port " + server.address().getPort());
            new RegistryFeed(registry, responder).run(input);
        }
    }
}
