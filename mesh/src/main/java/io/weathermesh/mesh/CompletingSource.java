package io.weathermesh.mesh;

import io.weathermesh.mesh.Lookup.Found;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a second source, which knows all tasks, when the answer of the first may be a sample. If the second cannot tell,
 * the sample stands, and the union of samples is what is known, as if there were no second source.
 */
final class CompletingSource implements AddressSource {
    private static final Logger LOG = LoggerFactory.getLogger(CompletingSource.class);

    /** How long the second source may take. */
    static final Duration API_TIME = Duration.ofSeconds(1);

    private final String name;
    private final AddressSource sampling;
    private final AddressSource complete;
    private final DiscoveryMeters meters;
    private volatile boolean failing;

    CompletingSource(String name, AddressSource sampling, AddressSource complete, DiscoveryMeters meters) {
        this.name = name;
        this.sampling = sampling;
        this.complete = complete;
        this.meters = meters;
    }

    @Override
    public CompletionStage<Lookup> poll() {
        return sampling.poll().thenCompose(lookup -> {
            if (lookup instanceof Found found && !found.complete()) {
                return completed(found);
            }
            return CompletableFuture.completedFuture(lookup);
        });
    }

    private CompletionStage<Lookup> completed(Found sample) {
        return complete.poll()
                .toCompletableFuture()
                .completeOnTimeout(
                        new Lookup.Failed(Lookup.Reason.API, "no answer in time"),
                        API_TIME.toMillis(),
                        TimeUnit.MILLISECONDS)
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
