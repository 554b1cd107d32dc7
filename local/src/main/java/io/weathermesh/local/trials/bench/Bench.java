package io.weathermesh.local.trials.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that measures the processor time of requests. The ratios count: other load on the machine may vary. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Measures the gateway's processor time for a request, in turn with two baselines: a bare Armeria server,"
                        + " and one that makes two gRPC calls. Takes about four minutes; starts its own processes.")
public final class Bench implements Callable<Integer> {
    private static final int MAX_CONNECTIONS = 32;
    private static final List<Integer> CONNECTIONS = List.of(1, MAX_CONNECTIONS);

    private final Path home;
    private final PrintStream out;

    @Option(names = "--warm-up", paramLabel = "N", description = "Requests of each kind before the measurement.")
    private int warmUp = 100_000;

    @Option(names = "--rounds", paramLabel = "N", description = "Samples of each kind of request.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of a sample in seconds.")
    private int seconds = 2;

    /** @param home the folder of the modules, built */
    public Bench(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
    }

    @Override
    public Integer call() throws Exception {
        try (BenchSystem system = BenchSystem.start(home)) {
            print(
                    "JDK %s, %d processors, %s; %d rounds of %d s, after %d requests of each kind%n%n",
                    System.getProperty("java.vm.version"),
                    Runtime.getRuntime().availableProcessors(),
                    System.getProperty("os.arch"),
                    rounds,
                    seconds,
                    warmUp);
            warmUp(system);
            print("| connections | kind of request | CPU µs | x hello | x calls | providers' CPU µs | requests/s |%n");
            print("|--:|---|--:|--:|--:|--:|--:|%n");
            for (int connections : CONNECTIONS) {
                measure(system, connections);
            }
        }
        return 0;
    }

    private void warmUp(BenchSystem system) throws IOException, InterruptedException {
        for (RequestKind kind : system.kinds()) {
            for (long requests = 0; requests < warmUp; ) {
                requests += sample(system, kind, MAX_CONNECTIONS, Duration.ofSeconds(1))
                        .requests();
            }
        }
    }

    private void measure(BenchSystem system, int connections) throws IOException, InterruptedException {
        Map<RequestKind, List<LoadSample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RequestKind kind : system.kinds()) {
                samples.computeIfAbsent(kind, any -> new ArrayList<>())
                        .add(sample(system, kind, connections, Duration.ofSeconds(seconds)));
            }
        }
        List<LoadSample> hello = samples.getOrDefault(system.kinds().get(0), List.of());
        List<LoadSample> calls = samples.getOrDefault(system.kinds().get(1), List.of());
        samples.forEach((kind, own) -> print(
                "| %d | %s | %.1f | %s | %s | %.1f | %.0f |%n",
                connections,
                kind.name(),
                Spread.of(own, LoadSample::micros).median(),
                Spread.ofRatios(own, hello),
                Spread.ofRatios(own, calls),
                Spread.of(own, LoadSample::providersMicros).median(),
                Spread.of(own, LoadSample::requestsPerSecond).median()));
    }

    private static LoadSample sample(BenchSystem system, RequestKind kind, int connections, Duration time)
            throws IOException, InterruptedException {
        Duration server = kind.server().cpu();
        Duration providers = system.providersCpu();
        long start = System.nanoTime();
        long requests = ClosedLoopLoad.run(kind, connections, time);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return new LoadSample(
                requests,
                kind.server().cpu().minus(server),
                system.providersCpu().minus(providers),
                took);
    }

    private void print(String format, Object... values) {
        out.printf(Locale.ROOT, format, values);
        out.flush();
    }
}
