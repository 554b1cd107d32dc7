package io.weathermesh.aggregator;

import io.grpc.ManagedChannel;
import io.weathermesh.aggregator.grpc.WeatherCalls;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.providers.CacheMeters;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.aggregator.rest.Edge;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.aggregator.rest.Readiness;
import io.weathermesh.aggregator.rest.RenderedAnswers;
import io.weathermesh.aggregator.rest.RestServer;
import io.weathermesh.aggregator.weather.PlaceFinder;
import io.weathermesh.aggregator.weather.Timers;
import io.weathermesh.aggregator.weather.WeatherLookup;
import io.weathermesh.aggregator.weather.WeatherStreams;
import io.weathermesh.mesh.Environment;
import io.weathermesh.mesh.MeshChannels;
import io.weathermesh.mesh.MeshMeters;
import io.weathermesh.mesh.MeshProcess;
import io.weathermesh.mesh.MeshServer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** One task of the weather-aggregator: reads its settings, finds the providers, serves, and leaves without dropping a call. */
public final class WeatherAggregator {
    private WeatherAggregator() {}

    public static void main(String[] args) {
        MeshProcess.run(GatewayNames.SERVICE, WeatherAggregator::run);
    }

    private static void run(Environment environment) throws Exception {
        AggregatorConfig config = AggregatorConfig.from(environment, Terminal.watches());
        Clock clock = Clock.systemUTC();
        // Read beside all the rest: it takes a tenth of a second, which whoever waits for the first answer would
        // notice.
        CompletableFuture<Gazetteer> gazetteer = CompletableFuture.supplyAsync(Gazetteer::load);
        MeshMeters meters = MeshMeters.ofProcess();
        // Answers are put together and handed on, to HTTP's event loops or to gRPC: nothing of that waits for anything.
        MeshChannels channels =
                MeshChannels.from(environment, config.timings(), meters).callbacksNeverBlock();
        List<ProviderConnection> connections = Providers.CONTRACTS.stream()
                .map(contract -> ProviderConnection.open(contract, config.targetOf(contract), channels))
                .toList();
        Providers providers = new Providers(
                connections.stream().map(ProviderConnection::provider).toList());
        CacheMeters cached = new CacheMeters(meters.registry());
        PlaceFinder places = config.cache()
                ? PlaceFinder.remembering(gazetteer.join(), clock, cached)
                : new PlaceFinder(gazetteer.join());
        Providers asked =
                config.cache() ? providers.remembered(config.timings().callDeadline(), clock, cached) : providers;
        WeatherLookup desk = new WeatherLookup(places, asked, clock);
        RenderedAnswers rendered = config.cache() ? RenderedAnswers.until(clock, cached) : RenderedAnswers.none(clock);
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(WeatherAggregator::timerThread);
        WeatherStreams watches = new WeatherStreams(places, providers, clock, Timers.on(timers), meters.registry());
        Readiness readiness = new Readiness(
                connections.stream().map(ProviderConnection::calls).toArray(ManagedChannel[]::new));
        Edge edge = Edge.create(config.edge(), meters.registry(), System.out);
        try (RestServer rest = RestServer.create(
                        config.httpAddress(), desk, watches, readiness, config.timings(), clock, edge, rendered);
                MeshServer mesh = MeshServer.builder(GatewayNames.SERVICE, environment)
                        .meters(meters)
                        .service(new WeatherCalls(desk, watches))
                        // Before REST, which waits for what is in flight: streams would never end by themselves.
                        .drainParticipant(watches)
                        .drainParticipant(rest)
                        .page("/cache", "text/plain", cached::page)
                        .page("/topology", "text/plain", () -> Topology.page(channels.knownTasks()))
                        .handlersNeverBlock()
                        .build()) {
            // The health that is told by gRPC is that of the task: REST must listen by then.
            rest.start();
            mesh.start();
            mesh.awaitStopped();
        } finally {
            timers.shutdownNow();
            connections.forEach(ProviderConnection::shutdownNow);
        }
    }

    private static Thread timerThread(Runnable timers) {
        Thread thread = new Thread(timers, "stream-timers");
        thread.setDaemon(true);
        return thread;
    }
}
