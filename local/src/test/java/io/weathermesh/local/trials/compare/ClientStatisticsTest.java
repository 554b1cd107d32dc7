package io.weathermesh.local.trials.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Time is moved by hand; calls are written down as a client's log would have them. */
final class ClientStatisticsTest {
    private static final String OLD = "127.0.0.1";
    private static final String NEW = "127.0.0.2";

    private final AtomicLong nanos = new AtomicLong();
    private final Timeline timeline = new Timeline(nanos::get);
    private final List<CallRecord> calls = new ArrayList<>();

    @Test
    void callsBetweenTheBeginningAndTheEndAreCounted() {
        at(1, OLD, Status.Code.UNAVAILABLE);
        begin(2);
        at(3, OLD, Status.Code.OK);
        at(4, OLD, Status.Code.UNAVAILABLE);
        end(10);
        at(11, OLD, Status.Code.UNAVAILABLE);

        ClientStatistics measured = ClientStatistics.of(calls, timeline);

        assertThat(measured.calls()).isEqualTo(2);
        assertThat(measured.failed()).isEqualTo(1);
        assertThat(measured.failedPercent()).isEqualTo(50);
        assertThat(measured.lastFailure()).isEqualTo(2, within(0.01));
        assertThat(measured.codes()).containsOnlyKeys("UNAVAILABLE");
    }

    @Test
    void aFailureCountsAsLateFiveSecondsAfterTheBeginning() {
        begin(0);
        at(4.9, OLD, Status.Code.INTERNAL);
        at(5.1, OLD, Status.Code.INTERNAL);
        end(10);

        assertThat(ClientStatistics.of(calls, timeline).failedLate()).isEqualTo(1);
    }

    @Test
    void theWorstGapReachesToTheEnd() {
        begin(0);
        at(1, OLD, Status.Code.OK);
        at(3, OLD, Status.Code.OK);
        end(10);

        assertThat(ClientStatistics.of(calls, timeline).worstGap()).isEqualTo(7, within(0.01));
    }

    @Test
    void noticedAndLeftAreMeasuredFromTheChangeInDns() {
        begin(0);
        timeline.added(NEW);
        timeline.removed(OLD);
        at(3, OLD, Status.Code.OK);
        at(4, NEW, Status.Code.OK);
        end(10);

        ClientStatistics measured = ClientStatistics.of(calls, timeline);

        assertThat(measured.noticed()).isEqualTo(4, within(0.01));
        assertThat(measured.left()).isEqualTo(3, within(0.01));
    }

    @Test
    void noticedAndLeftAreInfiniteForATaskThatWasNeverCalledOrCalledToTheEnd() {
        begin(0);
        timeline.added(NEW);
        timeline.removed(OLD);
        at(9.9, OLD, Status.Code.OK);
        end(10);

        ClientStatistics measured = ClientStatistics.of(calls, timeline);

        assertThat(measured.noticed()).isInfinite();
        assertThat(measured.left()).isInfinite();
    }

    @Test
    void connectionsOpenedAfterTheBeginningAreCounted() {
        calls.add(call(1, OLD, Status.Code.OK, 4001));
        begin(2);
        calls.add(call(3, OLD, Status.Code.OK, 4001));
        calls.add(call(4, OLD, Status.Code.OK, 4002));
        end(10);

        assertThat(ClientStatistics.of(calls, timeline).connections()).isEqualTo(1);
    }

    @Test
    void aCallRecordSurvivesItsLine() {
        CallRecord call = call(3, OLD, Status.Code.DEADLINE_EXCEEDED, 4001);

        assertThat(CallRecord.fromLine(call.toLine())).isEqualTo(call);
    }

    private void begin(double seconds) {
        nanos.set(nanos(seconds));
        timeline.begin();
    }

    private void end(double seconds) {
        nanos.set(nanos(seconds));
        timeline.end();
    }

    private void at(double seconds, String task, Status.Code code) {
        calls.add(call(seconds, task, code, 4001));
    }

    private static CallRecord call(double seconds, String task, Status.Code code, int port) {
        return new CallRecord(nanos(seconds), 0, TimeUnit.MILLISECONDS.toNanos(1), code, task, port, 1);
    }

    private static long nanos(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }
}
