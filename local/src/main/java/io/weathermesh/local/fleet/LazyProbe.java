package io.weathermesh.local.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates the probe at the first check, since the first probe loads a client library. The probe is created and used on one
 * thread, which is not that of the fleet: on a busy machine the library takes many seconds.
 */
final class LazyProbe implements HealthProbe {
    private final Supplier<HealthProbe> maker;
    private final Executor thread;
    private @Nullable HealthProbe probe;

    LazyProbe(Supplier<HealthProbe> maker, Executor thread) {
        this.maker = maker;
        this.thread = thread;
    }

    /** A probe that cannot be created counts as a failed check. */
    @Override
    public CompletableFuture<Boolean> check() {
        return CompletableFuture.supplyAsync(this::made, thread)
                .thenCompose(HealthProbe::check)
                .exceptionally(failure -> false);
    }

    private HealthProbe made() {
        HealthProbe made = probe;
        if (made == null) {
            made = maker.get();
            probe = made;
        }
        return made;
    }

    @Override
    public void close() {
        thread.execute(() -> {
            if (probe != null) {
                probe.close();
            }
        });
    }
}
