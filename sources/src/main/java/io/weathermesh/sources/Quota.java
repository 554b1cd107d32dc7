package io.weathermesh.sources;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A source that is asked no more often than this task's share of its quota: whoever stands behind one address with other
 * tasks shares one quota with them. Counts before it asks, by the minute and by the day of UTC.
 */
final class Quota implements ReadingSource {
    private final ReadingSource source;
    private final Window minute;
    private final Window day;
    private final Clock clock;

    Quota(ReadingSource source, int callsPerMinute, int callsPerDay, Clock clock) {
        this.source = source;
        this.minute = new Window(ChronoUnit.MINUTES, callsPerMinute);
        this.day = new Window(ChronoUnit.DAYS, callsPerDay);
        this.clock = clock;
    }

    /** Calls within one unit of time. Guarded by the quota. */
    private static final class Window {
        private final ChronoUnit unit;
        private final int max;
        private Instant start = Instant.MIN;
        private int taken;

        Window(ChronoUnit unit, int max) {
            this.unit = unit;
            this.max = max;
        }

        boolean hasRoom(Instant now) {
            if (!now.truncatedTo(unit).equals(start)) {
                start = now.truncatedTo(unit);
                taken = 0;
            }
            return taken < max;
        }

        Instant end() {
            return start.plus(1, unit);
        }
    }

    @Override
    public CompletionStage<Reading> read(GeoPoint point, Instant instant) {
        Optional<Instant> notBefore = take(clock.instant());
        return notBefore.isPresent()
                ? CompletableFuture.failedFuture(new SourceFailedException(
                        description().id(), "has been asked as often as it may be", notBefore))
                : source.read(point, instant);
    }

    /** Empty if the call may be made, else when one may be made again. */
    private synchronized Optional<Instant> take(Instant now) {
        for (Window window : new Window[] {day, minute}) {
            if (!window.hasRoom(now)) {
                return Optional.of(window.end());
            }
        }
        day.taken++;
        minute.taken++;
        return Optional.empty();
    }

    @Override
    public SourceDescription description() {
        return source.description();
    }

    @Override
    public boolean isServing() {
        return source.isServing();
    }
}
