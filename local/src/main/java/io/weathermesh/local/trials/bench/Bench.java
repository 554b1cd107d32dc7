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

/** The command that measures what requests cost. Others may use the machine meanwhile: what counts are the ratios. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description =
                "Measures the processor time that the gateway takes for a request, in turns with what Armeria takes"
                        + " to say hello, alone and after two gRPC calls. About four minutes; uses processes of its own.")
public final class Bench implements Callable<Integer> {
    private static final int MOST_CONNECTIONS = 32;
    private static final List<Integer> CONNECTIONS = List.of(1, MOST_CONNECTIONS);

    private final Path home;
    private final PrintStream out;

    @Option(
            names = "--warm-up",
            paramLabel = "N",
            description = "Requests of each kind before any counts: a JVM is slow at first, and compiles meanwhile.")
    private int warmUp = 100_000;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each kind of request has its turn.")
    private int rounds = 5;

    @Option(names = "--seconds", paramLabel = "S", description = "How long a turn is.")
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
                    "JDK %s, %d processors, %s; %d rounds of %d s a turn, after %d requests each%n%n",
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
                requests += take(system, kind, MOST_CONNECTIONS, Duration.ofSeconds(1))
                        .requests();
            }
        }
    }

    private void measure(BenchSystem system, int connections) throws IOException, InterruptedException {
        Map<RequestKind, List<LoadSample>> turns = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (RequestKind kind : system.kinds()) {
                turns.computeIfAbsent(kind, any -> new ArrayList<>())
                        .add(take(system, kind, connections, Duration.ofSeconds(seconds)));
            }
        }
        List<LoadSample> hello = turns.getOrDefault(system.kinds().get(0), List.of());
        List<LoadSample> calls = turns.getOrDefault(system.kinds().get(1), List.of());
        turns.forEach((kind, taken) -> print(
                "| %d | %s | %.1f | %s | %s | %.1f | %.0f |%n",
                connections,
                kind.name(),
                Spread.of(taken, LoadSample::micros).median(),
                Spread.ofRatios(taken, hello),
                Spread.ofRatios(taken, calls),
                Spread.of(taken, LoadSample::providersMicros).median(),
                Spread.of(taken, LoadSample::requestsPerSecond).median()));
    }

    private static LoadSample take(BenchSystem system, RequestKind kind, int connections, Duration time)
            throws IOException, InterruptedException {
        Duration server = kind.server().cpu();
        Duration providers = system.providersCpu();
        long start = System.nanoTime();
        long requests = ClosedLoopLoad.on(kind, connections, time);
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
