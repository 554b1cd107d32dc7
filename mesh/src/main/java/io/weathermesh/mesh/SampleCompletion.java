package io.weathermesh.mesh;

import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient;

/**
 * Polls a second source, which returns all tasks, when the result of the first may be a sample. If the second one fails,
 * the sample stands, and the union of samples is what is known, as without a second source.
 *
 * <p>This class can be loaded without the AWS SDK, and uses it only when the setting is on.
 */
final class SampleCompletion implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(SampleCompletion.class);

    /** {@code on} or {@code off}. */
    static final String SETTING = "MESH_CLOUD_MAP_API";

    /** The longest that the second source may take; less if the first left less of {@link Timing#QUERY_TIME}. */
    static final Duration API_TIME = Duration.ofSeconds(1);

    private static final Lookup BUSY = new Lookup.Failed(Lookup.Reason.API, "an earlier poll is still in flight");

    /** Puts a second source behind one that may return samples. */
    @FunctionalInterface
    interface Decorator {
        AddressSource decorate(String host, AddressSource dns, DiscoveryMeters meters);
    }

    private final String name;
    private final AddressSource sampling;
    private final AddressSource complete;
    private final DiscoveryMeters meters;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timers;
    private volatile CompletableFuture<Lookup> inFlight = CompletableFuture.completedFuture(BUSY);
    private volatile boolean failing;

    SampleCompletion(
            String name,
            AddressSource sampling,
            AddressSource complete,
            DiscoveryMeters meters,
            LongSupplier nanoClock,
            ScheduledExecutorService timers) {
        this.name = name;
        this.sampling = sampling;
        this.complete = complete;
        this.meters = meters;
        this.nanoClock = nanoClock;
        this.timers = timers;
    }

    /**
     * Completes samples by Cloud Map's API if the setting is on, otherwise not at all.
     *
     * @throws InvalidSettingException if the setting is on and the SDK is not on the class path
     */
    static Decorator from(Environment environment, ScheduledExecutorService timers) {
        if (!environment.flag(SETTING, false)) {
            return (host, dns, meters) -> dns;
        }
        if (!isSdkPresent()) {
            throw new InvalidSettingException(
                    SETTING,
                    "on",
                    "off while software.amazon.awssdk:servicediscovery and :url-connection-client"
                            + " are not on the class path");
        }
        return byApi(environment, timers);
    }

    private static boolean isSdkPresent() {
        try {
            Class.forName("software.amazon.awssdk.services.servicediscovery.ServiceDiscoveryClient");
            Class.forName("software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient");
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Decorator byApi(Environment environment, ScheduledExecutorService timers) {
        ServiceDiscoveryClient client = CloudMapApiSource.client(environment, API_TIME);
        // At most one thread for each name, since no source is polled twice at a time: a slow name delays no other.
        ExecutorService executor = Executors.newCachedThreadPool(new DefaultThreadFactory("mesh-cloud-map", true));
        return (host, dns, meters) -> new SampleCompletion(
                host, dns, new CloudMapApiSource(host, client, executor), meters, System::nanoTime, timers);
    }

    @Override
    public CompletionStage<Lookup> poll() {
        long start = nanoClock.getAsLong();
        return sampling.poll().thenCompose(lookup -> {
            if (lookup instanceof Found found && !found.complete()) {
                return completed(found, Timing.QUERY_TIME.minusNanos(nanoClock.getAsLong() - start));
            }
            return CompletableFuture.completedFuture(lookup);
        });
    }

    private CompletionStage<Lookup> completed(Found sample, Duration left) {
        Duration limit = left.compareTo(API_TIME) < 0 ? left : API_TIME;
        CompletableFuture<Lookup> result = pollComplete();
        Future<?> timer = timers.schedule(
                () -> result.complete(new Lookup.Failed(Lookup.Reason.API, "no response in time")),
                Math.max(0, limit.toNanos()),
                TimeUnit.NANOSECONDS);
        return result.whenComplete((lookup, failure) -> timer.cancel(false))
                .exceptionally(failure -> new Lookup.Failed(Lookup.Reason.API, String.valueOf(failure.getMessage())))
                .thenApply(lookup -> {
                    if (lookup instanceof Found all) {
                        log(false, "all " + all.tasks().size() + " tasks");
                        // The TTL stays that of DNS: it sets how often the name is queried.
                        return new Found(all.tasks(), true, sample.ttl());
                    }
                    meters.failed(Lookup.Reason.API);
                    log(true, lookup.toString());
                    return sample;
                });
    }

    /** One poll at a time: polls whose result is no longer awaited must not queue up. */
    private CompletableFuture<Lookup> pollComplete() {
        if (!inFlight.isDone()) {
            return CompletableFuture.completedFuture(BUSY);
        }
        inFlight = complete.poll().toCompletableFuture();
        return inFlight.copy();
    }

    /** Logs changes only. */
    private void log(boolean nowFailing, String detail) {
        if (failing != nowFailing) {
            failing = nowFailing;
            LOG.info(
                    "{}: {} ({})",
                    name,
                    nowFailing ? "Cloud Map's API does not complete samples" : "Cloud Map's API responds again",
                    detail);
        }
    }
}
