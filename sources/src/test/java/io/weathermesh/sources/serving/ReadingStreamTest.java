package io.weathermesh.sources.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.Reading;
import io.weathermesh.sources.live.SourceChain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ReadingStreamTest {
    private static final WatchRequest VIENNA = new WatchRequest(
            new GeoPoint(48.25, 16.36, OptionalDouble.of(198)), Duration.ofSeconds(10), Duration.ofSeconds(15));
    private static final StreamEvents<Reading, String> EVENTS =
            StreamEvents.of(Reading::temperature, reading -> "reading of " + reading.observeTime(), now -> "heartbeat");

    private final ManualTime time = new ManualTime(Instant.parse("2026-11-23T10:01:00Z"));
    private final SourceChain sources = SourceChain.embedded(time, time);
    private final ReadingStreams streams = new ReadingStreams(time, time);

    private RecordingStreamObserver open() {
        RecordingStreamObserver client = new RecordingStreamObserver();
        streams.open(client, () -> VIENNA, point -> sources.read(point, time.instant()), EVENTS);
        return client;
    }

    @Test
    void theCurrentReadingIsSentAtOnce() {
        assertThat(open().received).containsExactly("reading of 2026-11-23T10:00:00Z");
    }

    @Test
    void heartbeatsAreSentUntilTheReadingChanges() {
        RecordingStreamObserver client = open();

        time.move(Duration.ofSeconds(31));
        assertThat(client.received).containsExactly("reading of 2026-11-23T10:00:00Z", "heartbeat", "heartbeat");

        time.move(Duration.ofMinutes(9));
        assertThat(client.received).endsWith("reading of 2026-11-23T10:10:00Z", "heartbeat", "heartbeat");
    }

    @Test
    void aSlowClientReceivesTheLatestReadingWhenItIsReady() {
        RecordingStreamObserver client = open();

        client.setReady(false);
        time.move(Duration.ofMinutes(30));
        assertThat(client.received).hasSize(1);

        client.setReady(true);
        assertThat(client.received)
                .containsExactly("reading of 2026-11-23T10:00:00Z", "reading of 2026-11-23T10:30:00Z");
    }

    @Test
    void aCancelledStreamLeavesNothingBehind() {
        RecordingStreamObserver client = open();

        client.cancel();
        time.move(Duration.ofMinutes(30));

        assertThat(client.received).hasSize(1);
        assertThat(streams.count()).isZero();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void aStreamEndsAfterAnHour() {
        RecordingStreamObserver client = open();

        time.move(Duration.ofMinutes(61));

        assertThat(client.ended).isNotNull();
        assertThat(client.ended.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(streams.count()).isZero();
        assertThat(time.scheduled()).isZero();
    }

    @Test
    void aStreamBeyondTheLimitIsRefused() {
        IntStream.range(0, ReadingStreams.MAX_STREAMS).forEach(each -> open());

        assertThat(open().ended.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(streams.count()).isEqualTo(ReadingStreams.MAX_STREAMS);
    }

    @Test
    void anIntervalOutOfRangeIsRefusedWithItsName() {
        Point point = Messages.point(VIENNA.point());
        var day = com.google.protobuf.Duration.newBuilder().setSeconds(86_400).build();
        var none = com.google.protobuf.Duration.getDefaultInstance();

        assertThat(catchThrowable(() -> RequestFields.watch(true, point, true, day, false, none)))
                .hasMessageContaining("INVALID_ARGUMENT: min_interval is 86400 s");
        var smallest = com.google.protobuf.Duration.newBuilder()
                .setSeconds(Long.MIN_VALUE)
                .setNanos(-1)
                .build();
        assertThat(catchThrowable(() -> RequestFields.watch(true, point, true, smallest, false, none)))
                .hasMessageContaining("INVALID_ARGUMENT: min_interval is -9223372036854775808 s");
        assertThat(catchThrowable(() -> RequestFields.watch(true, point, false, none, true, none)))
                .hasMessageContaining("heartbeat_interval is 0 s");
    }

    @Test
    void aPendingReadingThatChangesBackIsNotSent() {
        String[] current = {"one"};
        StreamEvents<String, String> view = new StreamEvents<>(
                each -> time.instant().plusSeconds(10), each -> each, each -> "reading of " + each, now -> "heartbeat");
        RecordingStreamObserver client = new RecordingStreamObserver();
        streams.open(client, () -> VIENNA, point -> CompletableFuture.completedFuture(current[0]), view);

        client.setReady(false);
        current[0] = "two";
        time.move(Duration.ofSeconds(10));
        current[0] = "one";
        time.move(Duration.ofSeconds(10));
        client.setReady(true);

        assertThat(client.received).containsExactly("reading of one");
    }

    @Test
    void anExceptionEndsTheStreamAndFreesItsSlot() {
        RecordingStreamObserver reading = new RecordingStreamObserver();
        streams.open(
                reading,
                () -> VIENNA,
                point -> {
                    throw new IllegalArgumentException("a bug");
                },
                EVENTS);
        RecordingStreamObserver showing = new RecordingStreamObserver();
        streams.open(
                showing,
                () -> VIENNA,
                point -> sources.read(point, time.instant()),
                StreamEvents.of(
                        Reading::temperature,
                        each -> {
                            throw new IllegalArgumentException("a bug");
                        },
                        now -> "heartbeat"));
        RecordingStreamObserver asking = new RecordingStreamObserver();
        streams.open(
                asking,
                () -> {
                    throw new IllegalArgumentException("a bug");
                },
                point -> sources.read(point, time.instant()),
                EVENTS);

        assertThat(List.of(reading, showing, asking))
                .allMatch(client -> client.ended != null && client.ended.getCode() == Status.Code.INTERNAL);
        assertThat(streams.count()).isZero();
        assertThat(time.scheduled()).isZero();
    }
}
