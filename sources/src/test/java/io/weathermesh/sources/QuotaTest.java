package io.weathermesh.sources;

import static org.assertj.core.api.Assertions.assertThat;

import io.weathermesh.proto.common.v1.Source;
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

    private final HandMovedTime time = new HandMovedTime(START);

    private static final class Answering implements LiveSource {
        private final Course course =
                new Course(List.of(Climatology.embedded().read(VIENNA, START, START)), START.plusSeconds(900));

        @Override
        public CompletionStage<Course> fetch(GeoPoint place) {
            return CompletableFuture.completedFuture(course);
        }

        @Override
        public SourceDescription description() {
            return OpenMeteo.DESCRIPTION;
        }
    }

    private Quota quota(Limit... limits) {
        return new Quota(new Answering(), List.of(limits), time);
    }

    private static int answered(Quota quota, int asked) {
        int answered = 0;
        for (int i = 0; i < asked; i++) {
            answered += quota.fetch(VIENNA).toCompletableFuture().isCompletedExceptionally() ? 0 : 1;
        }
        return answered;
    }

    @Test
    void aBatchOfColdPlacesDoesNotExceedWhatIsAllowedInASecond() {
        Quota quota = quota(new Limit(5, Duration.ofSeconds(1)));

        assertThat(answered(quota, 100)).isEqualTo(5);
        assertThat(quota.state()).isEqualTo(Source.State.STATE_SERVING);
        time.move(Duration.ofSeconds(1));
        assertThat(answered(quota, 100)).isEqualTo(5);
    }

    @Test
    void everyWindowHoldsAndOpensAgainOnItsOwn() {
        Quota quota = quota(
                new Limit(3, Duration.ofMinutes(1)),
                new Limit(4, Duration.ofHours(1)),
                new Limit(8, Duration.ofDays(1)));

        assertThat(answered(quota, 10)).isEqualTo(3);
        time.move(Duration.ofSeconds(1));
        assertThat(answered(quota, 10)).isEqualTo(3);
        time.move(Duration.ofMinutes(1));
        assertThat(answered(quota, 10)).isEqualTo(1);
        assertThat(quota.state()).isEqualTo(Source.State.STATE_EXHAUSTED);
        time.move(Duration.ofHours(1));
        assertThat(answered(quota, 10)).isEqualTo(1);
        time.move(Duration.ofHours(10));
        assertThat(answered(quota, 10)).isZero();
        time.move(Duration.ofHours(1));
        assertThat(answered(quota, 10)).isEqualTo(3);
    }

    @Test
    void tasksShareALimitAndTogetherStayWithinIt() {
        Limit perSecond = new Limit(20, Duration.ofSeconds(1));

        assertThat(perSecond.sharedBy(4)).isEqualTo(new Limit(5, Duration.ofSeconds(1)));
        assertThat(perSecond.sharedBy(20)).isEqualTo(new Limit(1, Duration.ofSeconds(1)));
        assertThat(perSecond.sharedBy(50)).isEqualTo(new Limit(1, Duration.ofSeconds(3)));
    }
}
