package io.weathermesh.sources.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Source;
import io.weathermesh.sources.GeoPoint;
import io.weathermesh.sources.ManualTime;
import io.weathermesh.sources.SourceDescription;
import io.weathermesh.sources.climatology.Climatology;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

final class QuotaTest {
    private static final Instant START = Instant.parse("2026-11-23T11:59:59Z");
    private static final GeoPoint VIENNA = new GeoPoint(48.25, 16.36, OptionalDouble.of(198));

    private final ManualTime time = new ManualTime(START);

    private static final class Responding implements LiveSource {
        private final ReadingSeries series = new ReadingSeries(
                List.of(Climatology.embedded(Clock.systemUTC()).usual(VIENNA, START, START)), START.plusSeconds(900));

        @Override
        public CompletionStage<ReadingSeries> fetch(GeoPoint point) {
            return CompletableFuture.completedFuture(series);
        }

        @Override
        public SourceDescription description() {
            return OpenMeteo.DESCRIPTION;
        }
    }

    private Quota quota(RateLimit... limits) {
        return new Quota(new Responding(), List.of(limits), time);
    }

    private static int succeeded(Quota quota, int reads) {
        int succeeded = 0;
        for (int i = 0; i < reads; i++) {
            succeeded += quota.fetch(VIENNA).toCompletableFuture().isCompletedExceptionally() ? 0 : 1;
        }
        return succeeded;
    }

    @Test
    void aBurstStaysWithinTheLimitOfASecond() {
        Quota quota = quota(new RateLimit(5, Duration.ofSeconds(1)));

        assertThat(succeeded(quota, 100)).isEqualTo(5);
        assertThat(quota.state()).isEqualTo(Source.State.STATE_SERVING);
        time.move(Duration.ofSeconds(1));
        assertThat(succeeded(quota, 100)).isEqualTo(5);
    }

    @Test
    void everyWindowIsLimitedAndReopensOnItsOwn() {
        Quota quota = quota(
                new RateLimit(3, Duration.ofMinutes(1)),
                new RateLimit(4, Duration.ofHours(1)),
                new RateLimit(8, Duration.ofDays(1)));

        assertThat(succeeded(quota, 10)).isEqualTo(3);
        time.move(Duration.ofSeconds(1));
        assertThat(succeeded(quota, 10)).isEqualTo(3);
        time.move(Duration.ofMinutes(1));
        assertThat(succeeded(quota, 10)).isEqualTo(1);
        assertThat(quota.state()).isEqualTo(Source.State.STATE_EXHAUSTED);
        time.move(Duration.ofHours(1));
        assertThat(succeeded(quota, 10)).isEqualTo(1);
        time.move(Duration.ofHours(10));
        assertThat(succeeded(quota, 10)).isZero();
        time.move(Duration.ofHours(1));
        assertThat(succeeded(quota, 10)).isEqualTo(3);
    }

    @Test
    void tasksThatShareALimitStayWithinItTogether() {
        RateLimit perSecond = new RateLimit(20, Duration.ofSeconds(1));

        assertThat(perSecond.sharedBy(4)).isEqualTo(new RateLimit(5, Duration.ofSeconds(1)));
        assertThat(perSecond.sharedBy(20)).isEqualTo(new RateLimit(1, Duration.ofSeconds(1)));
        assertThat(perSecond.sharedBy(50)).isEqualTo(new RateLimit(1, Duration.ofSeconds(3)));
    }
}
