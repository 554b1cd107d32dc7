package io.weathermesh.local.fleet;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the probe when it is first needed: the first one loads a whole client library, and until then more tasks can be
 * started. Used by one thread.
 */
final class LazyProbe implements HealthProbe {
    private final Supplier<HealthProbe> maker;
    private @Nullable HealthProbe probe;

    LazyProbe(Supplier<HealthProbe> maker) {
        this.maker = maker;
    }

    @Override
    public CompletableFuture<Boolean> check() {
        HealthProbe made = probe;
        if (made == null) {
            made = maker.get();
            probe = made;
        }
        return made.check();
    }

    @Override
    public void close() {
        if (probe != null) {
            probe.close();
        }
    }
}
