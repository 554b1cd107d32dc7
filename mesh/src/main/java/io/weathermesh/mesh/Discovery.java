package io.weathermesh.mesh;

import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.ResolverConfig;

/**
 * The watchers of a process: one for each name, shared by all channels to it, from the first subscription to the last.
 *
 * <p>Safe for use by many threads.
 */
final class Discovery {
    private static final int DNS_PORT = 53;
    private static final long IDLE_THREAD_SECONDS = 10;

    /** Makes the source of addresses for a host name. */
    @FunctionalInterface
    interface Sources {
        AddressSource of(String host, DiscoveryMeters meters);
    }

    /** A watcher and the number of its subscriptions. */
    private static final class SharedWatcher {
        private final Watcher watcher;
        private final DiscoveryMeters meters;
        private int subscriptions;

        SharedWatcher(Watcher watcher, DiscoveryMeters meters) {
            this.watcher = watcher;
            this.meters = meters;
        }
    }

    private static @Nullable Discovery ofProcess; // null until first used

    private final Sources sources;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoClock;
    private final PollDelays delays;
    private final MeterRegistry registry;
    private final Map<String, SharedWatcher> watchers = new HashMap<>();

    /** Meters outlive their watchers: a registry registers a gauge of a name only once. */
    private final Map<String, DiscoveryMeters> meters = new HashMap<>();

    Discovery(
            Sources sources,
            ScheduledExecutorService scheduler,
            LongSupplier nanoClock,
            PollDelays delays,
            MeterRegistry registry) {
        this.sources = sources;
        this.scheduler = scheduler;
        this.nanoClock = nanoClock;
        this.delays = delays;
        this.registry = registry;
    }

    /** Discovery by DNS, completed by Cloud Map's API if the settings say so. */
    static Discovery from(Environment environment, MeterRegistry registry) {
        List<InetSocketAddress> configured = environment.socketAddresses(DnsSource.SERVERS_SETTING, DNS_PORT);
        List<InetSocketAddress> servers =
                configured.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : configured;
        AllowedRange range = AllowedRange.from(environment);
        ScheduledExecutorService scheduler = oneThread();
        SampleCompletion.Decorator completion = SampleCompletion.from(environment, scheduler);
        Sources sources = (host, meters) -> {
            AddressSource dns = new DnsSource(host, servers, scheduler);
            return new AddressFilter(host, range, completion.decorate(host, dns, meters), meters);
        };
        return new Discovery(sources, scheduler, System::nanoTime, new PollDelays(new Random()), registry);
    }

    /**
     * The discovery of channels that were made without {@link MeshChannels}.
     *
     * @throws InvalidSettingException at each call, if a setting of the process is invalid
     */
    static synchronized Discovery ofProcess() {
        if (ofProcess == null) {
            // A program that only writes a target has no other way to pass settings.
            Environment environment = MeshProcess.environment();
            ofProcess = from(environment, Metrics.globalRegistry);
            environment.report().logMisspelt();
        }
        return ofProcess;
    }

    private static ScheduledExecutorService oneThread() {
        ScheduledThreadPoolExecutor scheduler =
                new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("mesh-discovery", true));
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    /** Subscribes to the tasks of a host until {@link Subscription#cancel()}. */
    synchronized Subscription subscribe(String host, Watcher.Subscriber subscriber) {
        String key = host.toLowerCase(Locale.ROOT);
        SharedWatcher shared = watchers.computeIfAbsent(key, this::start);
        shared.subscriptions++;
        shared.watcher.subscribe(subscriber);
        return new Subscription(key, shared, subscriber);
    }

    private SharedWatcher start(String host) {
        DiscoveryMeters hostMeters =
                meters.computeIfAbsent(host, name -> new DiscoveryMeters(name, registry, nanoClock));
        hostMeters.begin();
        AddressSource source = sources.of(host, hostMeters);
        return new SharedWatcher(
                new Watcher(source, scheduler, nanoClock, delays, new DiscoveryLog(host, hostMeters, nanoClock)),
                hostMeters);
    }

    private synchronized void cancel(Subscription subscription) {
        subscription.shared.watcher.unsubscribe(subscription.subscriber);
        if (--subscription.shared.subscriptions == 0) {
            watchers.remove(subscription.key);
        }
    }

    /** The tasks known now, by host. */
    synchronized Map<String, List<String>> knownTasks() {
        Map<String, List<String>> known = new TreeMap<>();
        watchers.forEach((host, shared) -> known.put(
                host, shared.watcher.tasks().stream().map(TaskAddress::toString).toList()));
        return known;
    }

    /** The subscription of one channel to a watcher. */
    final class Subscription {
        private final String key;
        private final SharedWatcher shared;
        private final Watcher.Subscriber subscriber;

        private Subscription(String key, SharedWatcher shared, Watcher.Subscriber subscriber) {
            this.key = key;
            this.shared = shared;
            this.subscriber = subscriber;
        }

        /** See {@link Watcher#hint()}. */
        void hint() {
            shared.watcher.hint();
        }

        /** Counts that the tasks were published to the channel. */
        void published() {
            shared.meters.published();
        }

        /** Ends the subscription. Call it once. */
        void cancel() {
            Discovery.this.cancel(this);
        }
    }
}
