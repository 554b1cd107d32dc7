package io.weathermesh.sources.climatology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Properties of every correct table of climates: a wrong digit or sign breaks one of them. */
final class TableTest {
    private static final int JANUARY = 0;
    private static final int JULY = 6;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final List<Normal> table = Normal.table();

    @Test
    void everyPlaceHasValuesThatOccurOnEarth() {
        for (Normal normal : table) {
            assertThat(normal.temperature().means()).as(normal.place()).allMatch(mean -> mean > -60 && mean < 40);
            assertThat(normal.humidity().means()).as(normal.place()).allMatch(mean -> mean >= 10 && mean <= 95);
            assertThat(normal.countryCode()).as(normal.place()).isIn(COUNTRIES);
            assertThat(normal.citation()).as(normal.place()).hasSizeGreaterThan(20);
        }
    }

    @Test
    void everyPlaceIsInTheTableOnce() {
        assertThat(table).extracting(Normal::place).doesNotHaveDuplicates();
        assertThat(table).extracting(Normal::point).doesNotHaveDuplicates();
    }

    @Test
    void julyIsSummerInTheNorthAndWinterInTheSouth() {
        for (Normal normal : table) {
            double swing =
                    normal.temperature().mean(JULY) - normal.temperature().mean(JANUARY);
            if (normal.point().latitude() > 23.5) {
                assertThat(swing).as(normal.place()).isGreaterThan(3);
            } else if (normal.point().latitude() < -23.5) {
                assertThat(swing).as(normal.place()).isLessThan(-3);
            } else {
                assertThat(Math.abs(swing)).as(normal.place()).isLessThan(15);
            }
        }
    }

    @Test
    void aMonthDiffersLittleFromItsNeighbors() {
        for (Normal normal : table) {
            IntStream.range(0, MonthlySeries.MONTHS).forEach(month -> {
                int next = (month + 1) % MonthlySeries.MONTHS;
                assertThat(Math.abs(normal.temperature().mean(next)
                                - normal.temperature().mean(month)))
                        .as("%s, month %d to %d", normal.place(), month + 1, next + 1)
                        .isLessThan(20);
                assertThat(Math.abs(
                                normal.humidity().mean(next) - normal.humidity().mean(month)))
                        .as("%s, month %d to %d", normal.place(), month + 1, next + 1)
                        .isLessThan(30);
            });
        }
    }

    @Test
    void nearbyPlacesAtSimilarElevationsAgree() {
        for (Normal one : table) {
            for (Normal other : table) {
                if (one.point().kilometersTo(other.point()) < 300
                        && Math.abs(one.elevation() - other.elevation()) < 500) {
                    IntStream.range(0, MonthlySeries.MONTHS).forEach(month -> assertThat(
                                    Math.abs(one.temperature().mean(month)
                                            - other.temperature().mean(month)))
                            .as("%s and %s, month %d", one.place(), other.place(), month + 1)
                            .isLessThan(6));
                }
            }
        }
    }

    @Test
    void theOceansAreWarmestAtTheEquatorAndHumidEverywhere() {
        ZonalOcean ocean = ZonalOcean.table();

        assertThat(mean(ocean.temperature(0))).isGreaterThan(26);
        assertThat(mean(ocean.temperature(45))).isBetween(5.0, 15.0);
        assertThat(mean(ocean.temperature(90))).isLessThan(-10);
        assertThat(ocean.temperature(-90)).isEqualTo(ocean.temperature(-65));
        for (double latitude = -90; latitude <= 90; latitude += 2.5) {
            assertThat(ocean.humidity(latitude).means()).allMatch(mean -> mean > 70 && mean < 100);
        }
    }

    private static double mean(MonthlySeries series) {
        return series.means().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow();
    }
}
