package io.weathermesh.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SlownessTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration USUAL = Duration.ofMillis(400);

    @Test
    void aLimitIsStretchedByHowMuchLongerThanUsualSomethingTookWithinBounds() {
        assertThat(Slowness.of(Duration.ofMillis(100), USUAL).stretch(SECOND)).isEqualTo(SECOND);
        assertThat(Slowness.of(Duration.ofMillis(1_200), USUAL).stretch(SECOND)).isEqualTo(Duration.ofSeconds(3));
        assertThat(Slowness.of(Duration.ofMinutes(5), USUAL).stretch(SECOND)).isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> new Slowness(0.5)).hasMessage("factor is 0.5, but must be 1 to 10.0");
    }

    @Test
    void theStartPeriodOfASlowMachineIsNoLongerThanEcsAllows() {
        assertThat(startPeriod(1)).isEqualTo(Duration.ofSeconds(120));
        assertThat(startPeriod(2)).isEqualTo(Duration.ofSeconds(240));
        assertThat(startPeriod(10)).isEqualTo(Duration.ofSeconds(360));
    }

    private static Duration startPeriod(double factor) {
        return FleetRules.of(SECOND, SECOND, 1, new Slowness(factor)).startPeriod();
    }
}
