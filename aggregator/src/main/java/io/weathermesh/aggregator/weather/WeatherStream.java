package io.weathermesh.aggregator.weather;

import com.google.protobuf.Timestamp;
import io.weathermesh.aggregator.providers.Provider;
import io.weathermesh.proto.weather.v1.Weather;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream: the current weather at once, then every change, and a heartbeat after silence. A slow subscriber gets the
 * latest weather when it is ready, and misses those between.
 *
 * <p>Guarded by its own lock, since timers, the providers' streams and the subscriber all call it.
 */
public final class WeatherStream {
    /** After this the client opens the stream again, so streams spread over new tasks. */
    static final Duration MAX_AGE = Duration.ofHours(1);

    /** The first weather waits this long for a provider that has not responded. */
    static final Duration FIRST_TIMEOUT = Duration.ofMillis(1_400);

    /** All providers refresh at about the same time: this delay makes one change of several. */
    static final Duration SETTLE = Duration.ofMillis(250);

    private final FoundPlace place;
    private final StreamRequest request;
    private final List<ProviderStream> streams;
    private final WeatherSubscriber subscriber;
    private final Clock clock;
    private final Timers timers;
    private final Consumer<WeatherStream> onEnd;
    private final Instant endsAt;
    private Instant heartbeatAt;
    private Instant composeAt; // when the weather is composed again; the stream's end while there is no reason to
    private @Nullable Weather sent; // its fingerprint; null until the first
    private Instant sentAt;
    private @Nullable Weather waiting; // for the subscriber to be ready
    private Runnable cancelTimer = () -> {};
    private boolean ended;

    WeatherStream(
            FoundPlace place,
            StreamRequest request,
            List<Provider> providers,
            WeatherSubscriber subscriber,
            Clock clock,
            Timers timers,
            Consumer<WeatherStream> onEnd) {
        this.place = place;
        this.request = request;
        this.streams = providers.stream()
                .map(provider -> new ProviderStream(provider, place.point(), clock, this::changed))
                .toList();
        this.subscriber = subscriber;
        this.clock = clock;
        this.timers = timers;
        this.onEnd = onEnd;
        Instant now = clock.instant();
        endsAt = now.plus(MAX_AGE);
        heartbeatAt = now.plus(request.heartbeatInterval());
        composeAt = now.plus(FIRST_TIMEOUT);
        sentAt = now;
    }

    synchronized void start() {
        streams.forEach(ProviderStream::open);
        tick();
    }

    private synchronized void changed(Runnable event) {
        if (ended) {
            return;
        }
        event.run();
        Instant now = clock.instant();
        if (sent == null) {
            if (streams.stream().allMatch(ProviderStream::hasResult)) {
                composeAt = now;
            }
        } else {
            Instant soonest = sentAt.plus(request.minInterval());
            Instant settled = now.plus(SETTLE);
            composeAt = earlier(composeAt, soonest.isAfter(settled) ? soonest : settled);
        }
        if (now.isBefore(composeAt)) {
            schedule(now);
        } else {
            tick();
        }
    }

    /** Continues after the subscriber was not ready. */
    public synchronized void resume() {
        Weather next = waiting;
        if (next != null && !ended && subscriber.isReady()) {
            send(next);
        }
    }

    /** Ends the stream without a further call of the subscriber. */
    public synchronized void cancel() {
        if (!ended) {
            ended = true;
            waiting = null;
            cancelTimer.run();
            streams.forEach(ProviderStream::close);
            onEnd.accept(this);
        }
    }

    synchronized void end(RuntimeException reason) {
        if (!ended) {
            cancel();
            subscriber.ended(reason);
        }
    }

    private synchronized void tick() {
        if (ended) {
            return;
        }
        Instant now = clock.instant();
        if (!now.isBefore(endsAt)) {
            end(new StreamEndedException(StreamEndedException.Reason.MAX_AGE));
            return;
        }
        streams.stream().filter(stream -> stream.isDue(now)).forEach(ProviderStream::open);
        if (!now.isBefore(composeAt)) {
            compose(now);
        }
        if (!ended && !now.isBefore(heartbeatAt)) {
            if (subscriber.isReady() && sent != null) {
                subscriber.heartbeat(now);
            }
            heartbeatAt = now.plus(request.heartbeatInterval());
        }
        schedule(now);
    }

    private void compose(Instant now) {
        composeAt = endsAt;
        Timestamp instant =
                Timestamp.newBuilder().setSeconds(now.getEpochSecond()).build();
        try {
            Weather next = Composition.weather(
                    place,
                    instant,
                    streams.stream().map(stream -> stream.result(now)).toList());
            boolean changed = !Fingerprint.of(next).equals(sent);
            if (changed && subscriber.isReady()) {
                send(next);
            } else {
                waiting = changed ? next : null;
            }
        } catch (ProvidersUnavailableException e) {
            end(e);
        }
    }

    private void send(Weather next) {
        waiting = null; // It is older.
        sent = Fingerprint.of(next);
        sentAt = clock.instant();
        heartbeatAt = sentAt.plus(request.heartbeatInterval());
        subscriber.weather(next);
    }

    private void schedule(Instant now) {
        cancelTimer.run();
        if (ended) {
            return;
        }
        // A reading that becomes stale or missing changes the weather without an event.
        Instant change = endsAt;
        for (ProviderStream stream : streams) {
            change = stream.nextChange(now, change);
        }
        if (sent != null && change.isAfter(now)) {
            composeAt = earlier(composeAt, change);
        }
        Instant next = earlier(earlier(change, composeAt), earlier(heartbeatAt, endsAt));
        cancelTimer = timers.after(Duration.between(now, next), this::tick);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
