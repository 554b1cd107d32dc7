package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.weathermesh.proto.common.v1.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WatchTest {
    private static final WatchQuestion VIENNA = new WatchQuestion(
            new GeoPoint(48.25, 16.36, OptionalDouble.of(198)), Duration.ofSeconds(10), Duration.ofSeconds(15));
    private static final WatchView<Reading, String> VIEW =
            WatchView.of(Reading::temperature, reading -> "reading of " + reading.observeTime(), now -> "heartbeat");

    private final HandMovedTime time = new HandMovedTime(Instant.parse("2026-11-23T10:01:00Z"));
    private final Sources sources = Sources.embedded(time, time);
    private final Watches watches = new Watches(time, time);

    private RecordingCaller open() {
        RecordingCaller caller = new RecordingCaller();
        watches.open(caller, () -> VIENNA, point -> sources.read(point, sources.now(), Sources.LONGEST), VIEW);
        return caller;
    }

    @Test
    void tellsTheCurrentReadingAtOnce() {
        assertThat(open().seen).containsExactly("reading of 2026-11-23T10:00:00Z");
    }

    @Test
    void beatsWhileNothingChangesAndTellsTheNextReadingWhenThereIsOne() {
        RecordingCaller caller = open();

        time.move(Duration.ofSeconds(31));
        assertThat(caller.seen).containsExactly("reading of 2026-11-23T10:00:00Z", "heartbeat", "heartbeat");

        time.move(Duration.ofMinutes(9));
        assertThat(caller.seen).endsWith("reading of 2026-11-23T10:10:00Z", "heartbeat", "heartbeat");
    }

    @Test
    void aSlowCallerGetsTheLatestReadingOnlyWhenItReadsAgain() {
        RecordingCaller caller = open();

        caller.reads(false);
        time.move(Duration.ofMinutes(30));
        assertThat(caller.seen).hasSize(1);

        caller.reads(true);
        assertThat(caller.seen).containsExactly("reading of 2026-11-23T10:00:00Z", "reading of 2026-11-23T10:30:00Z");
    }

    @Test
    void aCallerThatLeavesIsForgotten() {
        RecordingCaller caller = open();

        caller.leaves();
        time.move(Duration.ofMinutes(30));

        assertThat(caller.seen).hasSize(1);
        assertThat(watches.count()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void endsAfterAnHourSoThatCallersSpreadAnew() {
        RecordingCaller caller = open();

        time.move(Duration.ofMinutes(61));

        assertThat(caller.ended).isNotNull();
        assertThat(caller.ended.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(watches.count()).isZero();
        assertThat(time.waiting()).isZero();
    }

    @Test
    void refusesMoreStreamsThanItCanBear() {
        IntStream.range(0, Watches.MAX_STREAMS).forEach(each -> open());

        assertThat(open().ended.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(watches.count()).isEqualTo(Watches.MAX_STREAMS);
    }

    @Test
    void intervalsOutsideWhatIsAllowedAreRefusedByName() {
        Point point = Messages.point(VIENNA.point());
        var day = com.google.protobuf.Duration.newBuilder().setSeconds(86_400).build();
        var none = com.google.protobuf.Duration.getDefaultInstance();

        assertThat(catchThrowable(() -> Questions.watch(true, point, true, day, false, none)))
                .hasMessageContaining("INVALID_ARGUMENT: min_interval is 86400 s");
        var least = com.google.protobuf.Duration.newBuilder()
                .setSeconds(Long.MIN_VALUE)
                .setNanos(-1)
                .build();
        assertThat(catchThrowable(() -> Questions.watch(true, point, true, least, false, none)))
                .hasMessageContaining("INVALID_ARGUMENT: min_interval is -9223372036854775808 s");
        assertThat(catchThrowable(() -> Questions.watch(true, point, false, none, true, none)))
                .hasMessageContaining("heartbeat_interval is 0 s");
    }

    @Test
    void aReadingThatWaitedAndFlippedBackIsNotToldLate() {
        String[] current = {"one"};
        WatchView<String, String> view = new WatchView<>(
                told -> time.instant().plusSeconds(10), told -> told, told -> "reading of " + told, now -> "heartbeat");
        RecordingCaller caller = new RecordingCaller();
        watches.open(caller, () -> VIENNA, point -> CompletableFuture.completedFuture(current[0]), view);

        caller.reads(false);
        current[0] = "two";
        time.move(Duration.ofSeconds(10));
        current[0] = "one";
        time.move(Duration.ofSeconds(10));
        caller.reads(true);

        assertThat(caller.seen).containsExactly("reading of one");
    }

    @Test
    void aDefectEndsTheStreamAndGivesItsPlaceBack() {
        RecordingCaller reading = new RecordingCaller();
        watches.open(
                reading,
                () -> VIENNA,
                point -> {
                    throw new IllegalArgumentException("a defect");
                },
                VIEW);
        RecordingCaller showing = new RecordingCaller();
        watches.open(
                showing,
                () -> VIENNA,
                point -> sources.read(point, sources.now(), Sources.LONGEST),
                WatchView.of(
                        Reading::temperature,
                        told -> {
                            throw new IllegalArgumentException("a defect");
                        },
                        now -> "heartbeat"));
        RecordingCaller asking = new RecordingCaller();
        watches.open(
                asking,
                () -> {
                    throw new IllegalArgumentException("a defect");
                },
                point -> sources.read(point, sources.now(), Sources.LONGEST),
                VIEW);

        assertThat(List.of(reading, showing, asking))
                .allMatch(caller -> caller.ended != null && caller.ended.getCode() == Status.Code.INTERNAL);
        assertThat(watches.count()).isZero();
        assertThat(time.waiting()).isZero();
    }
}
