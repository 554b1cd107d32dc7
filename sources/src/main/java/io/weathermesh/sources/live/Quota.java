package io.weathermesh.sources.live;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.SourceDescription;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Limits the calls of this task to a source. Tasks behind one address share its quota. A call is counted before it is made.
 */
final class Quota implements LiveSource {
    /** A shorter window opens again before anyone could read that it was full. */
    private static final Duration MIN_REPORTED_WINDOW = Duration.ofMinutes(1);

    private final LiveSource source;
    private final List<Window> windows;
    private final Clock clock;

    Quota(LiveSource source, List<RateLimit> limits, Clock clock) {
        this.source = source;
        this.windows = limits.stream().map(Window::new).toList();
        this.clock = clock;
    }

    /** The calls in the current window. Guarded by the quota. */
    private static final class Window {
        private final RateLimit limit;
        private long current = Long.MIN_VALUE;
        private int taken;

        Window(RateLimit limit) {
            this.limit = limit;
        }

        boolean isFull(long now) {
            long number = Math.floorDiv(now, limit.window().toMillis());
            if (number != current) {
                current = number;
                taken = 0;
            }
            return taken >= limit.calls();
        }
    }

    @Override
    public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
        return take()
                ? source.fetch(point)
                : CompletableFuture.failedFuture(
                        new QuotaExceededException(description().id()));
    }

    private synchronized boolean take() {
        long now = clock.millis();
        if (windows.stream().anyMatch(window -> window.isFull(now))) {
            return false;
        }
        windows.forEach(window -> window.taken++);
        return true;
    }

    private synchronized boolean isUsedUp() {
        long now = clock.millis();
        return windows.stream()
                .anyMatch(window -> window.limit.window().compareTo(MIN_REPORTED_WINDOW) >= 0 && window.isFull(now));
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public Source.State state() {
        return isUsedUp() ? Source.State.STATE_EXHAUSTED : source.state();
    }
}
