package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream: the current weather at once, then each that is news, and a heartbeat after silence. A viewer that takes its
 * time gets the latest when it is ready for one, and misses those between.
 *
 * <p>Its state is guarded by its own lock: timers, the providers' streams and the viewer all call it.
 */
final class WeatherWatch implements WeatherWatches.Stream {
    /** After this the client opens the stream anew, and so spreads over the tasks that have come since. */
    static final Duration LIFETIME = Duration.ofHours(1);

    /** What one provider has said is sent after this, though another has not said anything yet. */
    static final Duration FIRST_PATIENCE = Duration.ofMillis(1_400);

    /** All providers look anew at about the same time: waiting this long tells one change instead of several. */
    static final Duration SETTLE = Duration.ofMillis(250);

    private final FoundPlace place;
    private final WatchQuestion question;
    private final List<Leg> legs;
    private final WeatherViewer viewer;
    private final Clock clock;
    private final Timers timers;
    private final Consumer<WeatherWatch> onEnd;
    private final Instant endsAt;
    private Instant heartbeatAt;
    private Instant lookAt; // when what the legs say is put together; far away while there is nothing new
    private @Nullable Weather sent; // its essence; null until the first
    private Instant sentAt;
    private @Nullable Weather waiting; // for the viewer to be ready
    private Runnable cancelTimer = () -> {};
    private boolean ended;

    WeatherWatch(
            FoundPlace place,
            WatchQuestion question,
            List<Leg> legs,
            WeatherViewer viewer,
            Clock clock,
            Timers timers,
            Consumer<WeatherWatch> onEnd) {
        this.place = place;
        this.question = question;
        this.legs = List.copyOf(legs);
        this.viewer = viewer;
        this.clock = clock;
        this.timers = timers;
        this.onEnd = onEnd;
        Instant now = clock.instant();
        endsAt = now.plus(LIFETIME);
        heartbeatAt = now.plus(question.heartbeatInterval());
        lookAt = now.plus(FIRST_PATIENCE);
        sentAt = now;
    }

    Instant now() {
        return clock.instant();
    }

    synchronized void start() {
        legs.forEach(leg -> leg.open(place.point(), this));
        tick();
    }

    /** Something happened to one of the legs. */
    synchronized void changed(Runnable event) {
        if (ended) {
            return;
        }
        event.run();
        Instant now = now();
        if (sent == null) {
            if (legs.stream().allMatch(Leg::hasSpoken)) {
                lookAt = now;
            }
        } else {
            Instant soonest = sentAt.plus(question.minInterval());
            Instant settled = now.plus(SETTLE);
            lookAt = earlier(lookAt, soonest.isAfter(settled) ? soonest : settled);
        }
        if (now.isBefore(lookAt)) {
            plan(now);
        } else {
            tick();
        }
    }

    /** The viewer has taken what it was given. */
    @Override
    public synchronized void ready() {
        Weather next = waiting;
        if (next != null && !ended && viewer.isReady()) {
            send(next);
        }
    }

    /** The viewer has gone, and hears nothing more. */
    @Override
    public synchronized void left() {
        if (!ended) {
            ended = true;
            waiting = null;
            cancelTimer.run();
            legs.forEach(Leg::close);
            onEnd.accept(this);
        }
    }

    synchronized void end(RuntimeException reason) {
        if (!ended) {
            left();
            viewer.ended(reason);
        }
    }

    private synchronized void tick() {
        if (ended) {
            return;
        }
        Instant now = now();
        if (!now.isBefore(endsAt)) {
            end(new StreamEndedException(StreamEndedException.Reason.LIVED_LONG));
            return;
        }
        legs.stream().filter(leg -> leg.isDue(now)).forEach(leg -> leg.open(place.point(), this));
        if (!now.isBefore(lookAt)) {
            look(now);
        }
        if (!ended && !now.isBefore(heartbeatAt)) {
            if (viewer.isReady() && sent != null) {
                viewer.heartbeat(now);
            }
            heartbeatAt = now.plus(question.heartbeatInterval());
        }
        plan(now);
    }

    private void look(Instant now) {
        lookAt = endsAt;
        Timestamp instant =
                Timestamp.newBuilder().setSeconds(now.getEpochSecond()).build();
        try {
            Weather next = Composition.weather(
                    place, instant, legs.stream().map(leg -> leg.reading(now)).toList());
            boolean news = !Essence.of(next).equals(sent);
            if (news && viewer.isReady()) {
                send(next);
            } else {
                waiting = news ? next : null;
            }
        } catch (ProvidersUnavailableException none) {
            end(none);
        }
    }

    private void send(Weather next) {
        waiting = null; // It is older.
        sent = Essence.of(next);
        sentAt = now();
        heartbeatAt = sentAt.plus(question.heartbeatInterval());
        viewer.weather(next);
    }

    private void plan(Instant now) {
        cancelTimer.run();
        if (ended) {
            return;
        }
        // A leg that will be stale or missing by then is to be told of.
        Instant turn = endsAt;
        for (Leg leg : legs) {
            turn = leg.next(now, turn);
        }
        if (sent != null && turn.isAfter(now)) {
            lookAt = earlier(lookAt, turn);
        }
        Instant next = earlier(earlier(turn, lookAt), earlier(heartbeatAt, endsAt));
        cancelTimer = timers.after(Duration.between(now, next), this::tick);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
