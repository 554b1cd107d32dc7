package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a second source, which knows all tasks, when the answer of the first may be a sample. If the second cannot tell,
 * the sample stands, and the union of samples is what is known, as if there were no second source.
 */
final class CompletingSource implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(CompletingSource.class);

    /** How long the second source may take; less where the first one has left less of {@link MeshTimings#QUERY_TIME}. */
    static final Duration API_TIME = Duration.ofSeconds(1);

    private static final Lookup NOT_DONE = new Lookup.Failed(Lookup.Reason.API, "works on an earlier question still");

    private final String name;
    private final AddressSource sampling;
    private final AddressSource complete;
    private final DiscoveryMeters meters;
    private final LongSupplier nanoClock;
    private final ScheduledExecutorService timers;
    private volatile CompletableFuture<Lookup> asking = CompletableFuture.completedFuture(NOT_DONE);
    private volatile boolean failing;

    CompletingSource(
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

    @Override
    public CompletionStage<Lookup> poll() {
        long start = nanoClock.getAsLong();
        return sampling.poll().thenCompose(lookup -> {
            if (lookup instanceof Found found && !found.complete()) {
                return completed(found, MeshTimings.QUERY_TIME.minusNanos(nanoClock.getAsLong() - start));
            }
            return CompletableFuture.completedFuture(lookup);
        });
    }

    private CompletionStage<Lookup> completed(Found sample, Duration left) {
        Duration limit = left.compareTo(API_TIME) < 0 ? left : API_TIME;
        CompletableFuture<Lookup> answer = asked();
        Future<?> timer = timers.schedule(
                () -> answer.complete(new Lookup.Failed(Lookup.Reason.API, "no answer in time")),
                Math.max(0, limit.toNanos()),
                TimeUnit.NANOSECONDS);
        return answer.whenComplete((lookup, failure) -> timer.cancel(false))
                .exceptionally(failure -> new Lookup.Failed(Lookup.Reason.API, String.valueOf(failure.getMessage())))
                .thenApply(lookup -> {
                    if (lookup instanceof Found all) {
                        tell(false, "all " + all.tasks().size() + " tasks");
                        // The TTL stays that of DNS: it is how often the name is meant to be asked.
                        return new Found(all.tasks(), true, sample.ttl());
                    }
                    meters.failed(Lookup.Reason.API);
                    tell(true, lookup.toString());
                    return sample;
                });
    }

    /** Never asks twice at a time: questions that nobody waits for any more must not queue up. */
    private CompletableFuture<Lookup> asked() {
        if (!asking.isDone()) {
            return CompletableFuture.completedFuture(NOT_DONE);
        }
        asking = complete.poll().toCompletableFuture();
        return asking.copy();
    }

    private void tell(boolean nowFailing, String what) {
        if (failing != nowFailing) {
            failing = nowFailing;
            LOG.info(
                    "{}: {} ({})",
                    name,
                    nowFailing ? "the API does not complete samples" : "the API answers again",
                    what);
        }
    }
}
