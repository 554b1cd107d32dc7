package io.weathermesh.aggregator;

import io.grpc.ManagedChannel;
import io.weathermesh.aggregator.cache.CacheMeters;
import io.weathermesh.aggregator.grpc.WeatherGrpcService;
import io.weathermesh.aggregator.places.Gazetteer;
import io.weathermesh.aggregator.providers.Providers;
import io.weathermesh.aggregator.rest.GatewayNames;
import io.weathermesh.aggregator.rest.Readiness;
import io.weathermesh.aggregator.rest.RequestLayers;
import io.weathermesh.aggregator.rest.ResponseCache;
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

/** One task of the weather-aggregator: reads its settings, connects to the providers, serves, and shuts down gracefully. */
public final class WeatherAggregator {
    private WeatherAggregator() {}

    public static void main(String[] args) {
        MeshProcess.run(GatewayNames.SERVICE, WeatherAggregator::run);
    }

    private static void run(Environment environment) throws Exception {
        AggregatorConfig config = AggregatorConfig.from(environment, Terminal.isAttached());
        Clock clock = Clock.systemUTC();
        // Loaded in parallel: it takes a tenth of a second, which would delay the first response.
        CompletableFuture<Gazetteer> gazetteer = CompletableFuture.supplyAsync(Gazetteer::load);
        MeshMeters meters = MeshMeters.ofProcess();
        // A callback composes a response and hands it to an event loop or to gRPC, which never blocks.
        MeshChannels channels =
                MeshChannels.from(environment, config.timings(), meters).callbacksNeverBlock();
        List<ProviderConnection> connections = Providers.CONTRACTS.stream()
                .map(contract -> ProviderConnection.open(contract, config.targetOf(contract), channels, clock))
                .toList();
        Providers providers = new Providers(
                connections.stream().map(ProviderConnection::provider).toList());
        CacheMeters cacheMeters = new CacheMeters(meters.registry());
        PlaceFinder places =
                config.cache() ? PlaceFinder.cached(gazetteer.join(), cacheMeters) : new PlaceFinder(gazetteer.join());
        Providers cached =
                config.cache() ? providers.cached(config.timings().callDeadline(), clock, cacheMeters) : providers;
        WeatherLookup lookup = new WeatherLookup(places, cached, clock);
        ResponseCache cache = config.cache() ? ResponseCache.create(clock, cacheMeters) : ResponseCache.none(clock);
        ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(WeatherAggregator::timerThread);
        WeatherStreams streams = new WeatherStreams(places, providers, clock, Timers.on(timers), meters.registry());
        Readiness readiness = new Readiness(
                connections.stream().map(ProviderConnection::calls).toArray(ManagedChannel[]::new));
        RequestLayers layers = RequestLayers.create(config.rest(), meters.registry(), System.out);
        try (RestServer rest = RestServer.create(
                        config.httpAddress(), lookup, streams, readiness, config.timings(), clock, layers, cache);
                MeshServer mesh = MeshServer.builder(GatewayNames.SERVICE, environment)
                        .meters(meters)
                        .service(new WeatherGrpcService(lookup, streams))
                        // Before REST, which waits for the requests in flight: a stream would not end by itself.
                        .drainParticipant(streams)
                        .drainParticipant(rest)
                        .page("/cache", "text/plain", cacheMeters::page)
                        .page("/topology", "text/plain", () -> Topology.page(channels.knownTasks()))
                        .handlersNeverBlock()
                        .build()) {
            // The gRPC health check is that of the task, so REST must listen before it responds.
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
