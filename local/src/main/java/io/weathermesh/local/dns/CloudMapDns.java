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
 * The name server as a process of its own, so that it can die alone as the real one can. It knows what its standard
 * input tells it, says {@code ready} when it listens, and ends with its input.
 */
public final class CloudMapDns {
    /** Where it listens: an address and a port. */
    public static final String ADDRESS = "TWIN_DNS_ADDRESS";

    private CloudMapDns() {}

    public static void main(String[] args) {
        MeshProcess.run("cloud-map-dns", CloudMapDns::tell);
    }

    private static void tell(Environment environment) throws Exception {
        MeshTimings timings = MeshTimings.from(environment);
        InetSocketAddress address = environment.socketAddresses(ADDRESS, 53).get(0);
        Registry registry = new Registry(System::nanoTime, Duration.ZERO);
        Zone zone = new Zone(registry, new Random(), timings.dnsTtl(), timings.negativeTtl());
        Responder responder = new Responder(zone, new Random());
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (DnsServer server = DnsServer.start(address, responder)) {
            System.out.println("ready on port " + server.address().getPort());
            new RegistryFeed(registry, responder).follow(input);
        }
    }
}
