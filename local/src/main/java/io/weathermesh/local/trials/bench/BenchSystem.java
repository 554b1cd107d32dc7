package io.weathermesh.local.trials.bench;

import io.weathermesh.aggregator.providers.ProviderContract;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.local.fleet.JvmLauncher;
import io.weathermesh.local.fleet.OrphanReaper;
import io.weathermesh.local.fleet.ServiceDefinition;
import io.weathermesh.local.twin.TwinSettings;
import io.weathermesh.mesh.MeshNames;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One task of each provider, the gateway, and the two baselines, started as {@code up} starts tasks. The gateway runs as
 * in the deployment, with its cache, its access log and its rate limit, which is out of reach.
 */
final class BenchSystem implements AutoCloseable {
    /** Away from the tasks of a system that is up. */
    private static final int SUBNETS = 50;

    /** After the subnets of all services. */
    private static final int BASELINE_SUBNETS = SUBNETS + ServiceDefinition.ALL.size();

    private static final int NUMBER = 1;
    private static final String UNREACHABLE_LIMIT = "10000000";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    /** All of them: without one, responses would be partial. */
    private static final List<ServiceDefinition> PROVIDERS = ServiceDefinition.PROVIDERS.stream()
            .map(provider -> provider.movedBy(SUBNETS))
            .toList();

    private static final ServiceDefinition GATEWAY = ServiceDefinition.AGGREGATOR.movedBy(SUBNETS);
    private static final ServiceDefinition HELLO = baseline("bench-hello", 1);
    private static final ServiceDefinition CALLS = baseline("bench-calls", 2);

    private final OrphanReaper reaper;
    private final List<BenchServer> providers;
    private final List<RequestKind> kinds;

    private BenchSystem(OrphanReaper reaper, List<BenchServer> providers, List<RequestKind> kinds) {
        this.reaper = reaper;
        this.providers = providers;
        this.kinds = kinds;
    }

    /** Starts every process, and returns when every kind of request has the expected response. */
    static BenchSystem start(Path home) throws IOException {
        OrphanReaper reaper = OrphanReaper.start();
        JvmLauncher launcher = new JvmLauncher(home, TwinSettings.logs(home), settings(), reaper);
        try {
            List<BenchServer> providers = new ArrayList<>();
            for (ServiceDefinition provider : PROVIDERS) {
                providers.add(serve(launcher, provider));
            }
            List<RequestKind> kinds = kinds(serve(launcher, HELLO), serve(launcher, CALLS), serve(launcher, GATEWAY));
            kinds.forEach(BenchSystem::awaitResponse);
            return new BenchSystem(reaper, providers, kinds);
        } catch (IOException | RuntimeException e) {
            reaper.close();
            throw e;
        }
    }

    Duration providersCpu() {
        return providers.stream().map(BenchServer::cpu).reduce(Duration.ZERO, Duration::plus);
    }

    /** Every kind of request, the two baselines first. */
    List<RequestKind> kinds() {
        return kinds;
    }

    private static List<RequestKind> kinds(BenchServer hello, BenchServer calls, BenchServer gateway) {
        return List.of(
                new RequestKind("Armeria's hello", hello, () -> get("/hello", ""), 200),
                new RequestKind("hello after two gRPC calls", calls, () -> get("/calls", ""), 200),
                new RequestKind("coordinates, a new place each", gateway, () -> get(randomTarget(), ""), 200),
                new RequestKind("one place, cached", gateway, () -> get("/v1/weather/Vienna", ""), 200),
                new RequestKind(
                        "one place, not modified",
                        gateway,
                        () -> get("/v1/weather/Vienna", "If-None-Match: *\r\n"),
                        304));
    }

    /** A request as a load balancer sends it. */
    private static String get(String target, String more) {
        return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nUser-Agent: bench\r\nAccept: */*\r\n"
                + "X-Forwarded-For: 203.0.113.7\r\n" + more + "\r\n";
    }

    private static String randomTarget() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return String.format(
                Locale.ROOT,
                "/v1/weather?latitude=%.4f&longitude=%.4f",
                random.nextDouble(-60, 60),
                random.nextDouble(-180, 180));
    }

    private static ServiceDefinition baseline(String name, int subnet) {
        String heap = ServiceDefinition.AGGREGATOR.maxHeap();
        return new ServiceDefinition(
                name, "local", BaselineServer.class.getName(), BASELINE_SUBNETS + subnet, NUMBER, heap, true);
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(
                Map.of("WEATHER_RATE_LIMIT", UNREACHABLE_LIMIT, "WEATHER_CACHE", "on", "WEATHER_ACCESS_LOG", "json"));
        for (ProviderContract contract : Providers.CONTRACTS) {
            PROVIDERS.stream()
                    .filter(provider -> provider.name().equals(contract.name()))
                    .forEach(provider -> settings.put(contract.targetSetting(), target(provider)));
        }
        return settings;
    }

    private static String target(ServiceDefinition provider) {
        return "dns:///" + provider.addressOf(NUMBER).getHostAddress() + ":" + MeshNames.GRPC_PORT;
    }

    private static BenchServer serve(JvmLauncher launcher, ServiceDefinition service) throws IOException {
        Inet4Address address = service.addressOf(NUMBER);
        return new BenchServer(
                launcher.launch(service, service.name(), address),
                new InetSocketAddress(address, GatewayNames.HTTP_PORT));
    }

    private static void awaitResponse(RequestKind kind) {
        long end = System.nanoTime() + START_TIMEOUT.toNanos();
        while (System.nanoTime() < end) {
            try (HttpConnection connection = HttpConnection.to(kind.server().address())) {
                if (connection.send(kind.request().get()) == kind.status()) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        throw new IllegalStateException(kind.name() + " has no response after " + START_TIMEOUT.toSeconds()
                + " s; the logs are in .weather/logs");
    }

    @Override
    public void close() throws IOException {
        reaper.close();
    }
}
