package io.weathermesh.local.balancer;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Counts requests in flight by target. Safe for use by many threads. */
final class RequestsInFlight {
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, CompletableFuture<Void>> leaving = new HashMap<>();

    synchronized void started(String target) {
        counts.merge(target, 1, Integer::sum);
    }

    synchronized void ended(String target) {
        counts.computeIfPresent(target, (name, count) -> count == 1 ? null : count - 1);
        if (!counts.containsKey(target) && leaving.containsKey(target)) {
            leaving.remove(target).complete(null);
        }
    }

    /** Completes when the target has no request in flight. */
    synchronized CompletableFuture<Void> none(String target) {
        if (!counts.containsKey(target)) {
            return CompletableFuture.completedFuture(null);
        }
        return leaving.computeIfAbsent(target, name -> new CompletableFuture<>());
    }
}
