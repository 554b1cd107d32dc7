package io.weathermesh.sources;

import io.weathermesh.proto.common.v1.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A source that is asked no more often than this task may: whoever stands behind one address with other tasks shares one
 * quota with them. Counts before it asks.
 */
final class Quota implements LiveSource {
    /** A shorter window that is full opens again before anybody could have read that it was. */
    private static final Duration WORTH_TELLING = Duration.ofMinutes(1);

    private final LiveSource source;
    private final List<Window> windows;
    private final Clock clock;

    Quota(LiveSource source, List<Limit> limits, Clock clock) {
        this.source = source;
        this.windows = limits.stream().map(Window::new).toList();
        this.clock = clock;
    }

    /** Calls within one span. Guarded by the quota. */
    private static final class Window {
        private final Limit limit;
        private long span = Long.MIN_VALUE;
        private int taken;

        Window(Limit limit) {
            this.limit = limit;
        }

        boolean isFull(long now) {
            long current = Math.floorDiv(now, limit.window().toMillis());
            if (current != span) {
                span = current;
                taken = 0;
            }
            return taken >= limit.calls();
        }
    }

    @Override
    public CompletionStage<Course> fetch(GeoPoint place) {
        return take()
                ? source.fetch(place)
                : CompletableFuture.failedFuture(
                        new QuotaSpentException(description().id()));
    }

    private synchronized boolean take() {
        long now = clock.millis();
        if (windows.stream().anyMatch(window -> window.isFull(now))) {
            return false;
        }
        windows.forEach(window -> window.taken++);
        return true;
    }

    private synchronized boolean isSpent() {
        long now = clock.millis();
        return windows.stream()
                .anyMatch(window -> window.limit.window().compareTo(WORTH_TELLING) >= 0 && window.isFull(now));
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public Source.State state() {
        return isSpent() ? Source.State.STATE_EXHAUSTED : source.state();
    }
}
