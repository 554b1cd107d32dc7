package io.weathermesh.mesh;

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
 * The watchers of a process: one for each name, shared by all channels to it, living as long as somebody watches.
 *
 * <p>Safe for use by many threads.
 */
final class Discovery {
    private static final long IDLE_THREAD_SECONDS = 10;

    /** Makes the source of addresses for a host name. */
    @FunctionalInterface
    interface Sources {
        AddressSource of(String host, DiscoveryMeters meters);
    }

    private static final class Counted {
        private final Watcher watcher;
        private final DiscoveryMeters meters;
        private int holders;

        Counted(Watcher watcher, DiscoveryMeters meters) {
            this.watcher = watcher;
            this.meters = meters;
        }
    }

    private static @Nullable Discovery ofProcess; // null until it is asked for

    private final Sources sources;
    private final ScheduledExecutorService scheduler;
    private final LongSupplier nanoClock;
    private final PollDelays delays;
    private final MeterRegistry registry;
    private final Map<String, Counted> watchers = new HashMap<>();

    /** Outlive their watchers: a registry never gives a name to a second gauge. */
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

    /** Discovery by DNS, completed by the registry's API where that is wanted, as the settings say. */
    static Discovery from(Environment environment, MeterRegistry registry) {
        List<InetSocketAddress> configured = environment.socketAddresses("MESH_DNS_SERVERS", 53);
        List<InetSocketAddress> servers =
                configured.isEmpty() ? ResolverConfig.getCurrentConfig().servers() : configured;
        AllowedRange range = AllowedRange.from(environment);
        ScheduledExecutorService scheduler = oneThread();
        Completion completion = Completion.from(environment, scheduler);
        Sources sources = (host, meters) -> {
            AddressSource dns = new DnsSource(host, servers, scheduler);
            return new AllowedOnly(host, range, completion.complete(host, dns, meters), meters);
        };
        return new Discovery(sources, scheduler, System::nanoTime, new PollDelays(new Random()), registry);
    }

    /**
     * The discovery that a channel gets which was made without {@link MeshChannels}.
     *
     * @throws InvalidSettingException where a setting of the process is not allowed, each time it is asked for
     */
    static synchronized Discovery ofProcess() {
        if (ofProcess == null) {
            // The only way to settings for a program that writes a target and nothing else.
            ofProcess = from(MeshProcess.environment(), Metrics.globalRegistry);
        }
        return ofProcess;
    }

    private static ScheduledExecutorService oneThread() {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "mesh-discovery");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        scheduler.setKeepAliveTime(IDLE_THREAD_SECONDS, TimeUnit.SECONDS);
        scheduler.allowCoreThreadTimeOut(true);
        return scheduler;
    }

    /** Watches a host for a subscriber until it is released. */
    synchronized Watch watch(String host, Watcher.Subscriber subscriber) {
        String key = host.toLowerCase(Locale.ROOT);
        Counted counted = watchers.computeIfAbsent(key, this::start);
        counted.holders++;
        counted.watcher.subscribe(subscriber);
        return new Watch(key, counted, subscriber);
    }

    private Counted start(String host) {
        DiscoveryMeters counted = meters.computeIfAbsent(host, name -> new DiscoveryMeters(name, registry, nanoClock));
        counted.begin();
        AddressSource source = sources.of(host, counted);
        return new Counted(
                new Watcher(source, scheduler, nanoClock, delays, new WatchJournal(host, counted, nanoClock)), counted);
    }

    private synchronized void release(Watch watch) {
        watch.counted.watcher.unsubscribe(watch.subscriber);
        if (--watch.counted.holders == 0) {
            watchers.remove(watch.key);
        }
    }

    /** What is known at this moment, by name. */
    synchronized Map<String, List<String>> knownTasks() {
        Map<String, List<String>> known = new TreeMap<>();
        watchers.forEach((host, counted) -> known.put(
                host,
                counted.watcher.tasks().stream().map(TaskAddress::toString).toList()));
        return known;
    }

    /** One channel's share of a watcher. */
    final class Watch {
        private final String key;
        private final Counted counted;
        private final Watcher.Subscriber subscriber;

        private Watch(String key, Counted counted, Watcher.Subscriber subscriber) {
            this.key = key;
            this.counted = counted;
            this.subscriber = subscriber;
        }

        /** See {@link Watcher#hint()}. */
        void hint() {
            counted.watcher.hint();
        }

        /** Tells the meters that the tasks were given to a channel. */
        void published() {
            counted.meters.published();
        }

        /** Ends the watch. Call it once. */
        void release() {
            Discovery.this.release(this);
        }
    }
}
