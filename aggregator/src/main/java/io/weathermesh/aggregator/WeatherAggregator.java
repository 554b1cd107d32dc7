package io.weathermesh.aggregator;

import io.grpc.ManagedChannel;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.grpc.WeatherCalls;
import io.weathermesh.aggregator.places.Gazetteer;
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

/** One task of the weather-aggregator: reads its settings, finds the providers, serves, and drains without a failed call. */
public final class WeatherAggregator {
    private WeatherAggregator() {}

    public static void main(String[] args) {
        MeshProcess.run(GatewayNames.SERVICE, WeatherAggregator::run);
    }

    private static void run(Environment environment) throws Exception {
        AggregatorConfig config = AggregatorConfig.from(environment, Terminal.isAttached());
        Clock clock = Clock.systemUTC();
        // In parallel: it takes a tenth of a second, which would delay the first response.
        CompletableFuture<Gazetteer> gazetteer = CompletableFuture.supplyAsync(Gazetteer::load);
        MeshMeters meters = MeshMeters.ofProcess();
        // Callbacks compose responses and pass them to event loops of HTTP or to gRPC; none of that blocks.
        MeshChannels channels =
                MeshChannels.from(environment, config.timings(), meters).callbacksNeverBlock();
        List<ProviderConnection> connections = Providers.CONTRACTS.stream()
                .map(contract -> ProviderConnection.open(contract, config.targetOf(contract), channels, clock))
                .toList();
        Providers providers = new Providers(
                connections.stream().map(ProviderConnection::provider).toList());
        CacheMeters caches = new CacheMeters(meters.registry());
        PlaceFinder places =
                config.cache() ? PlaceFinder.cached(gazetteer.join(), caches) : new PlaceFinder(gazetteer.join());
        Providers cached =
                config.cache() ? providers.cached(config.timings().callDeadline(), clock, caches) : providers;
        WeatherLookup lookup = new WeatherLookup(places, cached, clock);
        RenderedAnswers rendered = config.cache() ? RenderedAnswers.cached(clock, caches) : RenderedAnswers.none(clock);
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(WeatherAggregator::timerThread);
        WeatherStreams streams = new WeatherStreams(places, providers, clock, Timers.on(timers), meters.registry());
        Readiness readiness = new Readiness(
                connections.stream().map(ProviderConnection::calls).toArray(ManagedChannel[]::new));
        Edge edge = Edge.create(config.edge(), meters.registry(), System.out);
        try (RestServer rest = RestServer.create(
                        config.httpAddress(), lookup, streams, readiness, config.timings(), clock, edge, rendered);
                MeshServer mesh = MeshServer.builder(GatewayNames.SERVICE, environment)
                        .meters(meters)
                        .service(new WeatherCalls(lookup, streams))
                        // Before REST, which waits for requests in flight: streams would never end by themselves.
                        .drainParticipant(streams)
                        .drainParticipant(rest)
                        .page("/cache", "text/plain", caches::page)
                        .page("/topology", "text/plain", () -> Topology.page(channels.knownTasks()))
                        .handlersNeverBlock()
                        .build()) {
            // The gRPC health is that of the task: REST must listen by then.
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
